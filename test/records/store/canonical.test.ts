/** The canonical form: one text for a value however it is written, from the bytes of a file as from an object of ours. */
import fc from 'fast-check';

import { createComposer, JsonBytes, mostBytes, writeCanonical, writeRest } from '../../../src/records/store/canonical';
import { parseJson, type Json } from '../../../src/records/formats/json';
import { JsonElements } from '../../../src/records/formats/json-elements';
import { JsonTape } from '../../../src/records/formats/json-tape';
import { keysOf, readFile } from '../fixtures';
import { allTests } from '../../support/long';

const none: readonly string[] = [];

function canonical(tape: JsonTape, without = none): string {
  const out = Buffer.alloc(mostBytes(tape));
  return out.toString('utf8', 0, writeCanonical(tape, out, 0, without));
}

/** Each tape reads many values, as it does in a file: its memory of earlier ones must not matter. */
const shared = new JsonTape(129);
function read(text: string, tape = shared): string | undefined {
  const source = Buffer.from(`${text}\0`);
  return tape.read(source, 0) === source.length - 1 ? canonical(tape) : undefined;
}

/** Made as text: an object of JavaScript has keys that look like numbers first, whatever their order was. */
function sorted(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(sorted).join()}]`;
  const members = Object.keys(value).toSorted();
  return `{${members.map((key) => `${JSON.stringify(key)}:${sorted(value[key] as Json)}`).join()}}`;
}

const character = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    '"',
    '\\',
    '/',
    '\n',
    '\u0001',
    '\u007f',
    'é',
    'e\u0301',
    'ö',
    '語',
    '😀',
    '\ud83d',
    '\u2028',
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const text = fc.array(character, { maxLength: 8 }).map((characters) => characters.join(''));
// Keys that look like numbers come first in JavaScript's objects, in any order.
const key = text.filter((name) => !/^\d+$/.test(name));
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    fc.constantFrom(true, false, null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }).map((pairs) => Object.fromEntries(pairs)),
  ),
})).value;

/** The same value written in another way, as dice decide. */
function spelled(value: Json, dice: () => number): string {
  const space = () => ['', '', ' ', '\n  ', '\t', '\r\n'][dice() % 6] ?? '';
  if (typeof value === 'string') return spelledText(value, dice);
  if (typeof value === 'number') return spelledNumber(value, dice);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    return `[${space()}${value.map((inner) => `${spelled(inner, dice)}${space()}`).join(`,${space()}`)}]`;
  }
  const pairs = Object.entries(value)
    .map((pair) => ({ pair, rank: dice() }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(
      ({ pair: [name, inner] }) => `${spelledText(name, dice)}${space()}:${space()}${spelled(inner, dice)}${space()}`,
    );
  return `{${space()}${pairs.join(`,${space()}`)}}`;
}

function spelledText(value: string, dice: () => number): string {
  const units = value.split('').map((unit) => {
    const code = unit.charCodeAt(0);
    const hex = code.toString(16).padStart(4, '0');
    const isAlone = code >= 0xd800 && code <= 0xdfff;
    if (isAlone || dice() % 4 === 0) return `\\u${dice() % 2 === 0 ? hex : hex.toUpperCase()}`;
    if (unit === '/' && dice() % 2 === 0) return '\\/';
    return JSON.stringify(unit).slice(1, -1);
  });
  return `"${units.join('')}"`;
}

function spelledNumber(value: number, dice: () => number): string {
  const plain = JSON.stringify(value);
  if (!Number.isSafeInteger(value) || value === 0 || /e/.test(plain))
    return plain.replace('e+', ['e', 'E', 'e+'][dice() % 3] ?? 'e');
  return [plain, `${plain}.0`, `${plain}e0`, `${plain}0E-1`][dice() % 4] ?? plain;
}

const dice = fc.infiniteStream(fc.nat({ max: 1_000 })).map((stream) => () => stream.next().value as number);

describe('the canonical form', () => {
  it('of a value is that of JSON.stringify with sorted keys, for every notation', () => {
    fc.assert(
      fc.property(json, dice, (value, roll) => {
        // A number alone may continue after its last digit.
        const plain = JSON.stringify([value]);
        const expected = sorted(parseJson(plain));
        expect(read(plain)).toBe(expected);
        expect(read(spelled([value], roll))).toBe(expected);
        expect(canonical(new JsonBytes().read(plain))).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  it('of objects with the same long key is made each time', () => {
    const tape = new JsonTape(129);
    for (const text of [1, 2].map((value) => JSON.stringify({ ['k'.repeat(300)]: value }))) {
      expect(read(text, tape)).toBe(text);
    }
  });

  it('is made of every text that is JSON, and of no other', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"\\u00e9"',
      '"\\',
      '1',
      '-',
      '0',
      '.5',
      'e3',
      'true',
      'nul',
      ' ',
      '\t',
    ];
    const texts = fc.oneof(
      fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((some) => `[${some.join('')}]`),
      fc
        .tuple(json, fc.nat({ max: 60 }), fc.constantFrom(...pieces, ''))
        .map(([value, at, piece]) => {
          const whole = JSON.stringify([value]);
          return whole.slice(0, at) + piece + whole.slice(at + 1);
        })
        .filter((changed) => /^[[{]/.test(changed) && Buffer.from(changed).toString() === changed),
    );
    fc.assert(
      fc.property(texts, (changed) => {
        let expected: string | undefined;
        try {
          JSON.parse(changed);
          expected = sorted(parseJson(changed));
        } catch {
          expected = undefined;
        }
        expect(read(changed.trimEnd())).toBe(expected);
      }),
      { numRuns: 3_000 },
    );
  });

  it('keeps every digit of numbers that a double does not hold, and the last of equal keys', () => {
    const digits = '{"c":9007199254740993,"b":-0,"a":1e400,"d":8999999999999999,"e":1e20,"a":12345678901234567890}';
    expect(read(digits)).toBe(
      '{"a":"12345678901234567890","b":0,"c":"9007199254740993","d":8999999999999999,"e":100000000000000000000}',
    );
    expect(read('{"a":1e400,"\\u0061":-1E-7}')).toBe('{"a":-1e-7}');
  });

  it('has no fields that are left out; they can be written behind it', () => {
    const tape = new JsonBytes().read('{"b":{"x":1},"icon":[2, 1],"a":3}');
    const without = ['icon'];
    expect(canonical(tape, without)).toBe('{"a":3,"b":{"x":1}}');
    const out = Buffer.alloc(100);
    expect(out.toString('utf8', 0, writeRest(tape, out, 0, without))).toBe(',"icon":[2,1]');
  });

  it('is normalized where letters have two forms, keys too', () => {
    const composed = createComposer();
    const other = (value: Json) => composed(Buffer.from(JSON.stringify(value)))?.toString('utf8');
    expect(other({ ö: '語' })).toBeUndefined();
    expect(other({ 'o\u0308': ['e\u0301'], p: 1 })).toBe('{"p":1,"ö":["é"]}');
  });

  it('nests as deep as values may, and no deeper', () => {
    const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(read(nested(129))).toBe(nested(129));
    expect(read(nested(130))).toBeUndefined();
  });
});

describe('entries', () => {
  it('are known as text where most of it is beyond ASCII, wherever its first bytes end', async () => {
    for (let at = 0; at < 4; at += 1) {
      const entries = [{ header: 'x'.repeat(at), time: '2026-01-01T00:00:00Z', title: '日本語'.repeat(40) }];
      const { records } = await readFile('myactivity.search', 'My Activity/MyActivity.json', JSON.stringify(entries));
      expect(records.map(({ kind }) => kind)).toEqual(['activity']);
    }
  });

  it('are the same in whichever pieces the text comes', () => {
    fc.assert(
      fc.property(fc.array(json, { maxLength: 6 }), fc.integer({ min: 1, max: 40 }), dice, (values, size, roll) => {
        // A number at the very end of a piece may continue in the next one.
        const source = Buffer.from(`{"a": 1, "list": ${spelled(values, roll)}}`);
        const seen: Json[] = [];
        const faults: unknown[] = [];
        const elements = new JsonElements(
          {
            list: () => undefined,
            value: () => undefined,
            element: (path, entry) => {
              expect(path).toEqual(['list']);
              seen.push(entry.value());
            },
            fault: (...fault) => faults.push(fault),
          },
          { elementBytes: 100_000 },
        );
        for (let at = 0; at < source.length; at += size) elements.write(source.subarray(at, at + size));
        elements.end();
        expect(faults).toEqual([]);
        expect(sorted(seen)).toBe(sorted(parseJson(JSON.stringify(values))));
      }),
      { numRuns: 400 },
    );
  });

  it('have one key however they are written', async () => {
    const entry = fc.record({ header: text, title: text, time: fc.constant('2026-01-01T00:00:00Z'), more: json });
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 5 }), dice, async (entries, roll) => {
        const path = 'My Activity/Search/MyActivity.json';
        const one = await readFile('myactivity.search', path, JSON.stringify(entries));
        const other = await readFile('myactivity.search', path, spelled(entries, roll));
        // Keys that differ in nothing but their composition become one, so values alone are composed here.
        const texts = entries.map(({ more, ...others }) => ({ ...others, more: JSON.stringify(more) }));
        const [apart, composed] = await Promise.all(
          [JSON.stringify(texts), JSON.stringify(texts).normalize('NFC')].map((file) =>
            readFile('myactivity.search', path, file),
          ),
        );
        expect(keysOf(other.records)).toEqual(keysOf(one.records));
        expect(keysOf(composed?.records ?? [])).toEqual(keysOf(apart?.records ?? []));
      }),
      { numRuns: allTests ? 60 : 12, endOnFailure: true },
    );
  });
});
