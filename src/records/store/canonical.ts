/** The identity of a record: a hash of its canonical form (docs/google-api.md §A10). */
import { hash } from 'node:crypto';

import { numberText, type Json } from '../formats/json';
import { hexCode, JsonTape, parts, partWords } from '../formats/json-tape';
import { copyBytes, viewOf } from '../formats/byte-words';
import type { Field } from '../formats/shape';
import { bytes } from '../formats/value-scan';

const { quote, backslash, openBrace, closeBrace, openBracket, closeBracket, comma } = bytes;

/** As deep as the values of a file may be nested (docs/google-api.md §A10), and one level of Portage's around them. */
const maxDepth = 129;
const nothing: readonly string[] = [];

/** A value that is nested deeper than the limit. */
export class NestedTooDeep extends Error {
  override readonly name = 'NestedTooDeep';
}

/** JSON text of Portage as bytes: it is read like that of a file. */
export class JsonBytes {
  readonly tape = new JsonTape(maxDepth);
  private space = Buffer.allocUnsafe(64 * 1024);

  /** @throws NestedTooDeep */
  read(text: string): JsonTape {
    const longest = 3 * text.length + 1;
    if (longest > this.space.length || this.space.length > 1024 * 1024) this.space = Buffer.allocUnsafe(longest);
    const length = this.space.write(text);
    this.space[length] = 0;
    if (this.tape.read(this.space, 0) !== length) throw new NestedTooDeep('nested too deep');
    return this.tape;
  }
}

/** An object in canonical form, some of whose fields may be left out. */
export interface Canonical {
  /** No canonical form of it is longer, in bytes, with the fields that are left out. */
  readonly mostBytes: number;
  /** Whether there may be another way to compose its letters; known once it was written. */
  readonly mayBeDecomposed: boolean;
  /** @returns where the text ends */
  write(out: Buffer, at: number): number;
  /** Writes, after each other, the fields that were left out, each with a comma before it. */
  writeRest(out: Buffer, at: number): number;
}

/** The canonical form of what lies on a tape. */
export class CanonicalTape implements Canonical {
  private tape = new JsonTape(0);
  private without = nothing;

  /** @param without fields that are left out, the same list each time */
  of(tape: JsonTape, without: readonly string[]): this {
    this.tape = tape;
    this.without = without;
    return this;
  }

  get mostBytes(): number {
    return mostBytes(this.tape);
  }

  get mayBeDecomposed(): boolean {
    return this.tape.mayBeDecomposed;
  }

  write(out: Buffer, at: number): number {
    return writeCanonical(this.tape, out, at, this.without);
  }

  writeRest(out: Buffer, at: number): number {
    return writeRest(this.tape, out, at, this.without);
  }
}

/** No canonical form is longer, in bytes. */
export function mostBytes(tape: JsonTape): number {
  // A double has 24 characters at most, in quotes or not; an integer below 10^21 is written out.
  return tape.end - tape.start + 28 * tape.longerNumbers;
}

/**
 * Writes a value in its canonical form: the keys of every object in order, no space, and every string and number in the
 * one form that `JSON.stringify` gives it. The letters are not normalised.
 *
 * @param without fields of the object itself that are left out, the same list each time
 * @returns where the text ends
 */
export function writeCanonical(tape: JsonTape, out: Buffer, at: number, without = nothing): number {
  return writePart(tape, tape.open, 0, targetOf(out), at, without);
}

/** Writes, after each other, the fields that were left out, each with a comma before it. */
export function writeRest(tape: JsonTape, out: Buffer, at: number, without: readonly string[]): number {
  if (without.length === 0 || tape.open[0] !== parts.object) return at;
  const { rest } = tape.shape(tape.open[2] as number).orderWithout(without);
  return rest.length === 0 ? at : writeFields(tape, tape.open[1] as number, rest, targetOf(out), at);
}

/** What is written into. */
interface Target {
  readonly out: Buffer;
  readonly view: DataView;
}

/** That of the call before is that of the next one, nearly always. */
let lastTarget: Target = { out: Buffer.alloc(0), view: viewOf(Buffer.alloc(0)) };

function targetOf(out: Buffer): Target {
  if (out !== lastTarget.out) lastTarget = { out, view: viewOf(out) };
  return lastTarget;
}

function writePart(
  tape: JsonTape,
  list: Int32Array,
  part: number,
  target: Target,
  at: number,
  without = nothing,
): number {
  const { out } = target;
  const what = list[part];
  const first = list[part + 1] as number;
  const last = list[part + 2] as number;
  if (what === parts.plain) return copyBytes(tape.view, first, last, target.view, at);
  if (what === parts.escapedString) return writeEscaped(tape.source, first, last, out, at);
  if (what === parts.object) {
    const { kept } = tape.shape(last).orderWithout(without);
    if (kept.length === 0) {
      out[at] = openBrace;
      out[at + 1] = closeBrace;
      return at + 2;
    }
    const end = writeFields(tape, first, kept, target, at);
    // In place of the first comma.
    out[at] = openBrace;
    out[end] = closeBrace;
    return end + 1;
  }
  if (what === parts.array) {
    let end = at;
    out[end++] = openBracket;
    for (let index = 0; index < last; index += 1) {
      if (index > 0) out[end++] = comma;
      end = writePart(tape, tape.parts, first + index * partWords, target, end);
    }
    out[end++] = closeBracket;
    return end;
  }
  return at + out.write(numberText(tape.source.toString('latin1', first, last)), at, 'latin1');
}

function writeFields(tape: JsonTape, first: number, fields: readonly Field[], target: Target, from: number): number {
  const list = tape.parts;
  let at = from;
  for (let index = 0; index < fields.length; index += 1) {
    const { member, label } = fields[index] as Field;
    at = copyBytes(label, 0, label.byteLength, target.view, at);
    const part = first + member * partWords;
    at =
      list[part] === parts.plain
        ? copyBytes(tape.view, list[part + 1] as number, list[part + 2] as number, target.view, at)
        : writePart(tape, list, part, target, at);
  }
  return at;
}

const [letterU, slash] = [0x75, 0x2f];

/**
 * A string with escapes: unnecessary ones are replaced by their letters. This is done here for ASCII only, which
 * writers escape for HTML.
 */
function writeEscaped(source: Buffer, start: number, end: number, out: Buffer, from: number): number {
  let at = from;
  for (let index = start; index < end; index += 1) {
    const byte = source[index] as number;
    if (byte !== backslash) {
      out[at++] = byte;
      continue;
    }
    index += 1;
    const letter = source[index] as number;
    if (letter === letterU) {
      const code = hexCode(source, index + 1);
      if (code < 0x20 || code > 0x7f || code === quote || code === backslash) {
        const text = JSON.stringify(JSON.parse(source.toString('utf8', start, end)));
        return from + out.write(text, from);
      }
      out[at++] = code;
      index += 4;
    } else {
      if (letter !== slash) out[at++] = backslash;
      out[at++] = letter;
    }
  }
  return at;
}

function composed(value: Json): Json {
  if (typeof value === 'string') return value.normalize('NFC');
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(composed);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.normalize('NFC'), composed(inner)]));
}

/** @returns a function of canonical text: the same text in NFC; undefined when it is in NFC already */
export function createComposer(): (text: Buffer) => Buffer | undefined {
  const other = new JsonBytes();
  return (bytesOfText) => {
    const text = bytesOfText.toString('utf8');
    if (text.normalize('NFC') === text) return undefined;
    const tape = other.read(JSON.stringify(composed(JSON.parse(text) as Json)));
    const out = Buffer.allocUnsafe(mostBytes(tape));
    return out.subarray(0, writeCanonical(tape, out, 0));
  };
}

/** SHA-256, one character a byte; keys are its first 128 bits. */
export function digest(material: string | Buffer): string {
  return hash('sha256', material, 'binary');
}

/** A short hash of names of keys or headers, to distinguish shapes. */
export function fingerprint(names: Iterable<string>): string {
  return hash('sha256', JSON.stringify([...names].toSorted()), 'hex').slice(0, 16);
}
