/** Saved lists, by the page `save` and real files (docs/google-api.md §A9): one CSV per list, named by the person. */
import { csvFile, textFile, type Producer, type ServiceFolder } from './produce';
import type { Chance } from './random';
import { formOf } from './subject-form';
import { happenings, type Happening, type Subject } from './subject';

type File = ServiceFolder['files'][number];

/** The names of real files, and those of the page, of which the last is a guess: the page's end was not available. */
const columnForms = {
  real: ['Title', 'Note', 'URL', 'Tags', 'Comment'],
  page: ['title', 'note', 'item_content_url', 'comment'],
} as const;

/** A title with its link: places, and things that are not in Maps. */
function item({ words }: Subject, chance: Chance): [title: string, url: string] {
  const thing = chance.pick(words.topics);
  const feature = `0x${chance.hex(16)}:0x${chance.hex(16)}`;
  return chance.pick<[string, string]>([
    [thing, `https://www.google.com/maps/place/Example/data=!4m2!3m1!1s${feature}`],
    [thing, `https://www.google.com/maps/place/Example/data=!4m2!3m1!1s${feature}`],
    [`${thing} [Book]`, `https://www.google.com/search?q=${encodeURIComponent(thing)}&kgmid=/g/${chance.hex(8)}`],
    [thing, `https://www.google.com/shopping/product/${chance.between(1e9, 9e9)}`],
    [thing, `https://www.google.com/imgres?imgurl=https%3A%2F%2Fexample.org%2F${chance.hex(6)}.jpg`],
  ]);
}

/** The first list has a description with an empty line, a BOM and CRLF, the second a row of commas below its header. */
function listFile(subject: Subject, name: string, items: readonly Happening[], index: number): File {
  const columns = columnForms[formOf(subject, 'saved columns', ['real', 'real', 'page'])];
  const rows = items.map(({ chance }) => {
    const [title, url] = item(subject, chance);
    const note = chance.happens(0.3) ? '=not a formula' : '';
    return columns.length === 4 ? [title, note, url, ''] : [title, note, url, '', ''];
  });
  const all = index === 1 ? [columns.map(() => ''), ...rows] : rows;
  const file = csvFile(subject, `${name.replaceAll(/["/]/g, '')}.csv`, columns, all);
  if (index !== 0) return file;
  const text = `\uFEFF${subject.words.topics[3] ?? ''}\n\n${String(file.content.bytes)}`;
  return textFile(file.path, text.replaceAll('\n', '\r\n'));
}

export const saved: Producer = (subject) => {
  const { words } = subject;
  const lists = new Map<string, Happening[]>();
  for (const happening of happenings(subject, subject.resource, [0, 2])) {
    const name = words.topics[happening.chance.between(0, 2)] ?? '';
    lists.set(name, [...(lists.get(name) ?? []), happening]);
  }
  const files = [...lists].map(([name, items], index) => listFile(subject, name, items, index));
  return { service: 'SAVE', folder: words.folders.saved, files };
};
