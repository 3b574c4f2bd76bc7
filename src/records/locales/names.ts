/**
 * Names that Google translates. They never decide what a file is: folders only hint at the language of an archive, and
 * headers and captions are looked up here before their position is taken. Sources: docs/google-api.md §A3,
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

/** The language in which folders are named, where one of them gives it away. */
export function localeOf(folderNames: Iterable<string>): string | undefined {
  for (const name of folderNames) {
    const plain = name.normalize('NFC').toLowerCase();
    const found = Object.entries(folders).find(([, names]) => names.includes(plain));
    if (found !== undefined) return found[0];
  }
  return undefined;
}

/** Headers in other languages and older spellings, by the English header in its normal form. */
const headerAliases: Readonly<Record<string, readonly string[]>> = {
  'channel id': ['kanal-id', 'kanaal-id', 'チャンネル id'],
  'channel url': ['kanal-url', 'kanaal-url', 'チャンネルの url'],
  'channel title': ['kanaltitel', 'kanaaltitel', 'チャンネルのタイトル'],
  'channel title (original)': ['kanaltitel (original)', '(originele) kanaaltitel'],
  'channel visibility': ['kanaalzichtbaarheid'],
  'channel vanity url # name': ['naam van vanity-url # voor kanaal'],
  'channel auto moderation in live chat': [
    'automatische moderatie in livechat van kanaal',
    'automatische moderatie in live chat van kanaal',
  ],
  'video default allowed comments type': ['standaard toegestane reactietype van video'],
  'comment id': ['live chat id', 'kommentar-id', 'reactie-id', 'コメント id'],
  'comment create timestamp': [
    'live chat create timestamp',
    'zeitstempel der kommentarerstellung',
    'tijdstempel van reactie',
    'コメントの作成タイムスタンプ',
  ],
  'comment text': ['live chat text', 'kommentartext', 'reactietekst', 'コメントのテキスト'],
  'video id': ['video-id', '動画 id'],
  'duration (seconds)': ['duration'],
  title: ['titel', 'タイトル'],
  note: ['notiz', 'notitie', 'メモ'],
  comment: ['kommentar', 'opmerking', 'コメント'],
};

/** A header without its accidents: outer spaces, case, runs of spaces, way of composing letters. */
export function normalHeader(header: string): string {
  return header.normalize('NFC').trim().toLowerCase().replaceAll(/\s+/g, ' ');
}

const englishOf = new Map<string, string[]>();
for (const [english, aliases] of Object.entries(headerAliases)) {
  for (const alias of aliases) englishOf.set(alias, [...(englishOf.get(alias) ?? []), english]);
}

/** The English headers that a header may stand for, in their normal form; itself first. */
export function headersLike(header: string): readonly string[] {
  const plain = normalHeader(header);
  return [plain, ...(englishOf.get(plain) ?? [])];
}

type Caption = 'products' | 'details' | 'locationInfos' | 'activityControls';

/** Labels in the captions of HTML activities; in other languages place and links tell the captions apart. */
const captions: Readonly<Record<string, Caption>> = {
  products: 'products',
  details: 'details',
  locations: 'locationInfos',
  'why is this here?': 'activityControls',
};

export function captionOf(label: string): Caption | undefined {
  return captions[normalHeader(label).replace(/\s*:$/, '')];
}
