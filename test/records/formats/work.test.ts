/**
 * Reading takes work in proportion to the length of the file, however odd it is: the steps are counted, so that the
 * test has the same result on any machine. A run that fails prints its seed; `fc.assert(…, { seed, path })` runs it
 * again.
 */
import fc from 'fast-check';

import { CsvFile } from '../../../src/records/formats/csv-file';
import { deepestTag, HtmlPieces } from '../../../src/records/formats/html-pieces';
import { parseJson } from '../../../src/records/formats/json';
import { JsonElements } from '../../../src/records/formats/json-elements';
import { readFile } from '../fixtures';

interface Work {
  readonly steps: number;
  /** The most that was held at once. */
  readonly held: number;
}

const limit = 4_096;
const none = () => undefined;

function inChunks(text: string, write: (chunk: Buffer) => number, chunk: number): number {
  const bytes = Buffer.from(text);
  let held = 0;
  for (let at = 0; at < bytes.length; at += chunk) held = Math.max(held, write(bytes.subarray(at, at + chunk)));
  return held;
}

const readers: Readonly<Record<string, (text: string, chunk: number) => Work>> = {
  csv: (text, chunk) => {
    const rows = new CsvFile({ row: none, fault: none }, { rowLength: limit });
    const write = (bytes: Buffer) => {
      rows.write(bytes);
      return rows.heldCharacters;
    };
    const held = inChunks(text, write, chunk);
    rows.end();
    return { steps: rows.steps, held };
  },
  json: (text, chunk) => {
    const elements = new JsonElements({ list: none, element: none, value: none, fault: none }, { elementBytes: limit });
    const write = (bytes: Buffer) => {
      elements.write(bytes);
      return elements.heldBytes;
    };
    const held = inChunks(text, write, chunk);
    elements.end();
    return { steps: elements.steps, held };
  },
  html: (text, chunk) => {
    let [depth, held] = [0, 0];
    const pieces = new HtmlPieces({
      open: () => void (held = Math.max(held, (depth += 1))),
      text: none,
      close: () => void (depth -= 1),
      tooDeep: () => void (depth = 0),
    });
    for (let at = 0; at < text.length; at += chunk) pieces.write(text.slice(at, at + chunk));
    return { steps: pieces.steps, held };
  },
};

/** Parts of odd files; a line break, so that JSON has a separator at which it can continue. */
const parts: Readonly<Record<string, readonly string[]>> = {
  csv: ['a', ',', '"', '""', '","', 'a","b\n', '\n', '\r\n', '"\n', 'x'.repeat(300), 'é'],
  json: [
    ...['{"a":1}', ',\n', '},\n{', '{"a":[', ']', '}', '[', '"', '\\', '1', ',', '{}', '{}\n', 'null', '\n'],
    ...['{"a":1,"a":2}', `{"k":"${'x'.repeat(400)}"}`, '[[[[[[[[', '1e999', '\u0001'],
  ],
  html: [
    '<b>',
    '</b>',
    '<div>',
    '</i>',
    '<p>',
    '<a href="',
    '">',
    '<!--',
    '-->',
    '<script>',
    'x',
    '<svg>',
    '&amp',
    '=',
  ],
};
const beginnings: Readonly<Record<string, string>> = {
  csv: 'a,b\n',
  json: '[\n{"a":1},\n{"a":2},\n',
  html: '<html>',
};
/** The buffered data: a row; the buffer of one element and one chunk, doubled once; open tags. */
const mostHeld: Readonly<Record<string, (chunk: number) => number>> = {
  csv: () => limit,
  json: (chunk) => Math.max(128 * 1024, 4 * (limit + 2 * chunk)),
  html: () => deepestTag + 350,
};
/** Steps for a character, at most: rows are read again 64 times, elements from 128 places, tags looked at by depth. */
const mostSteps: Readonly<Record<string, number>> = { csv: 80, json: 140, html: 300 };

describe.each(Object.keys(readers))('reading %s', (format) => {
  const work = readers[format] as (typeof readers)[string];

  it('twice as much takes twice the work, and holds no more', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...(parts[format] ?? [])), { minLength: 1, maxLength: 12 }),
        fc.constantFrom(61, 1_000, 4_096),
        (unit, chunk) => {
          const piece = unit.join('');
          const begin = beginnings[format] ?? '';
          // Long enough for every bound to be met in the shorter one already.
          const times = Math.ceil(60_000 / piece.length);
          const once = work(begin + piece.repeat(times), chunk);
          const twice = work(begin + piece.repeat(2 * times), chunk);
          const length = 2 * times * piece.length;
          expect(twice.steps).toBeLessThanOrEqual(2.2 * once.steps + 64 * limit);
          expect(twice.steps).toBeLessThanOrEqual((mostSteps[format] ?? 0) * length);
          expect(twice.held).toBeLessThanOrEqual(mostHeld[format]?.(chunk) ?? 0);
        },
      ),
      { numRuns: 60 },
    );
  });
});

it('a long element is not moved for each chunk that comes', () => {
  const text = `[{"a":"${'x'.repeat(2 * 1024 * 1024)}"}]`;
  const elements = new JsonElements({ list: none, element: none, value: none, fault: none }, { elementBytes: 1e8 });
  inChunks(text, (bytes) => (elements.write(bytes), 0), 1_000);
  // Written, looked at, and moved into a larger buffer each time it has doubled.
  expect(elements.steps).toBeLessThan(6 * text.length);
});

it.each([
  ['values', `[${'1,'.repeat(1_200_000)}1]`],
  ['keys', `{${Array.from({ length: 70_000 }, (_, at) => `"k${at}":1`).join(',')}}`],
])('an entry of too many %s is reported as too large, and the next one is read', async (_what, value) => {
  const entry = (more: string) =>
    `{"header":"Search","title":"a","time":"2026-01-02T03:04:05Z","products":["Search"]${more}}`;
  const content = `[${entry('')},${entry(`,"details":${value}`)},${entry('')}]`;
  const { summary, records } = await readFile('myactivity.search', 'My Activity/Search/MyActivity.json', content);
  expect(records).toHaveLength(2);
  expect(summary.problems).toEqual([
    { kind: 'entry_too_large', part: 1, entry: 1, index: 1, offset: expect.any(Number) as number },
  ]);
});

it('a string of millions of characters next to a long number is read', () => {
  const text = `{"a":"${'x\\"'.repeat(4_000_000)}\\\\","b":12345678901234567890}`;
  const value = parseJson(text) as { a: string; b: string };
  expect([value.a.length, value.b]).toEqual([8_000_001, '12345678901234567890']);
});

it('a page whose tags are nested too deep loses the entry, and the next one is read', async () => {
  const block = (title: string) =>
    `<div class="outer-cell"><div class="header-cell">YouTube</div><div class="content-cell mdl-typography--body-1">${title}<br>Jan 2, 2026, 3:04:05 PM UTC<br></div></div>`;
  const page = `<html>${block('Bread')}${block('<i>'.repeat(5_000))}${block('Rain')}</html>`;
  const { summary, records } = await readFile('myactivity.youtube', 'x/MyActivity.html', page);
  expect(records.map(({ data }) => data['title'])).toEqual(['Bread', 'Rain']);
  expect(summary.problems[0]).toEqual({ kind: 'syntax', part: 1, entry: 1, index: 1 });
});
