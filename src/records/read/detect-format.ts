/** Detects from the beginning of a member its format, and for JSON and CSV its first entries. */
import { isUtf8 } from 'node:buffer';

import { CsvFile } from '../formats/csv-file';
import type { Json } from '../formats/json';
import { JsonElements } from '../formats/json-elements';
import { Utf8Text, wholeCharacters } from '../formats/utf8-text';
import { kindOfValue, type ValueKind } from './values-outside-lists';

export type Format = 'json' | 'html' | 'text' | 'binary' | 'utf16' | 'empty';

export interface Sample {
  readonly format: Format;
  /** By the first bytes. */
  readonly mediaType: string;
  /** The beginning as text; empty for binary members. */
  readonly text: string;
  /** True when the sample is the whole member. */
  readonly isWhole: boolean;
  readonly json: JsonSample | undefined;
  /** The first rows read as CSV. */
  readonly rows: readonly (readonly string[])[];
}

export interface JsonSample {
  readonly root: 'array' | 'object' | undefined;
  /** The first entries of each array, by the keys that lead to it. */
  readonly lists: readonly { readonly path: readonly string[]; readonly entries: readonly Json[] }[];
  /** The keys of the root object, as far as the sample shows them. */
  readonly rootKeys: ReadonlySet<string>;
  /** The kinds of values outside the lists. */
  readonly outsideLists: ReadonlySet<ValueKind>;
  /** The text is complete, so lists without entries are empty. */
  readonly isComplete: boolean;
}

/** Length of the sample, in bytes. */
export const sampleBytes = 256 * 1024;
const shownEntries = 8;
const shownRows = 12;

export function sampleOf(bytes: Buffer, isWhole: boolean): Sample {
  const mediaType = mediaTypeOf(bytes);
  const nothing = { mediaType, text: '', isWhole, json: undefined, rows: [] };
  if (bytes.length === 0) return { ...nothing, format: 'empty' };
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { ...nothing, format: 'utf16' };
  }
  if (mediaType !== plainText) return { ...nothing, format: 'binary' };
  const { text } = new Utf8Text().write(bytes);
  const first = /\S/.exec(text)?.[0];
  if (first === undefined) return { ...nothing, format: 'empty' };
  if (first === '{' || first === '[') {
    return { ...nothing, format: 'json', mediaType: 'application/json', text, json: jsonSample(bytes) };
  }
  if (first === '<') return { ...nothing, format: 'html', mediaType: 'text/html', text };
  return { ...nothing, format: 'text', text, rows: rowSample(bytes, isWhole) };
}

function jsonSample(bytes: Buffer): JsonSample {
  const lists = new Map<string, { path: readonly string[]; entries: Json[] }>();
  let list: { path: readonly string[]; entries: Json[] } = { path: [], entries: [] };
  const outsideLists = new Set<ValueKind>();
  const rootKeys = new Set<string>();
  const elements = new JsonElements(
    {
      list: (path) => {
        if (path[0] !== undefined) rootKeys.add(path[0]);
        const name = path.join('\n');
        list = lists.get(name) ?? { path, entries: [] };
        lists.set(name, list);
      },
      element: (_path, entry) => {
        if (list.entries.length < shownEntries) list.entries.push(entry.value());
      },
      value: (path, text) => {
        rootKeys.add(path[0] ?? '');
        outsideLists.add(kindOfValue(path, text));
      },
      // A broken member is reported when it is read.
      fault: () => undefined,
    },
    { elementBytes: sampleBytes },
  );
  elements.write(bytes);
  return { root: elements.root, lists: [...lists.values()], rootKeys, outsideLists, isComplete: elements.isComplete };
}

function rowSample(bytes: Buffer, isWhole: boolean): string[][] {
  const rows: string[][] = [];
  const reader = new CsvFile(
    {
      row: (cells) => {
        if (rows.length < shownRows) rows.push(cells);
      },
      fault: () => undefined,
    },
    { rowLength: sampleBytes },
  );
  reader.write(bytes);
  if (isWhole) reader.end();
  return rows;
}

/**
 * The first bytes of formats that occur in archives (https://www.iana.org/assignments/media-types). Where a format has
 * a byte that does not occur in text, the pattern includes it, because a line of text may begin with the same letters.
 */
const magic: readonly (readonly [mediaType: string, ...pieces: readonly (readonly [text: string, at: number])[]])[] = [
  ['image/jpeg', ['\xff\xd8\xff', 0]],
  ['image/png', ['\x89PNG', 0]],
  ['image/gif', ['GIF87a', 0]],
  ['image/gif', ['GIF89a', 0]],
  ['image/webp', ['RIFF', 0], ['WEBP', 8]],
  ['video/mp4', ['\0\0', 0], ['ftyp', 4]],
  ['video/webm', ['\x1aE\xdf\xa3', 0]],
  ['audio/mpeg', ['ID3\x02', 0]],
  ['audio/mpeg', ['ID3\x03', 0]],
  ['audio/mpeg', ['ID3\x04', 0]],
  ['audio/mpeg', ['\xff\xfb', 0]],
  ['audio/ogg', ['OggS\0', 0]],
  ['audio/wav', ['RIFF', 0], ['WAVE', 8]],
  ['audio/flac', ['fLaC\0', 0]],
  ['application/pdf', ['%PDF-', 0]],
  ['application/zip', ['PK\x03\x04', 0]],
  ['application/gzip', ['\x1f\x8b', 0]],
];
const plainText = 'text/plain';
/** The media type of bytes of an unknown format. */
export const unknownBytes = 'application/octet-stream';

/** Bytes that are clean text count as text even when they begin like another format, except PDF: a PDF may be text. */
function mediaTypeOf(bytes: Buffer): string {
  const head = bytes.toString('latin1', 0, 16);
  const [known] = magic.find(([, ...pieces]) => pieces.every(([text, at]) => head.startsWith(text, at))) ?? [];
  if (known !== undefined && (known === 'application/pdf' || !isCleanText(bytes))) return known;
  return isText(bytes) ? plainText : unknownBytes;
}

/** Text with some bytes that are no text, such as a NUL, still counts as text: its reader reports where it breaks. */
function isText(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 4_096);
  const printable = start.length - controls(start);
  if (printable / start.length <= 0.95) return false;
  return isUtf8(start.subarray(0, wholeCharacters(start))) || start.length - highBytes(start) > start.length / 2;
}

function isCleanText(bytes: Buffer): boolean {
  return controls(bytes) === 0 && isUtf8(bytes.subarray(0, wholeCharacters(bytes)));
}

function controls(bytes: Buffer): number {
  return bytes.reduce((sum, byte) => sum + Number(byte < 0x20 && (byte < 0x09 || byte > 0x0d)), 0);
}

function highBytes(bytes: Buffer): number {
  return bytes.reduce((sum, byte) => sum + Number(byte >= 0x80), 0);
}
