/** A row that is broken costs that row: the lines behind it are read, and the problem names its line. */
import { CsvFile } from '../../../src/records/formats/csv-file';
import { rowLimit } from '../../../src/records/read/reader';
import { dataOf, readFile } from '../fixtures';

interface Read {
  readonly rows: string[][];
  readonly faults: unknown[];
}

function read(text: string, chunk = 7, rowLength = 1_000): Read {
  const [rows, faults]: [string[][], unknown[]] = [[], []];
  const reader = new CsvFile(
    { row: (cells) => rows.push(cells), fault: (kind, { line }) => faults.push([kind, line]) },
    { rowLength },
  );
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunk) reader.write(bytes.subarray(at, at + chunk));
  reader.end();
  return { rows, faults };
}

const header = ['a', 'b', 'c'];
const line = (name: string) => [name, 'x', 'y'];
const textOf = (rows: readonly string[][]) => rows.map((cells) => `${cells.join(',')}\n`).join('');

it.each([
  ['at the end of the file', 'truncated', 3],
  ['beyond the longest row', 'entry_too_large', 2_000],
])('a stray quote whose row has no end %s loses its own line', (_where, kind, count) => {
  const others = Array.from({ length: count }, (_, at) => line(`row ${at}`));
  const { rows, faults } = read(`${textOf([header, line('first')])}"stray,x,y\n${textOf(others)}`);
  expect(faults).toEqual([[kind, 3]]);
  expect(rows).toEqual([header, line('first'), ...others]);
});

it('a stray quote before a cell with quotes loses its own line', () => {
  const { rows, faults } = read('a,b,c\n1,"stray,y\n2,x,y\n3,"with, comma","y"\n4,x,y\n');
  expect(faults).toEqual([['syntax', 2]]);
  expect(rows).toEqual([header, line('2'), ['3', 'with, comma', 'y'], line('4')]);
});

it('lines of a cell that was cut are no rows, unless they have as many cells', () => {
  const { rows, faults } = read('a,b,c\n1,x,"one line\nanother, of two\nand one more');
  expect(faults).toEqual([['truncated', 2]]);
  expect(rows).toEqual([header]);
  expect(read('word\nbread\n"rain\nsun\n').rows).toEqual([['word'], ['bread']]);
});

it('a row of the longest length is read, and a longer one is not', () => {
  const cells = (length: number) => `a,b,c\n${'x'.repeat(length - 5)},y,z\n1,2,3\n`;
  expect(read(cells(1_000)).faults).toEqual([]);
  const { rows, faults } = read(cells(1_002));
  expect([rows, faults]).toEqual([[header, ['1', '2', '3']], [['entry_too_large', 2]]]);
});

it('the lines are those of the file, with line breaks in cells counted', () => {
  const { faults } = read('a,b,c\r\n"1\n2\n3",x,y\r\n\r\n1,"x"!,y\r\n1,x,y\r\n"2"?,x,y\r\n');
  expect(faults).toEqual([
    ['syntax', 6],
    ['syntax', 8],
  ]);
});

it('a table with a stray quote is partial, and keeps its other rows', async () => {
  const row = (at: number) => `UC${String(at).padStart(22, '0')},https://www.youtube.com/channel/UC${at},Bread ${at}\n`;
  const count = Math.ceil((2 * rowLimit) / row(0).length);
  const rows = Array.from({ length: count }, (_, at) => (at === 100 ? `"${row(at)}` : row(at)));
  const table = `Channel Id,Channel Url,Channel Title\n${rows.join('')}`;
  const { summary, records } = await readFile('youtube.subscriptions', 'YouTube/subscriptions.csv', table);
  expect(summary.problems).toEqual([{ kind: 'entry_too_large', part: 1, entry: 1, index: 101, line: 102 }]);
  expect(dataOf(records).map(({ channelTitle }) => channelTitle)).toEqual(
    rows.flatMap((_, at) => (at === 100 ? [] : [`Bread ${at}`])),
  );
});
