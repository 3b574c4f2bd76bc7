/** What the beginning of a member tells: its format, and for JSON and CSV its first entries. */
import { isUtf8 } from 'node:buffer';

import { CsvRows } from '../formats/csv-rows';
import type { Json } from '../formats/json';
import { JsonElements } from '../formats/json-elements';
import { Utf8Text, wholeCharacters } from '../formats/utf8-text';

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
  /** The text is whole, so that lists without entries are empty. */
  readonly isComplete: boolean;
}

/** Bytes that are looked at. */
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
  const elements = new JsonElements(
    {
      list: (path) => {
        const name = path.join('\n');
        list = lists.get(name) ?? { path, entries: [] };
        lists.set(name, list);
      },
      element: (_path, entry) => {
        if (list.entries.length < shownEntries) list.entries.push(entry.value());
      },
      // What is broken is reported when the member is read.
      fault: () => undefined,
    },
    { elementBytes: sampleBytes },
  );
  elements.write(bytes);
  return { root: elements.root, lists: [...lists.values()], isComplete: elements.isComplete };
}

function rowSample(bytes: Buffer, isWhole: boolean): string[][] {
  const rows: string[][] = [];
  const reader = new CsvRows(
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
 * Beginnings of formats that occur in archives (https://www.iana.org/assignments/media-types), down to a byte that no text
 * has where there is one: a line of text may begin with the letters alone.
 */
const magic: readonly (readonly [RegExp, string])[] = [
  [/^\xff\xd8\xff/, 'image/jpeg'],
  [/^\x89PNG/, 'image/png'],
  [/^GIF8[79]a/, 'image/gif'],
  [/^RIFF[^]{4}WEBP/, 'image/webp'],
  [/^\0\0[^]{2}ftyp/, 'video/mp4'],
  [/^\x1aE\xdf\xa3/, 'video/webm'],
  [/^ID3[\x02-\x04][\0-\xfe]/, 'audio/mpeg'],
  [/^\xff\xfb/, 'audio/mpeg'],
  [/^OggS\0/, 'audio/ogg'],
  [/^RIFF[^]{4}WAVE/, 'audio/wav'],
  [/^fLaC\0/, 'audio/flac'],
  [/^%PDF-\d/, 'application/pdf'],
  [/^PK\x03\x04/, 'application/zip'],
  [/^\x1f\x8b/, 'application/gzip'],
];
const plainText = 'text/plain';
/** The media type of bytes that no format is known of. */
export const unknownBytes = 'application/octet-stream';

/** Text by its bytes comes before a beginning that looks like another format, except for PDF, which may be text. */
function mediaTypeOf(bytes: Buffer): string {
  const head = bytes.toString('latin1', 0, 16);
  const known = magic.find(([beginning]) => beginning.test(head))?.[1];
  if (known !== undefined && (known === 'application/pdf' || !isCleanText(bytes))) return known;
  return isText(bytes) ? plainText : unknownBytes;
}

/** Bytes of which some are no text, such as a NUL, are text all the same: it is for the reader to say where it breaks. */
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
