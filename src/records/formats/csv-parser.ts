/** Parses one row of CSV from any number of pieces of text; its state is kept, and no character is read twice. */

const quote = 0x22;
const comma = 0x2c;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * The state of the parser: before a cell, in a cell without quotes, in one with quotes, after a quote, after a CR after
 * that.
 */
type State = 'before' | 'plain' | 'quoted' | 'behind' | 'return';

/**
 * The outcome of a step: the end of the row, the end of the text, a character after a closing quote, or too long a row.
 */
export type Outcome = 'row' | 'more' | 'syntax' | 'entry_too_large';

export class CsvParser {
  private cells: string[] = [];
  /** The text of the current cell so far. */
  private cell = '';
  private state: State = 'before';
  /** The text of the row in earlier pieces. */
  private pieces: string[] = [];
  private length = 0;
  private lines = 0;

  /** @param longest row, in characters */
  constructor(private readonly longest: number) {}

  /** Whether nothing was read of it yet. */
  get isEmpty(): boolean {
    return this.length === 0;
  }

  get heldCharacters(): number {
    return this.length;
  }

  get isQuoted(): boolean {
    return this.state === 'quoted';
  }

  /** Whether the row began in a piece before the last one, and whether the last one has a letter. */
  get beganEarlier(): boolean {
    return this.pieces.length > 1;
  }
  lastPieceHas(letter: string): boolean {
    return this.pieces.at(-1)?.includes(letter) === true;
  }

  /** Reads on from a position in a text. @returns the new position, and the outcome */
  read(text: string, from: number): { readonly end: number; readonly state: Outcome } {
    const last = Math.min(text.length, from + this.longest - this.length + 1);
    let at = from;
    let outcome: Outcome = 'more';
    while (at < last && outcome === 'more') {
      if (this.state === 'before') {
        this.state = text.charCodeAt(at) === quote ? 'quoted' : 'plain';
        if (this.state === 'quoted') at += 1;
      } else if (this.state === 'quoted') at = this.readQuoted(text, at, last);
      else if (this.state === 'plain') {
        at = this.readPlain(text, at, last);
        if (at < last) {
          outcome = this.endPlain(text.charCodeAt(at));
          at += 1;
        }
      } else {
        outcome = this.readBehind(text.charCodeAt(at));
        at += 1;
      }
    }
    this.length += at - from;
    if (outcome === 'more' && this.length > this.longest) return { end: at, state: 'entry_too_large' };
    if (outcome === 'more') this.pieces.push(text.slice(from, at));
    return { end: at, state: outcome };
  }

  private readPlain(text: string, from: number, last: number): number {
    let at = from;
    for (; at < last; at += 1) {
      const byte = text.charCodeAt(at);
      if (byte === comma || byte === lineFeed) break;
    }
    this.cell += text.slice(from, at);
    return at;
  }

  /** @param byte a comma or a line break, at which a cell without quotes ends */
  private endPlain(byte: number): Outcome {
    if (byte === lineFeed && this.cell.endsWith('\r')) this.cell = this.cell.slice(0, -1);
    this.endCell();
    return byte === lineFeed ? 'row' : 'more';
  }

  private readQuoted(text: string, from: number, last: number): number {
    const quoteAt = text.indexOf('"', from);
    const close = quoteAt < 0 || quoteAt >= last ? last : quoteAt;
    const piece = text.slice(from, close);
    for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', at + 1)) this.lines += 1;
    this.cell += piece;
    if (close === last) return last;
    this.state = 'behind';
    return close + 1;
  }

  /** After a quote within quotes: another one, or the end of a cell. */
  private readBehind(byte: number): Outcome {
    if (byte === lineFeed) {
      this.endCell();
      return 'row';
    }
    if (this.state === 'return') return 'syntax';
    if (byte === quote) {
      this.cell += '"';
      this.state = 'quoted';
    } else if (byte === comma) this.endCell();
    else if (byte === carriageReturn) this.state = 'return';
    else return 'syntax';
    return 'more';
  }

  private endCell(): void {
    this.cells.push(this.cell);
    this.cell = '';
    this.state = 'before';
  }

  /** The row that has ended at a line break, or ends with the text; the next one begins. */
  end(isAtBreak: boolean): { readonly cells: string[]; readonly length: number; readonly lines: number } {
    if (!isAtBreak) this.endCell();
    const { cells, length, lines } = this;
    this.clear();
    return { cells, length, lines: lines + 1 };
  }

  /** Abandons the row. @returns its text in the pieces before the last one */
  giveUp(): string {
    const text = this.pieces.join('');
    this.clear();
    return text;
  }

  private clear(): void {
    this.cells = [];
    this.cell = '';
    this.state = 'before';
    this.pieces = [];
    this.length = 0;
    this.lines = 0;
  }
}
