// The JSON reader: entries of a file to keys and canonical lines, against the simple way, a scan for the end of each
// entry and `JSON.parse` of its text (docs/decisions/json-reader.md).
import { Buffer } from 'node:buffer';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compare } from './compare.mjs';
import { activity, visit } from './entries.mjs';

const dist = join(dirname(fileURLToPath(import.meta.url)), '../../dist');
const load = createRequire(join(dist, 'main.js'));
const { JsonElements } = load('./records/formats/json-elements.js');
const { parseBytes } = load('./records/formats/json.js');
const { digest, mostBytes, writeCanonical } = load('./records/store/canonical.js');

const limits = { elementBytes: 16 * 1024 * 1024 };
const chunkBytes = 64 * 1024;
const files = [
  { what: 'My Activity JSON', entry: activity, time: 'time', head: '[', tail: '\n]\n' },
  { what: 'history JSON', entry: visit, time: 'time_usec', head: '{"Browser History": [', tail: '\n]}\n' },
];

/** @param args size of each text in MB and how many pairs of runs, for example `json 100 5` */
export async function bench([megabytes = '200', runs = '7']) {
  for (const file of files) {
    const text = textOf(file, Number(megabytes) * 1e6);
    const expected = read(text, file, tapes).hash;
    if (read(text, file, values).hash !== expected) throw new Error('the two ways give different keys');
    const speed = (way) => () => text.length / 1e6 / read(text, file, way).seconds;
    await compare(`${(text.length / 1e6).toFixed(0)} MB of ${file.what}`, 'MB/s', Number(runs), {
      ours: speed(tapes),
      rival: speed(values),
      rivalName: 'a scan and JSON.parse',
    });
  }
}

function textOf({ entry, head, tail }, size) {
  const pieces = [head];
  for (let number = 0, length = 0; length < size; number += 1) {
    pieces.push(`${number ? ',' : ''}\n${JSON.stringify(entry(number), null, 2)}`);
    length += pieces.at(-1).length;
  }
  return Buffer.from(pieces.join('') + tail);
}

/** Time, key and line of every entry; the hash is that of the last key and of how many there were. */
function read(text, file, way) {
  const startedAt = performance.now();
  let count = 0;
  let key = '';
  const out = Buffer.allocUnsafe(1024 * 1024);
  const elements = way(
    {
      list: () => undefined,
      element: (_path, entry) => {
        const { time, bytes } = (way === tapes ? writeTape : writeValue)(entry, file.time, out);
        key = digest(out.subarray(0, bytes));
        count += time === undefined ? 0 : 1;
      },
      fault: (kind) => {
        throw new Error(`the text has a fault: ${kind}`);
      },
    },
    limits,
  );
  for (let at = 0; at < text.length; at += chunkBytes) elements.write(text.subarray(at, at + chunkBytes));
  elements.end();
  return {
    seconds: (performance.now() - startedAt) / 1000,
    hash: `${count} ${Buffer.from(key, 'latin1').toString('hex')}`,
  };
}

const tapes = (sink) => new JsonElements(sink, limits);

function writeTape(entry, field, out) {
  const time = entry.textOrNumberOf(field);
  const bytes = mostBytes(entry.tape) > out.length ? 0 : writeCanonical(entry.tape, out, 0);
  return { time, bytes };
}

/** The same reader, in which every element is scanned to its end and then parsed. */
class ParsedElements extends JsonElements {
  element() {
    this.begin();
  }
  finish(end) {
    const { start } = this.value;
    const frame = this.frames.at(-1);
    if (frame?.array !== true || this.expected.endsWith('key')) return super.finish(end);
    this.value.start = -1;
    this.position = end;
    this.sink.element(frame.path, parseBytes(this.buffer.subarray(start, end)), this.index);
    this.passed(start, end);
    return undefined;
  }
}
const values = (sink) => new ParsedElements(sink, limits);

function writeValue(value, field, out) {
  return { time: value[field], bytes: out.write(canonical(value)) };
}

/** `JSON.stringify` with the keys of every object in order; a copy in order, made first, is faster than text by text. */
const canonical = (value) => JSON.stringify(inOrder(value));

function inOrder(value) {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const ordered = {};
  for (const name of Object.keys(value).sort()) ordered[name] = inOrder(value[name]);
  return ordered;
}
