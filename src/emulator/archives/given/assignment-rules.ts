/** Which folder and file of an export belongs to which resource (docs/google-api.md §A3–§A9), localised names included. */

/** First matching rule wins. `inside` is the path below the service folder, in lower case. */
export interface FileRule {
  inside: RegExp;
  resource: string;
}

export interface FolderRule {
  /** Names of the service folder in lower case. */
  names: readonly string[];
  /** Names that differ by language in one word only, in lower case. */
  pattern?: RegExp;
  /** Google's identifier of the service in the manifest; only MY_ACTIVITY has been seen, the others are guesses. */
  service: string;
  files: readonly FileRule[];
}

/** A file rule for paths whose first folder, or file name without extension, is one of those names. */
function named(resource: string, ...names: string[]): FileRule {
  const escaped = names.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return { inside: new RegExp(`^(${escaped.join('|')})([/.]|$)`, 'u'), resource };
}

/** The history of Chrome and YouTube in languages other than English and German. */
const historyNames = ['geschiedenis', '履歴', 'historique', 'historial', 'cronologia', 'histórico'];

export const folderRules: readonly FolderRule[] = [
  {
    names: [
      ...['my activity', 'meine aktivitäten', 'mijn activiteit', 'マイ アクティビティ', 'マイアクティビティ'],
      ...['mon activité', 'mi actividad', 'le mie attività', 'minha atividade', 'moja aktywność'],
    ],
    // German, with the name of Google in it, and with words after it.
    pattern: /^(mein|meine) (google-)?aktivitäten\b/u,
    service: 'MY_ACTIVITY',
    files: [
      named(
        'myactivity.search',
        'search',
        'google suche',
        'suche',
        'zoeken',
        '検索',
        'recherche',
        'búsqueda',
        'ricerca',
        'pesquisa',
      ),
      named('myactivity.search', 'image search', 'bildersuche', 'afbeeldingen zoeken', '画像検索'),
      named('myactivity.search', 'video search', 'videosuche', 'video zoeken', '動画検索'),
      named('myactivity.search', 'discover', 'google lens', 'google レンズ'),
      named('myactivity.shopping', 'shopping', 'google shopping', 'ショッピング'),
      named('myactivity.youtube', 'youtube'),
      named('myactivity.maps', 'maps', 'google maps', 'マップ'),
      named('myactivity.play', 'google play store', 'google play ストア', 'google play'),
      named('myactivity.play', 'google play games', 'google play spiele', 'google play ゲーム'),
      named(
        'myactivity.myadcenter',
        'my ad center',
        'mein anzeigencenter',
        'mijn advertentiecentrum',
        'マイ アド センター',
      ),
    ],
  },
  {
    names: ['chrome'],
    service: 'CHROME',
    files: [
      named('chrome.history', 'history', 'browserhistory', 'verlauf', ...historyNames),
      named(
        'chrome.bookmarks',
        'bookmarks',
        'lesezeichen',
        'bladwijzers',
        'ブックマーク',
        'favoris',
        'marcadores',
        'preferiti',
        'favoritos',
      ),
      named('chrome.reading_list', 'readinglist', 'reading list', 'leseliste', 'leeslijst', 'リーディング リスト'),
      named('chrome.dictionary', 'dictionary', 'wörterbuch', 'woordenboek', '辞書'),
      named('chrome.extensions', 'extensions', 'erweiterungen', 'extensies', '拡張機能'),
      { inside: /^(os )?(settings|einstellungen|instellingen|設定)\./u, resource: 'chrome.settings' },
      named('chrome.autofill', 'addresses and more', 'autofill', 'adressen und mehr', 'adressen en meer', '住所など'),
    ],
  },
  {
    names: [
      'youtube and youtube music',
      'youtube und youtube music',
      'youtube en youtube music',
      'youtube と youtube music',
      'youtube',
    ],
    // Only the word for "and" differs.
    pattern: /^youtube \S+ youtube music$/u,
    service: 'YOUTUBE',
    files: [
      // Whether a video or a playlist is public is not in its path; the public resource stands for all three.
      named(
        'youtube.public_videos',
        'video metadata',
        'videos',
        'video-metadaten',
        'videometadata',
        '動画',
        'vidéos',
        'vídeos',
      ),
      named(
        'youtube.public_playlists',
        'playlists',
        'afspeellijsten',
        '再生リスト',
        'listas de reproducción',
        'listas de reprodução',
        'playlist',
      ),
      named(
        'youtube.channel',
        'channels',
        'channel',
        'kanäle',
        'kanal',
        'kanalen',
        'kanaal',
        'チャンネル',
        'chaînes',
        'canales',
        'canali',
        'canais',
      ),
      named(
        'youtube.subscriptions',
        'subscriptions',
        'abos',
        'abonnements',
        'abonnementen',
        '登録チャンネル',
        'suscripciones',
        'iscrizioni',
        'inscrições',
      ),
      named(
        'youtube.comments',
        'comments',
        'kommentare',
        'reacties',
        'コメント',
        'commentaires',
        'comentarios',
        'commenti',
        'comentários',
      ),
      named('youtube.live_chat', 'live chats', 'live chat', 'livechats'),
      named('youtube.music', 'music (library and uploads)', 'music'),
      named('youtube.conversations', 'conversations', 'messages'),
      named('youtube.posts', 'posts'),
      named('youtube.clips', 'clips'),
      named('youtube.playable', 'playables', 'playable'),
      named('youtube.shopping', 'shopping'),
      // Takeout keeps the watch and search history here; the API gives it as My Activity.
      named('myactivity.youtube', 'history', 'verlauf', ...historyNames),
    ],
  },
  {
    names: [
      'maps',
      'maps (your places)',
      'maps (meine orte)',
      'maps (je plaatsen)',
      'マップ',
      'マップ（マイプレイス）',
      'my labeled places',
    ],
    // Beside the name of the product, the words for "your places".
    pattern: /^maps \([^)]+\)$/u,
    service: 'MAPS',
    files: [
      named(
        'maps.starred_places',
        'saved places',
        'gespeicherte orte',
        'opgeslagen plaatsen',
        '保存した場所',
        'adresses enregistrées',
        'sitios guardados',
        'luoghi salvati',
        'lugares salvos',
      ),
      named(
        'maps.aliased_places',
        'labeled places',
        'labelled places',
        'mit label versehene orte',
        'gelabelde plaatsen',
        'ラベル付きの場所',
      ),
      named(
        'maps.reviews',
        'reviews',
        'rezensionen',
        'bewertungen',
        'クチコミ',
        'avis',
        'reseñas',
        'recensioni',
        'avaliações',
      ),
      named('maps.photos_videos', 'photos and videos', 'fotos und videos', "foto's en video's", '写真と動画'),
      named('maps.commute_routes', 'commute routes'),
      named('maps.commute_settings', 'commute settings'),
      named('maps.ev_profile', 'ev profile', 'electric vehicle profile'),
      named('maps.vehicle_profile', 'vehicle profile'),
      named('maps.factual_contributions', 'factual contributions', 'added dishes, products, activities'),
      named('maps.offering_contributions', 'offering contributions'),
      named('maps.questions_answers', 'questions and answers'),
    ],
  },
  {
    names: ['google play store', 'google play ストア', 'google play'],
    service: 'PLAY',
    files: [
      named('play.installs', 'installs', 'インストール'),
      named('play.library', 'library', 'ライブラリ'),
      named('play.purchases', 'purchase history', 'order history', '購入履歴'),
      named('play.subscriptions', 'subscriptions'),
      named('play.devices', 'devices'),
      named('play.redemptions', 'redemption history'),
      named('play.promotions', 'promotion history'),
      named('play.usersettings', 'play settings'),
      named('play.grouping', 'grouping', 'grouping tags'),
      named('play.playpoints', 'play points', 'playpoints'),
    ],
  },
  {
    names: ['saved', 'gespeichert', 'opgeslagen', '保存済み', 'enregistré', 'guardado', 'salvati', 'salvos'],
    service: 'SAVE',
    files: [{ inside: /\.csv$/u, resource: 'saved.collections' }],
  },
  {
    names: ['search contributions', 'beiträge in der suche', 'bijdragen aan zoeken', '検索への投稿'],
    service: 'SEARCH_CONTRIBUTIONS',
    files: [
      named('search_ugc.comments', 'comments'),
      named('search_ugc.media.reviews_and_stars', 'reviews and stars'),
      named('search_ugc.media.streaming_video_providers', 'streaming video providers'),
      named('search_ugc.media.thumbs', 'thumbs'),
      named('search_ugc.media.watched', 'watched'),
    ],
  },
  {
    names: ['discover'],
    service: 'DISCOVER',
    files: [
      { inside: /not.?interested/u, resource: 'discover.not_interested' },
      { inside: /follow/u, resource: 'discover.follows' },
      { inside: /like/u, resource: 'discover.likes' },
    ],
  },
];
