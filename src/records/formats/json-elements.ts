/**
 * Reads JSON of any length as it arrives: the elements of its arrays, one by one. An element within one chunk is read
 * in place; for another one, a scan over the chunks finds its end first.
 */
import { isUtf8 } from 'node:buffer';

import type { ProblemKind } from '../read/finding';
import { parseBytes, type Json } from './json';
import { JsonEntry } from './json-entry';
import { JsonTape } from './json-tape';
import { bytes, isSpace, maxDepth, ValueScan } from './value-scan';

const { quote, comma, colon, openBrace, closeBrace, openBracket, closeBracket } = bytes;

export interface ElementSink {
  /** An array begins at `path`, perhaps without elements. */
  list(path: readonly string[]): void;
  /** The next element of the array at `path`; `index` is its number within the text. */
  element(path: readonly string[], entry: JsonEntry, index: number): void;
  /** A value of an object around the lists that is not a list itself; `text` is valid until this returns. */
  value(path: readonly string[], text: Buffer, offset: number): void;
  /** An element, or the rest of the text, that could not be read. */
  fault(kind: ProblemKind, place: { readonly index: number; readonly offset: number }): void;
}

export interface ElementLimits {
  /** Longest element, in bytes. */
  readonly elementBytes: number;
  /** Whether an object outside the lists is an entry too, by the keys that lead to it; the root has none. */
  readonly isEntry?: ((path: readonly string[]) => boolean) | undefined;
}

interface Frame {
  readonly array: boolean;
  readonly path: readonly string[];
  /** The bytes between two elements, where no text of a string can look like them. */
  separator?: Buffer;
}

/** Room for a chunk and the rest of the previous one. */
const leastSpace = 128 * 1024;
/**
 * Bytes after broken elements that are scanned twice, since the next one may begin among them. A file with more faults
 * is not read further, so that the work stays in proportion to its length.
 */
const mostWasted = 64 * 1024 * 1024;
/** Objects around an array of entries, such as a wrapper around GeoJSON; below that an object is a value. */
const maxWrappers = 3;

type Expected =
  'value' | 'element' | 'first element' | 'next element' | 'first key' | 'key' | 'colon' | 'next key' | 'end';

export class JsonElements {
  /** Bytes that were copied, or looked at to find the end of a value. */
  steps = 0;
  /** Bytes after a fault that were scanned without a result. */
  private wasted = 0;
  /** The bytes not read yet, with a byte 0 after them for the tape. */
  private space: Buffer = Buffer.alloc(1);
  /** The same without that byte. */
  private buffer: Buffer = this.space.subarray(0, 0);
  /** Offset of the buffer's first byte within the text. */
  private base = 0;
  private position = 0;
  private expected: Expected = 'value';
  private readonly frames: Frame[] = [];
  private key = '';
  private index = 0;
  private stopped = false;
  private seeking = false;
  private readonly value = new ValueScan();
  private readonly tape = new JsonTape(maxDepth);
  private readonly entry = new JsonEntry(this.tape);
  /** The keys that lead to the object that is read as an entry outside the lists. */
  private objectPath: readonly string[] | undefined;
  /** Where the last element ends, of the array that is being read; negative when that is not known. */
  private previousEnd = -1;

  constructor(
    private readonly sink: ElementSink,
    private readonly limits: ElementLimits,
  ) {}

  /** True once the text was read to the end of its one value. */
  get isComplete(): boolean {
    return this.expected === 'end' && !this.stopped;
  }

  /** The beginning of the text, once it is known. */
  get root(): 'array' | 'object' | undefined {
    const frame = this.frames[0] ?? this.rootFrame;
    return frame === undefined ? undefined : frame.array ? 'array' : 'object';
  }
  private rootFrame: Frame | undefined;

  /** Bytes of memory for unread text. */
  get heldBytes(): number {
    return this.space.length;
  }

  write(chunk: Buffer): void {
    this.take(chunk);
    this.run(false);
  }

  end(): void {
    this.run(true);
    if (this.seeking) return;
    const empty = this.expected === 'value' && this.rootFrame === undefined && this.value.start < 0;
    if (this.expected !== 'end' && !this.stopped) this.stop(empty ? 'syntax' : 'truncated', this.buffer.length);
  }

  /** Appends a chunk, dropping the bytes that were read. */
  private take(chunk: Buffer): void {
    if (this.stopped) return;
    const kept = this.value.start >= 0 ? this.value.start : this.position;
    let fresh = chunk;
    if (this.base === 0 && this.buffer.length === 0 && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) {
      fresh = chunk.subarray(3);
      this.base = 3;
    }
    const rest = this.buffer.length - kept;
    const length = rest + fresh.length;
    const { space } = this;
    if (length >= space.length) this.space = Buffer.allocUnsafe(Math.max(2 * length, leastSpace));
    // A long value stays where it is, so that its bytes are not moved for every chunk.
    if (kept > 0 || space !== this.space) {
      space.copy(this.space, 0, kept, this.buffer.length);
      this.steps += rest;
    }
    this.steps += fresh.length;
    fresh.copy(this.space, rest);
    this.space[length] = 0;
    this.buffer = this.space.subarray(0, length);
    this.base += kept;
    this.position -= kept;
    this.previousEnd -= kept;
    this.value.shift(kept);
  }

  // eslint-disable-next-line complexity -- a state machine: one case for each thing that may be expected, read in one place
  private run(last: boolean): void {
    const { frames } = this;
    while (!this.stopped) {
      if (this.seeking && !this.seek()) return;
      if (this.value.start >= 0) {
        if (!this.scan(last)) return;
        continue;
      }
      const { buffer } = this;
      while (this.position < buffer.length && isSpace(buffer[this.position] ?? 0)) this.position += 1;
      if (this.position >= buffer.length) return;
      const byte = buffer[this.position] ?? 0;
      const frame = frames.at(-1);
      switch (this.expected) {
        case 'next element':
        case 'next key':
          if (byte === comma) this.expected = this.expected === 'next key' ? 'key' : 'element';
          else if (byte === (frame?.array === true ? closeBracket : closeBrace)) this.leave();
          else this.fault('syntax', this.position);
          if (!this.seeking) this.position += 1;
          break;
        case 'first element':
          if (byte === closeBracket) {
            this.leave();
            this.position += 1;
          } else this.element();
          break;
        case 'first key':
        case 'key':
          if (byte === closeBrace && this.expected === 'first key') {
            this.leave();
            this.position += 1;
          } else if (byte === quote) this.begin();
          else this.fault('syntax', this.position);
          break;
        case 'colon':
          if (byte === colon) {
            this.expected = 'value';
            this.position += 1;
          } else this.fault('syntax', this.position);
          break;
        case 'value':
          if (byte === openBrace && this.isEntry()) this.begin();
          else if (byte === openBracket || (byte === openBrace && frames.length <= maxWrappers)) {
            this.enter(byte === openBracket);
            this.position += 1;
          } else if (frames.length === 0) this.fault('syntax', this.position);
          else this.begin();
          break;
        case 'element':
          this.element();
          break;
        case 'end':
          this.fault('syntax', this.position);
          break;
      }
    }
  }

  /** Reads the element that begins here, when all of it is in the buffer; otherwise finds its end first. */
  private element(): void {
    const { position } = this;
    const end = this.tape.read(this.space, position);
    if (end < 0 || end - position > this.limits.elementBytes) this.begin();
    else {
      this.steps += end - position;
      this.emit(position, end);
    }
  }

  /** Whether the object that begins here is an entry. */
  private isEntry(): boolean {
    const { isEntry } = this.limits;
    if (isEntry === undefined) return false;
    const parent = this.frames.at(-1);
    const path = parent === undefined ? [] : [...parent.path, this.key];
    if (!isEntry(path)) return false;
    this.rootFrame ??= { array: false, path: [] };
    this.objectPath = path;
    return true;
  }

  private enter(array: boolean): void {
    const parent = this.frames.at(-1);
    const frame: Frame = { array, path: parent === undefined ? [] : [...parent.path, this.key] };
    this.rootFrame ??= frame;
    this.frames.push(frame);
    this.expected = array ? 'first element' : 'first key';
    this.previousEnd = -1;
    if (array) this.sink.list(frame.path);
  }

  private leave(): void {
    this.frames.pop();
    this.expected = this.frames.length === 0 ? 'end' : 'next key';
  }

  private begin(): void {
    this.value.begin(this.position);
  }

  /** Continues the scan of the current value. @returns false when more bytes are needed */
  private scan(last: boolean): boolean {
    const { value } = this;
    const from = value.scanned;
    const outcome = value.scan(this.buffer, last);
    this.steps += value.scanned - from;
    const isTooLarge = value.scanned - value.start > this.limits.elementBytes;
    if (outcome === 'bad' || isTooLarge) {
      this.fault(isTooLarge ? 'entry_too_large' : 'syntax', value.scanned);
      return true;
    }
    if (outcome === 'end') this.finish(value.scanned);
    return outcome === 'end';
  }

  private finish(end: number): void {
    const { start } = this.value;
    this.value.start = -1;
    this.position = end;
    const frame = this.frames.at(-1);
    if (this.expected === 'first key' || this.expected === 'key') {
      const key = this.parse(start, end);
      if (typeof key === 'string') {
        this.key = key;
        this.expected = 'colon';
      } else this.fault('syntax', start);
      return;
    }
    if (frame?.array !== true && this.objectPath === undefined) {
      this.sink.value([...(frame?.path ?? []), this.key], this.buffer.subarray(start, end), this.base + start);
      this.expected = 'next key';
      return;
    }
    if (this.tape.read(this.space, start) === end) {
      this.emit(start, end);
      return;
    }
    const place = { index: this.index, offset: this.base + start };
    if (this.tape.isTooWide) {
      this.sink.fault('entry_too_large', place);
      this.passed(start, end);
      return;
    }
    const element = this.buffer.subarray(start, end);
    this.sink.fault(isUtf8(element) ? 'syntax' : 'not_utf8', place);
    // Read with U+FFFD where bytes are not UTF-8: they are no part of its structure.
    const mended = Buffer.from(`${element.toString('utf8')}\0`);
    if (!isUtf8(element) && this.tape.read(mended, 0) === mended.length - 1) this.emit(start, end);
    else this.passed(start, end);
  }

  private emit(start: number, end: number): void {
    this.sink.element(this.objectPath ?? (this.frames.at(-1) as Frame).path, this.entry, this.index);
    this.passed(start, end);
  }

  /** Continues after an element. */
  private passed(start: number, end: number): void {
    if (this.objectPath !== undefined) {
      this.objectPath = undefined;
      this.position = end;
      this.index += 1;
      this.expected = this.frames.length === 0 ? 'end' : 'next key';
      return;
    }
    const frame = this.frames.at(-1) as Frame;
    if (frame.separator === undefined && this.previousEnd >= 0) this.learn(frame, this.previousEnd, start);
    this.previousEnd = end;
    this.position = end;
    this.index += 1;
    this.expected = 'next element';
  }

  /** A line break with its indent between two objects: no string can hold it, since line breaks are escaped there. */
  private learn(frame: Frame, end: number, start: number): void {
    const { buffer } = this;
    if (buffer[start] !== openBrace || buffer[end - 1] !== closeBrace || start - end > 64) return;
    const separator = buffer.subarray(end - 1, start + 1);
    if (separator.includes(0x0a)) frame.separator = Buffer.from(separator);
  }

  private parse(from: number, to: number): Json | undefined {
    return parseBytes(this.buffer.subarray(from, to));
  }

  /** After a fault: continues after the next safe separator, or stops. */
  private fault(kind: ProblemKind, at: number): void {
    const from = this.value.start >= 0 ? this.value.start : at;
    const frame = this.frames.at(-1);
    this.wasted += Math.max(0, this.value.scanned - from);
    if (frame?.array !== true || frame.separator === undefined || this.wasted > mostWasted) {
      this.stop(kind, at);
      return;
    }
    this.sink.fault(kind, { index: this.index, offset: this.base + at });
    this.index += 1;
    this.value.start = -1;
    this.position = from;
    this.seeking = true;
  }

  private seek(): boolean {
    const separator = this.frames.at(-1)?.separator ?? Buffer.alloc(1);
    const separatorAt = this.buffer.indexOf(separator, this.position);
    if (separatorAt < 0) {
      this.position = Math.max(this.position, this.buffer.length - separator.length + 1);
      return false;
    }
    this.seeking = false;
    this.position = separatorAt + separator.length - 1;
    this.expected = 'element';
    return true;
  }

  private stop(kind: ProblemKind, at: number): void {
    this.stopped = true;
    this.sink.fault(kind, { index: this.index, offset: this.base + at });
  }
}
