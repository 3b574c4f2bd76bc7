/** Chrome's files (docs/google-api.md §A5). */
import { autofill } from './chrome-autofill';
import { jsonFile, textFile, csvFile, type Producer, type ServiceFolder } from './produce';
import { happenings, type Happening, type Subject } from './subject';
import { undocumented } from './undocumented';

type Files = ServiceFolder['files'];

const site = ({ chance }: Happening) => `https://${chance.pick(sites)}/${chance.letters(6)}`;
const sites = ['news.example.org', 'forum.example.com', 'shop.example.net', 'wiki.example.edu', 'maps.example.org'];

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Netscape bookmark HTML, as every browser writes it. */
function bookmarkFile(subject: Subject, name: string, perDay: readonly [number, number]): Files {
  const marks = happenings(subject, subject.resource, perDay).map((happening) => {
    const title = escaped(happening.chance.pick(subject.words.topics));
    return `    <DT><A HREF="${site(happening)}" ADD_DATE="${Math.floor(happening.at / 1000)}">${title}</A>`;
  });
  if (marks.length === 0) return [];
  const head =
    '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">';
  const list = `<DL><p>\n${marks.join('\n')}\n</DL><p>`;
  return [textFile(`${name}.html`, `${head}\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n${list}\n`)];
}

const transitions = ['LINK', 'TYPED', 'AUTO_BOOKMARK', 'GENERATED', 'RELOAD', 'FORM_SUBMIT', 'AUTO_TOPLEVEL'];

/** In real files; the page's table of fields was not available. */
function history(subject: Subject): Files {
  const drifted = subject.settings.content === 'drifted';
  const visits = happenings(subject, 'chrome.history', [4, 15]).reverse();
  const entries = visits.map(({ at, chance }) => ({
    ...(chance.happens(0.9) && { favicon_url: `https://${chance.pick(sites)}/favicon.ico` }),
    // Both names occur in real exports.
    [chance.happens(0.5) ? 'page_transition' : 'page_transition_qualifier']: chance.pick(transitions),
    title: chance.pick(subject.words.topics),
    url: site({ at, chance }),
    [drifted ? 'visit_time_usec' : 'time_usec']: at * 1000 + chance.between(0, 999),
    client_id: chance.letters(22),
  }));
  if (entries.length === 0) return [];
  return [
    jsonFile(`${subject.words.files.history}.json`, { 'Browser History': entries, 'Typed Url': [], Session: [] }),
  ];
}

const makers: Record<string, (subject: Subject) => Files> = {
  'chrome.history': history,
  'chrome.bookmarks': (subject) => bookmarkFile(subject, subject.words.files.bookmarks, [0, 2]),
  'chrome.reading_list': (subject) => bookmarkFile(subject, subject.words.files.readingList, [0, 1]),
  'chrome.autofill': autofill,
  // CSV by the page; its columns were not available.
  'chrome.dictionary': (subject) => {
    const words = happenings(subject, subject.resource, [0, 1]).map(({ chance }) => [
      undocumented(chance.letters(8).toLowerCase()),
    ]);
    return words.length === 0 ? [] : [csvFile(subject, `${subject.words.files.dictionary}.csv`, ['Words'], words)];
  },
  // JSON by the page; real files have the key, the fields were not available.
  'chrome.extensions': (subject) => {
    const extensions = happenings(subject, subject.resource, [0, 1]).map(({ at, chance }) => ({
      id: chance.hex(32),
      name: undocumented(chance.pick(subject.words.topics)),
      version: `${chance.between(1, 9)}.${chance.between(0, 20)}`,
      installTime: new Date(at).toISOString(),
      enabled: chance.happens(0.8),
    }));
    return extensions.length === 0
      ? []
      : [jsonFile(`${subject.words.files.extensions}.json`, { Extensions: extensions })];
  },
  // JSON by the page; its fields were not available.
  'chrome.settings': (subject) => {
    const settings = { Preferences: [{ name: 'homepage', value: undocumented(sites[0] ?? '') }] };
    return [
      jsonFile(`${subject.words.files.settings}.json`, settings),
      jsonFile(`OS ${subject.words.files.settings}.json`, {
        'OS Preferences': [{ name: 'theme', value: undocumented('dark') }],
      }),
    ];
  },
};

export const chrome: Producer = (subject) => ({
  service: 'CHROME',
  folder: subject.words.folders.chrome,
  files: makers[subject.resource]?.(subject) ?? [],
});
