/** One row of CSV, over as many pieces of text as it lies in: what was read of it is kept, and no character is read twice. */

const quote = 0x22;
const comma = 0x2c;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Where reading stands: before a cell, in one without quotes, in one with quotes, behind a quote, behind a CR behind that. */
type State = 'before' | 'plain' | 'quoted' | 'behind' | 'return';

/** What was found: the end of the row, the end of the text, a character behind a closing quote, or too long a row. */
export type Found = 'row' | 'more' | 'syntax' | 'entry_too_large';

export class CsvParser {
  private cells: string[] = [];
  /** What is known of the cell that is being read. */
  private cell = '';
  private state: State = 'before';
  /** The text of the row in pieces that came before. */
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

  /** Reads on from a place in a text. @returns where it came to */
  read(text: string, from: number): { readonly end: number; readonly state: Found } {
    const last = Math.min(text.length, from + this.longest - this.length + 1);
    let at = from;
    let found: Found = 'more';
    while (at < last && found === 'more') {
      if (this.state === 'before') {
        this.state = text.charCodeAt(at) === quote ? 'quoted' : 'plain';
        if (this.state === 'quoted') at += 1;
      } else if (this.state === 'quoted') at = this.readQuoted(text, at, last);
      else if (this.state === 'plain') {
        at = this.readPlain(text, at, last);
        if (at < last) {
          found = this.endPlain(text.charCodeAt(at));
          at += 1;
        }
      } else {
        found = this.readBehind(text.charCodeAt(at));
        at += 1;
      }
    }
    this.length += at - from;
    if (found === 'more' && this.length > this.longest) return { end: at, state: 'entry_too_large' };
    if (found === 'more') this.pieces.push(text.slice(from, at));
    return { end: at, state: found };
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
  private endPlain(byte: number): Found {
    if (byte === lineFeed && this.cell.endsWith('\r')) this.cell = this.cell.slice(0, -1);
    this.endCell();
    return byte === lineFeed ? 'row' : 'more';
  }

  private readQuoted(text: string, from: number, last: number): number {
    const found = text.indexOf('"', from);
    const close = found < 0 || found >= last ? last : found;
    const piece = text.slice(from, close);
    for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', at + 1)) this.lines += 1;
    this.cell += piece;
    if (close === last) return last;
    this.state = 'behind';
    return close + 1;
  }

  /** Behind a quote within quotes: another one, or what ends a cell. */
  private readBehind(byte: number): Found {
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

  /** Gives the row up. @returns its text in the pieces before the last one */
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
