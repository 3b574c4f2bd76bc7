/**
 * Comments and messages of live chats as in real files; the page lists them without a table (docs/google-api.md §A6).
 */
import { csvFile, type ServiceFolder } from './produce';
import type { Chance } from './random';
import { formOf } from './subject-form';
import { chanceOf, happenings, type Subject } from './subject';

type Files = ServiceFolder['files'];

/** Microseconds without trailing zeros, and an offset. */
function preciseTime(at: number, chance: Chance): string {
  const digits = chance.pick([5, 6]);
  const micros = String((at % 1000) * 1000 + chance.between(0, 999)).padStart(6, '0');
  return `${new Date(at).toISOString().slice(0, 19)}.${micros.slice(0, digits)}+00:00`;
}

/** The text column holds JSON in a newer form from that day on, in an older one before. */
const newTextSince = Date.parse('2024-06-01T00:00:00Z');

/** JSON objects one after another with commas and no brackets, lines ended by CRLF; now and then bare text. */
function text({ words }: Subject, at: number, chance: Chance): string {
  const said = chance.pick(words.topics);
  if (chance.happens(0.05)) return '123';
  if (at < newTextSince) return JSON.stringify({ takeoutSegments: [{ text: said }] });
  if (chance.happens(0.2)) {
    const mention = { externalChannelId: `UC${chance.letters(22)}` };
    return `${JSON.stringify({ text: '@someone', mention })},${JSON.stringify({ text: ` ${said}` })}`;
  }
  return JSON.stringify({ text: chance.happens(0.2) ? `${said}\r\nand more` : said });
}

const ownChannel = (subject: Subject) => `UC${chanceOf(subject, 'own channel').letters(22)}`;

/** Older files have no currency. */
const columnsWithCurrency = (subject: Subject, columns: readonly string[]) =>
  formOf(subject, 'currency', ['newer', 'newer', 'older']) === 'newer'
    ? columns
    : columns.filter((column) => column !== 'Currency code');

/** A sheet whose rows are given by column. */
function sheet(
  subject: Subject,
  path: string,
  allColumns: readonly string[],
  row: (at: number, chance: Chance) => Record<string, string | number>,
): Files {
  const columns = columnsWithCurrency(subject, allColumns);
  const rows = happenings(subject, subject.resource, [0, 2]).map(({ at, chance }) => {
    const cells = row(at, chance);
    return columns.map((column) => cells[column] ?? '');
  });
  return rows.length === 0 ? [] : [csvFile(subject, path, columns, rows)];
}

const commentColumns = [
  'Comment ID',
  'Channel ID',
  'Comment Create Timestamp',
  'Price',
  'Currency code',
  'Parent Comment ID',
  'Post ID',
  'Video ID',
  'Comment Text',
  'Top-Level Comment ID',
];

export function comments(subject: Subject): Files {
  const { comments: name } = subject.words.files;
  return sheet(subject, `${name}/${name}.csv`, commentColumns, (at, chance) => {
    const parent = chance.happens(0.3) ? `Ug${chance.letters(22)}` : '';
    return {
      'Comment ID': `Ug${chance.letters(22)}`,
      'Channel ID': ownChannel(subject),
      'Comment Create Timestamp': preciseTime(at, chance),
      Price: 0,
      'Parent Comment ID': parent,
      'Video ID': chance.letters(11),
      'Comment Text': text(subject, at, chance),
      'Top-Level Comment ID': parent,
    };
  });
}

const chatColumns = [
  'Live Chat ID',
  'Channel ID',
  'Live Chat Create Timestamp',
  'Price',
  'Currency code',
  'Video ID',
  'Live Chat Text',
];

/** The price of a paid message counts millionths of the currency. */
export function liveChats(subject: Subject): Files {
  return sheet(subject, 'live chats/live chats.csv', chatColumns, (at, chance) => {
    const isPaid = chance.happens(0.1);
    return {
      'Live Chat ID': `LCC.${chance.letters(30)}`,
      'Channel ID': ownChannel(subject),
      'Live Chat Create Timestamp': preciseTime(at, chance),
      Price: isPaid ? 990_000 : 0,
      'Currency code': isPaid ? 'EUR' : '',
      'Video ID': chance.letters(11),
      'Live Chat Text': text(subject, at, chance),
    };
  });
}
