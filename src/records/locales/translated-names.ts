/**
 * Names that Google translates. They never decide the type of a file: folders only hint at the language of an archive,
 * and headers and captions are looked up here before their position is used. Sources: docs/google-api.md §A3,
 * `d3i-infra/data-donation-task` (folders in seven languages), and the emulator's German, Dutch and Japanese.
 */

/** Folder of My Activity by language; others are alike in several languages. */
const folders: Readonly<Record<string, readonly string[]>> = {
  en: ['my activity', 'youtube and youtube music', 'saved'],
  nl: ['mijn activiteit', 'youtube en youtube music', 'opgeslagen'],
  de: ['meine aktivitäten', 'youtube und youtube music', 'gespeichert'],
  es: ['mi actividad', 'youtube y youtube music'],
  ar: ['نشاطي', 'أنشطتي', 'youtube وyoutube music', 'youtube و youtube music'],
  tr: ['etkinliğim', 'youtube ve youtube music'],
  zh: ['我的活动', 'youtube 和 youtube music'],
  ja: ['マイ アクティビティ', 'youtube と youtube music', '保存済み'],
};

/** The language of folder names, where one of them shows it. */
export function localeOf(folderNames: Iterable<string>): string | undefined {
  for (const name of folderNames) {
    const plain = name.normalize('NFC').toLowerCase();
    const match = Object.entries(folders).find(([, names]) => names.includes(plain));
    if (match !== undefined) return match[0];
  }
  return undefined;
}

/** Headers in other languages and older spellings, by the English header in its normal form. */
const headerAliases: Readonly<Record<string, readonly string[]>> = {
  'channel id': ['kanal-id', 'kanaal-id', 'チャンネル id', 'id de canal', 'id del canal', 'id-ul canalului'],
  'channel url': ['kanal-url', 'kanaal-url', 'チャンネルの url', 'url del canal', 'adresa url a canalului'],
  'channel title': ['kanaltitel', 'kanaaltitel', 'チャンネルのタイトル', 'título del canal', 'titlul canalului'],
  'channel title (original)': [
    'kanaltitel (original)',
    '(originele) kanaaltitel',
    'título del canal (original)',
    'titlul canalului (original)',
  ],
  'channel visibility': ['kanaalzichtbaarheid', 'visibilidad del canal', 'vizibilitatea canalului'],
  'channel vanity url # name': ['naam van vanity-url # voor kanaal', 'numele adresei url personalizate a canalului #'],
  'channel auto moderation in live chat': [
    'automatische moderatie in livechat van kanaal',
    'automatische moderatie in live chat van kanaal',
    'moderación automática del canal en el chat en directo',
    'moderare automată a canalului în chatul live',
  ],
  'video default allowed comments type': [
    'standaard toegestane reactietype van video',
    'tipo de comentarios permitidos de forma predeterminada en el vídeo',
    'tipul prestabilit de comentarii permise ale videoclipului',
  ],
  'comment id': [
    'live chat id',
    'kommentar-id',
    'reactie-id',
    'コメント id',
    'id de comentario',
    'id-ul comentariului',
  ],
  'comment create timestamp': [
    'live chat create timestamp',
    'zeitstempel der kommentarerstellung',
    'tijdstempel van reactie',
    'aanmaaktijdstempel reactie',
    'marca de tiempo de creación del comentario',
    'marcajul temporal de creare a comentariului',
    'コメントの作成タイムスタンプ',
  ],
  'comment text': [
    'live chat text',
    'kommentartext',
    'reactietekst',
    'コメントのテキスト',
    'texto del comentario',
    'textul comentariului',
  ],
  price: ['prijs', 'precio', 'preț'],
  'video id': ['video-id', '動画 id', 'id de vídeo', 'id-ul videoclipului'],
  'playlist id': ['playlist-id', 'id-ul playlistului'],
  'add new videos to top': ["nieuwe video's bovenaan toevoegen", 'adaugă videoclipuri noi în partea de sus'],
  'playlist title (original)': ['playlist-titel (origineel)', 'titlul playlistului (original)'],
  'playlist title (original) language': [
    '(originele) taal van playlist-titel',
    'limba titlului playlistului (original)',
  ],
  'playlist create timestamp': ['playlist tijdstempel maken', 'playlistul creează marcaj temporal'],
  'playlist update timestamp': ['playlist tijdstempel updaten', 'playlistul actualizează marcajul temporal'],
  'playlist video order': ['videovolgorde playlist', 'ordinea videoclipurilor în playlist'],
  'playlist visibility': ['zichtbaarheid van playlist', 'vizibilitatea playlistului'],
  'playlist video creation timestamp': [
    'tijdstempel voor het maken van een playlistvideo',
    'marca de tiempo de creación de la lista de reproducción de vídeos',
    'marcaj temporal de creare a videoclipului din playlist',
  ],
  'approx duration (ms)': ['geschatte duur (ms)', 'durată aproximativă (ms)'],
  'video audio language': ['audiotaal van video', 'limba conținutului audio din videoclip'],
  'video category': ['videocategorie', 'categorie de videoclipuri'],
  'video description (original)': ['videobeschrijving (origineel)', 'descrierea videoclipului (original)'],
  'video title (original)': ['videotitel (origineel)', 'titlul videoclipului (original)'],
  privacy: ['confidențialitate'],
  'video state': ['videostatus', 'starea videoclipului'],
  'video create timestamp': ['tijdstempel aanmaaktijd video', 'marcajul temporal de creare a videoclipului'],
  'video publish timestamp': ['tijdstempel publicatietijd video', 'marcajul temporal de publicare a videoclipului'],
  'duration (seconds)': ['duration'],
  title: ['titel', 'タイトル'],
  url: ['item_content_url'],
  note: ['notiz', 'notitie', 'メモ'],
  comment: ['comments', 'kommentar', 'opmerking', 'コメント'],
  creation_time: ['creation time'],
};

/** A header without differences of outer spaces, case, runs of spaces and composition of letters. */
export function normalHeader(header: string): string {
  return header.normalize('NFC').trim().toLowerCase().replaceAll(/\s+/g, ' ');
}

const englishOf = new Map<string, string[]>();
for (const [english, aliases] of Object.entries(headerAliases)) {
  for (const alias of aliases) englishOf.set(alias, [...(englishOf.get(alias) ?? []), english]);
}

/** Whether a header in its normal form is known in English, so that other languages are looked up here. */
export function isEnglishHeader(normal: string): boolean {
  return Object.hasOwn(headerAliases, normal);
}

/** The English headers that a header may mean, in their normal form; itself first. */
export function headersLike(header: string): readonly string[] {
  const plain = normalHeader(header);
  return [plain, ...(englishOf.get(plain) ?? [])];
}

type Caption = 'products' | 'details' | 'locationInfos' | 'activityControls';

/** Labels in the captions of HTML activities; in other languages position and links distinguish the captions. */
const captions: Readonly<Record<string, Caption>> = {
  products: 'products',
  details: 'details',
  locations: 'locationInfos',
  'why is this here?': 'activityControls',
};

export function captionOf(label: string): Caption | undefined {
  return captions[normalHeader(label).replace(/\s*:$/, '')];
}
