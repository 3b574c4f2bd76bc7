/**
 * Reads JSON of any length as it arrives: the elements of its arrays, a batch at a time. A byte scan finds where elements
 * end and `JSON.parse` reads them, which is several times faster than a tokenizer in JavaScript.
 */
import { isUtf8 } from 'node:buffer';

import type { ProblemKind } from './finding';
import { parseBytes, type Json } from './json';
import { bytes, isSpace, ValueScan } from './value-scan';

const { quote, comma, colon, openBrace, closeBrace, openBracket, closeBracket } = bytes;

export interface ElementSink {
  /**
   * Elements of the array at `path`, in order, at first none; `first` is the number of the first one within the text.
   */
  elements(path: readonly string[], values: readonly Json[], first: number): void;
  /** An element, or the text from here on, that could not be read. */
  fault(kind: ProblemKind, place: { readonly index: number; readonly offset: number }): void;
}

export interface ElementLimits {
  /** Longest element, in bytes. */
  readonly elementBytes: number;
}

interface Frame {
  readonly array: boolean;
  readonly path: readonly string[];
  /** What stands between two elements, where no text of a string can look like it. */
  separator?: Buffer;
}

/** Parsed at once: enough to make a call cheap, little enough that the values die young. */
const batchElements = 32;
const batchBytes = 64 * 1024;
/** As many bytes as are read in one leap: the values of few hundred entries die young. */
const leapBytes = 128 * 1024;
const tightBorder = Buffer.from('},{');
/** Objects around an array of entries, such as a wrapper around GeoJSON; below that an object is a value. */
const maxWrappers = 3;

type Expected =
  'value' | 'element' | 'first element' | 'next element' | 'first key' | 'key' | 'colon' | 'next key' | 'end';

export class JsonElements {
  private buffer: Buffer = Buffer.alloc(0);
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
  private readonly borders: number[] = [];
  /** Up to here elements are looked at one by one. */
  private leapFrom = 0;

  constructor(
    private readonly sink: ElementSink,
    private readonly limits: ElementLimits,
  ) {}

  /** True once the text was read to the end of its one value. */
  get isComplete(): boolean {
    return this.expected === 'end' && !this.stopped;
  }

  /** What the text begins with, once it is known. */
  get root(): 'array' | 'object' | undefined {
    const frame = this.frames[0] ?? this.rootFrame;
    return frame === undefined ? undefined : frame.array ? 'array' : 'object';
  }
  private rootFrame: Frame | undefined;

  write(chunk: Buffer): void {
    this.take(chunk);
    this.run(false);
    this.flush();
  }

  end(): void {
    this.run(true);
    this.flush();
    if (this.seeking) return;
    const empty = this.expected === 'value' && this.rootFrame === undefined && this.value.start < 0;
    if (this.expected !== 'end' && !this.stopped) this.stop(empty ? 'syntax' : 'truncated', this.buffer.length);
  }

  /** Appends a chunk, dropping what was read. */
  private take(chunk: Buffer): void {
    if (this.stopped) return;
    const kept = this.value.start >= 0 ? this.value.start : this.position;
    let fresh = chunk;
    if (this.base === 0 && this.buffer.length === 0 && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) {
      fresh = chunk.subarray(3);
      this.base = 3;
    }
    const rest = this.buffer.subarray(kept);
    this.buffer = rest.length === 0 ? fresh : Buffer.concat([rest, fresh]);
    this.base += kept;
    this.position -= kept;
    this.leapFrom = Math.max(0, this.leapFrom - kept);
    this.value.shift(kept);
  }

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
          } else this.begin();
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
          if (byte === openBracket || (byte === openBrace && frames.length <= maxWrappers)) {
            this.enter(byte === openBracket);
            this.position += 1;
          } else if (frames.length === 0) this.fault('syntax', this.position);
          else this.begin();
          break;
        case 'element':
          if (!this.leap()) this.begin();
          break;
        case 'end':
          this.fault('syntax', this.position);
          break;
      }
    }
  }

  /**
   * Reads all objects up to the last border of two in the buffer at once. A border is a guess, since a string may look
   * like one; that what stands before it is JSON proves it: from the start of an element on, a text that ends within a
   * string or an object is none.
   *
   * @returns false when the elements have to be looked at one by one
   */
  private leap(): boolean {
    const { buffer, position } = this;
    const frame = this.frames.at(-1);
    if (position < this.leapFrom || frame?.array !== true || buffer[position] !== openBrace) return false;
    const border = frame.separator ?? tightBorder;
    const found = buffer.lastIndexOf(border, Math.min(buffer.length, position + leapBytes) - border.length);
    if (found <= position) return false;
    this.flush();
    const values = this.parse(position, found + 1, true) as Json[] | undefined;
    if (values === undefined) {
      this.leapFrom = found;
      return false;
    }
    this.sink.elements(frame.path, values, this.index);
    this.index += values.length;
    this.position = found + border.length - 1;
    return true;
  }

  private enter(array: boolean): void {
    const parent = this.frames.at(-1);
    const frame: Frame = { array, path: parent === undefined ? [] : [...parent.path, this.key] };
    this.rootFrame ??= frame;
    this.frames.push(frame);
    this.expected = array ? 'first element' : 'first key';
    if (array) this.sink.elements(frame.path, [], this.index);
  }

  private leave(): void {
    this.flush();
    this.frames.pop();
    this.expected = this.frames.length === 0 ? 'end' : 'next key';
  }

  private begin(): void {
    this.value.begin(this.position);
  }

  /** Scans on in the current value. @returns false when more bytes are needed */
  private scan(last: boolean): boolean {
    const { value } = this;
    const found = value.scan(this.buffer, last);
    const isTooLarge = value.scanned - value.start > this.limits.elementBytes;
    if (found === 'bad' || isTooLarge) {
      this.fault(isTooLarge ? 'entry_too_large' : 'syntax', value.scanned);
      return true;
    }
    if (found === 'end') this.finish(value.scanned);
    return found === 'end';
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
    if (frame?.array !== true) {
      this.expected = 'next key';
      return;
    }
    this.expected = 'next element';
    const { borders } = this;
    const previousEnd = borders.at(-1);
    if (frame.separator === undefined && previousEnd !== undefined) this.learn(frame, previousEnd, start);
    borders.push(start, end);
    if (borders.length >= 2 * batchElements || end - (borders[0] ?? end) > batchBytes) this.flush();
  }

  /** A line break with its indent between two objects: no string can hold it, since line breaks are escaped there. */
  private learn(frame: Frame, end: number, start: number): void {
    const { buffer } = this;
    if (buffer[start] !== openBrace || buffer[end - 1] !== closeBrace || start - end > 64) return;
    const separator = buffer.subarray(end - 1, start + 1);
    if (separator.includes(0x0a)) frame.separator = Buffer.from(separator);
  }

  /** Hands over the elements found so far. */
  private flush(): void {
    const { borders, buffer } = this;
    const [first] = borders;
    const end = borders.at(-1);
    if (first === undefined || end === undefined) return;
    const path = this.frames.at(-1)?.path ?? [];
    const count = borders.length / 2;
    const values = this.parse(first, end, true);
    if (values !== undefined) {
      this.sink.elements(path, values as Json[], this.index);
    } else {
      for (let number = 0; number < count; number += 1) {
        const [from, to] = [borders[2 * number] ?? 0, borders[2 * number + 1] ?? 0];
        const value = this.parse(from, to);
        const place = { index: this.index + number, offset: this.base + from };
        if (value !== undefined) this.sink.elements(path, [value], place.index);
        else this.sink.fault(isUtf8(buffer.subarray(from, to)) ? 'syntax' : 'not_utf8', place);
      }
    }
    this.index += count;
    borders.length = 0;
  }

  private parse(from: number, to: number, asList = false): Json | undefined {
    return parseBytes(this.buffer.subarray(from, to), asList);
  }

  /** Something cannot be read: goes on behind the next safe separator, or stops. */
  private fault(kind: ProblemKind, at: number): void {
    const from = this.value.start >= 0 ? this.value.start : at;
    this.flush();
    const frame = this.frames.at(-1);
    if (frame?.array !== true || frame.separator === undefined) {
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
    const found = this.buffer.indexOf(separator, this.position);
    if (found < 0) {
      this.position = Math.max(this.position, this.buffer.length - separator.length + 1);
      return false;
    }
    this.seeking = false;
    this.position = found + separator.length - 1;
    this.expected = 'element';
    return true;
  }

  private stop(kind: ProblemKind, at: number): void {
    this.flush();
    this.stopped = true;
    this.sink.fault(kind, { index: this.index, offset: this.base + at });
  }
}
