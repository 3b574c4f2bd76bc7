/**
 * Reads one JSON value in memory as bytes, and notes where its parts are: no object and no string is made before it is
 * needed. It accepts what `JSON.parse` accepts (RFC 8259), down to a limit of nesting.
 */
import { pastPlainWords, pastSame, viewOf } from './byte-words';
import { ShapeTree, type Shape } from './shape';
import { pastLetter } from './utf8-text';
import { bytes, isSpace } from './value-scan';

const { quote, comma, colon, backslash, openBrace, closeBrace, openBracket, closeBracket } = bytes;
const [zero, nine, minus, plus, point] = [0x30, 0x39, 0x2d, 0x2b, 0x2e];

/** The kinds of parts. They distinguish only what matters when a part is copied. */
export const parts = {
  /** Is copied as it came: a string without escapes, a short integer, `true`, `false` or `null`. */
  plain: 0,
  escapedString: 1,
  /** A number with a fraction or an exponent, or a long one. */
  number: 2,
  array: 3,
  object: 4,
} as const;

/**
 * A part has this many integers: its kind, its start and its end in the bytes. For a list, the second integer is the
 * place of its first part in `parts`, and the third one is the number of its parts. For an object, the second integer
 * is that place too, and the third one is the number of its shape.
 */
export const partWords = 3;

/** Bytes of strings that need no check: neither the end nor an escape, no control character, and ASCII. */
const isPlain = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte >= 0x20 && byte < 0x80 && byte !== quote && byte !== backslash),
);
const simpleEscapes = new Set(Buffer.from('"\\/bfnrt'));
const letterU = 0x75;
/**
 * A double represents every integer with fewer digits than this, and every integer with this many digits that does not
 * begin with a nine.
 */
const safeDigits = 16;
/** From here on a letter may be one half of a composed one: U+0300, whose first byte in UTF-8 this is. */
const firstCombining = 0x300;
const firstCombiningByte = 0xcc;
/** Room for parts that is kept from one value to the next. */
const usualWords = 64 * 1024;
/**
 * Values in one entry, and keys that no entry before it had, whose places are noted; an entry with more is treated as
 * too long. Entries of Google's have some dozens.
 */
export const mostParts = 1024 * 1024;
export const mostNewKeys = 65_536;
const words = ['true', 'false', 'null'].map((word) => viewOf(Buffer.from(word)));

export class JsonTape {
  /** The bytes that contain the value, and its position. */
  source: Buffer = Buffer.alloc(0);
  view = viewOf(this.source);
  start = 0;
  end = 0;
  /** The parts of objects and lists; the parts of each are contiguous. */
  parts = new Int32Array(256);
  /** The value itself is the first one. */
  open = new Int32Array(256);
  /** The count of numbers whose canonical form may be longer than their text. */
  longerNumbers = 0;
  /** Whether an object anywhere in the value has a key twice. */
  hasRepeatedKey = false;
  shapes = new ShapeTree();
  /** Whether the value that could not be read has more parts than are noted. */
  isTooWide = false;

  private filled = 0;
  private lastShape = 0;
  private opened = 0;
  /** The greatest byte of any string; 0xff when an escape stands for a letter that may be part of a composed one. */
  private highest = 0;
  private isEscaped = false;

  /** @param maxDepth how deep objects and lists may be nested */
  constructor(private readonly maxDepth: number) {}

  /**
   * @param source has a byte 0 after the text, at which every value ends
   * @returns where the value ends; -1 when it is not JSON, is incomplete, is not UTF-8, or is nested too deep
   */
  read(source: Buffer, at: number): number {
    if (source !== this.source) {
      this.source = source;
      this.view = viewOf(source);
    }
    this.start = at;
    this.filled = this.opened = this.highest = this.longerNumbers = 0;
    this.hasRepeatedKey = this.isTooWide = false;
    if (this.shapes.isFull) this.shapes = new ShapeTree();
    if (this.parts.length > usualWords) this.parts = new Int32Array(256);
    if (this.open.length > usualWords) this.open = new Int32Array(256);
    this.lastShape = this.shapes.all.length + mostNewKeys;
    const end = this.value(at, 0);
    if (end < 0) return -1;
    this.end = end;
    return end;
  }

  /** Whether some letters may have another composed form. */
  get mayBeDecomposed(): boolean {
    return this.highest >= firstCombiningByte;
  }

  get isAscii(): boolean {
    return this.highest < 0x80;
  }

  shape(number: number): Shape {
    return this.shapes.all[number] as Shape;
  }

  private value(at: number, depth: number): number {
    const byte = this.source[at] as number;
    let end: number;
    if (byte === quote) {
      end = this.string(at + 1);
      if (end >= 0) this.push(this.isEscaped ? parts.escapedString : parts.plain, at, end);
    } else if (byte === openBrace) end = depth < this.maxDepth ? this.object(at + 1, depth + 1) : -1;
    else if (byte === openBracket) end = depth < this.maxDepth ? this.list(at + 1, depth + 1) : -1;
    else if (byte === minus || (byte >= zero && byte <= nine)) end = this.number(at);
    else end = this.word(at);
    return end;
  }

  private object(from: number, depth: number): number {
    const { source } = this;
    const first = this.opened;
    let shape = this.shapes.rootAt(depth);
    let at = from;
    const close = pastSpace(source, from);
    if (source[close] === closeBrace) at = close + 1;
    else {
      for (;;) {
        const likely = shape.likely;
        const likelyAt =
          likely === undefined || likely.lead.length === 0 ? -1 : pastSame(this.view, at, likely.leadView);
        if (likely !== undefined && likelyAt >= 0) {
          shape = likely;
          if (likely.highest > this.highest) this.highest = likely.highest;
          at = pastSpace(source, likelyAt);
        } else {
          const keyAt = pastSpace(source, at);
          if (source[keyAt] !== quote) return -1;
          const keyEnd = this.string(keyAt + 1);
          if (keyEnd < 0) return -1;
          const colonAt = pastSpace(source, keyEnd);
          if (source[colonAt] !== colon) return -1;
          const valueAt = pastSpace(source, colonAt + 1);
          shape = this.shapes.next(shape, source, keyAt, keyEnd);
          shape.leadsFrom(source, at, valueAt);
          at = valueAt;
        }
        if (source[at] === quote) {
          const end = this.string(at + 1);
          if (end < 0) return -1;
          this.push(this.isEscaped ? parts.escapedString : parts.plain, at, end);
          at = end;
        } else {
          at = this.value(at, depth);
          if (at < 0) return -1;
        }
        at = pastSpace(source, at);
        const byte = source[at];
        at += 1;
        if (byte === closeBrace) break;
        if (byte !== comma || !this.hasRoom()) return -1;
      }
    }
    if (shape.hasRepeatedKey) this.hasRepeatedKey = true;
    this.close(parts.object, first, shape.number);
    return at;
  }

  private list(from: number, depth: number): number {
    const { source } = this;
    const first = this.opened;
    let count = 0;
    let at = pastSpace(source, from);
    if (source[at] === closeBracket) at += 1;
    else {
      for (;;) {
        at = this.value(at, depth);
        if (at < 0) return -1;
        count += 1;
        at = pastSpace(source, at);
        const byte = source[at];
        at += 1;
        if (byte === closeBracket) break;
        if (byte !== comma || !this.hasRoom()) return -1;
        at = pastSpace(source, at);
      }
    }
    this.close(parts.array, first, count);
    return at;
  }

  /** @param at after the opening quote @returns where the string ends, after its closing quote */
  private string(at: number): number {
    const { source } = this;
    this.isEscaped = false;
    for (;;) {
      at = pastPlainWords(this.view, at);
      while (isPlain[source[at] as number] === 1) at += 1;
      const byte = source[at] as number;
      at += 1;
      if (byte === quote) return at;
      if (byte >= 0x80) {
        if (byte > this.highest) this.highest = byte;
        at = pastLetter(source, at - 1);
        if (at < 0) return -1;
      } else if (byte === backslash) {
        this.isEscaped = true;
        const letter = source[at] as number;
        at += 1;
        if (letter === letterU) {
          const code = hexCode(source, at);
          if (code < 0) return -1;
          if (code >= firstCombining) this.highest = 0xff;
          at += 4;
        } else if (!simpleEscapes.has(letter)) return -1;
      } else return -1;
    }
  }

  private number(start: number): number {
    const { source } = this;
    let at = source[start] === minus ? start + 1 : start;
    const firstDigit = at;
    at = pastDigits(source, at);
    const digits = at - firstDigit;
    if (digits === 0 || (digits > 1 && source[firstDigit] === zero)) return -1;
    const first = source[firstDigit] as number;
    let isPlainInteger = digits < safeDigits || (digits === safeDigits && first < nine);
    if (first === zero && firstDigit > start) isPlainInteger = false;
    if (source[at] === point) {
      isPlainInteger = false;
      const end = pastDigits(source, at + 1);
      if (end === at + 1) return -1;
      at = end;
    }
    if (((source[at] as number) | 0x20) === 0x65) {
      isPlainInteger = false;
      at += 1;
      if (source[at] === plus || source[at] === minus) at += 1;
      const end = pastDigits(source, at);
      if (end === at) return -1;
      at = end;
    }
    // A number that ends with the bytes may continue in the next ones.
    if (source[at] === 0) return -1;
    this.push(isPlainInteger ? parts.plain : parts.number, start, at);
    if (!isPlainInteger) this.longerNumbers += 1;
    return at;
  }

  private word(at: number): number {
    for (const word of words) {
      const end = pastSame(this.view, at, word);
      if (end < 0) continue;
      this.push(parts.plain, at, end);
      return end;
    }
    return -1;
  }

  private hasRoom(): boolean {
    const isWithin = this.opened + this.filled <= mostParts * partWords && this.shapes.all.length <= this.lastShape;
    if (!isWithin) this.isTooWide = true;
    return isWithin;
  }

  private push(part: number, start: number, end: number): void {
    const at = this.opened;
    if (at + partWords > this.open.length) this.open = enlarged(this.open, at + partWords);
    const { open } = this;
    open[at] = part;
    open[at + 1] = start;
    open[at + 2] = end;
    this.opened = at + partWords;
  }

  /** Puts all parts read since `first` into one part. */
  private close(part: number, first: number, end: number): void {
    const start = this.filled;
    const length = this.opened - first;
    if (start + length > this.parts.length) this.parts = enlarged(this.parts, start + length);
    const { open, parts: kept } = this;
    for (let word = 0; word < length; word += 1) kept[start + word] = open[first + word] as number;
    this.filled = start + length;
    this.opened = first;
    this.push(part, start, end);
  }
}

function pastSpace(source: Buffer, from: number): number {
  let at = from;
  while (isSpace(source[at] as number)) at += 1;
  return at;
}

function pastDigits(source: Buffer, from: number): number {
  let at = from;
  let byte: number;
  while ((byte = source[at] as number) >= zero && byte <= nine) at += 1;
  return at;
}

/** The number of four hexadecimal digits; negative when they are not. */
export function hexCode(source: Buffer, at: number): number {
  let code = 0;
  for (let index = 0; index < 4; index += 1) {
    const byte = source[at + index] as number;
    const lower = byte | 0x20;
    const digit = byte >= zero && byte <= nine ? byte - zero : lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
    if (digit < 0) return -1;
    code = code * 16 + digit;
  }
  return code;
}

function enlarged(words: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const more = new Int32Array(Math.max(least, 2 * words.length));
  more.set(words);
  return more;
}
