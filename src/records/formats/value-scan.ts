/**
 * Finds where one JSON value ends, byte by byte, over any number of chunks; it does not check that the value is valid
 * JSON.
 */

export const bytes = {
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  backslash: 0x5c,
  openBrace: 0x7b,
  closeBrace: 0x7d,
  openBracket: 0x5b,
  closeBracket: 0x5d,
} as const;

const { quote, comma, backslash, openBrace, closeBrace, openBracket, closeBracket } = bytes;

export const isSpace = (byte: number) =>
  byte <= 0x20 && (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09);

/** How deep objects and lists may be nested. */
export const maxDepth = 128;

export class ValueScan {
  /** Where the value begins in the buffer; negative while there is none. */
  start = -1;
  /** How far it was scanned. */
  scanned = 0;
  private depth = 0;
  private inString = false;
  private readonly brackets = new Uint8Array(maxDepth + 1);

  begin(at: number): void {
    this.start = at;
    this.scanned = at;
    this.depth = 0;
    this.inString = false;
  }

  /** The buffer lost so many bytes at its beginning, which is where the value begins now. */
  shift(count: number): void {
    this.scanned -= count;
    if (this.start >= 0) this.start = 0;
  }

  /**
   * Continues to the end of the value or of the buffer.
   *
   * @param last no more bytes will come
   * @returns `bad` at a byte that no value can contain: a control character within a string, a bracket that closes none
   */
  scan(buffer: Buffer, last: boolean): 'end' | 'more' | 'bad' {
    const first = this.depth === 0 && !this.inString ? buffer[this.start] : undefined;
    const isScalar = first !== undefined && first !== quote && first !== openBrace && first !== openBracket;
    return isScalar ? this.scanScalar(buffer, last) : this.scanNested(buffer);
  }

  /** A number or a word: it ends before the next comma, bracket or space. */
  private scanScalar(buffer: Buffer, last: boolean): 'end' | 'more' | 'bad' {
    let at = this.scanned;
    while (at < buffer.length) {
      const byte = buffer[at] as number;
      if (byte === comma || byte === closeBracket || byte === closeBrace || isSpace(byte)) break;
      at += 1;
    }
    this.scanned = at;
    if (at === this.start) return 'bad';
    return at < buffer.length || last ? 'end' : 'more';
  }

  private scanNested(buffer: Buffer): 'end' | 'more' | 'bad' {
    const { brackets } = this;
    const { length } = buffer;
    let { scanned: at, depth, inString } = this;
    let outcome: 'end' | 'more' | 'bad' = 'more';
    for (; at < length && outcome === 'more'; at += 1) {
      const byte = buffer[at] as number;
      if (inString) {
        if (byte === quote) {
          inString = false;
          if (depth === 0) outcome = 'end';
        } else if (byte === backslash) at += 1;
        // A string cannot contain a line break: a quote is missing.
        else if (byte < 0x20) outcome = 'bad';
      } else if (byte === quote) inString = true;
      else if (byte === openBrace || byte === openBracket) {
        depth += 1;
        if (depth > maxDepth) outcome = 'bad';
        else brackets[depth] = byte;
      } else if (byte === closeBrace || byte === closeBracket) {
        // Either closing bracket is two above its opening one.
        if (brackets[depth] !== byte - 2) outcome = 'bad';
        else {
          depth -= 1;
          if (depth === 0) outcome = 'end';
        }
      }
    }
    // The place of a fault is the byte itself.
    this.scanned = outcome === 'bad' ? at - 1 : at;
    this.depth = depth;
    this.inString = inString;
    return outcome;
  }
}
