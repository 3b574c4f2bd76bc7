/**
 * Reads CSV of any length as it arrives (RFC 4180, with LF or CRLF, line breaks in cells, and a BOM), each character
 * once.
 */
import type { ProblemKind } from '../read/finding';
import { CsvParser } from './csv-parser';
import { Utf8Text } from './utf8-text';

export interface RowSink {
  /** A row's cells; rows are numbered from 0, the header counted too. */
  row(cells: string[], index: number): void;
  /** @param place with the line of the file in which the row begins, from 1 */
  fault(kind: ProblemKind, place: { readonly index: number; readonly line: number }): void;
}

export interface RowLimits {
  /** Longest row, in characters. */
  readonly rowLength: number;
}

/**
 * How often the lines that a broken row swallowed are read again, each at most as long as a row may be; after that,
 * they are left out. So the work stays in proportion to the length of the file.
 */
export const mostResumptions = 64;
/**
 * Widths of rows that are remembered: a line after a broken row is a row when it has as many cells as an earlier one.
 */
const mostWidths = 16;

export class CsvFile {
  /** The count of characters that were looked at. A character that was looked at again counts again. */
  steps = 0;
  /** True when the last row ended with a line break, so that the text was not cut within it. */
  endsWithBreak = true;
  private readonly decoder = new Utf8Text();
  private readonly record: CsvParser;
  private readonly widths = new Set<number>();
  private index = 0;
  /** Lines of the file that were passed so far. */
  private lines = 0;
  private skipping = false;
  private resumptions = 0;
  /**
   * `doubtful`: how many of the next characters were part of a broken row. `leastWidth`: how many cells a line in these
   * characters must have at least to count as a row.
   */
  private doubtful = 0;
  private leastWidth = 2;
  private isDamaged = false;

  constructor(
    private readonly sink: RowSink,
    limits: RowLimits,
  ) {
    this.record = new CsvParser(limits.rowLength);
  }

  /** Characters of the row that is being read. */
  get heldCharacters(): number {
    return this.record.heldCharacters;
  }

  write(chunk: Buffer): void {
    const { text, isDamaged } = this.decoder.write(chunk);
    this.parse(text, isDamaged);
  }

  end(): void {
    const { text, isDamaged } = this.decoder.end();
    this.parse(text, isDamaged);
    this.endsWithBreak = this.record.isEmpty;
    // Text after an open quote may be rows: the quote may be a stray one.
    while (this.record.isQuoted) {
      const again = this.fault('truncated', '');
      if (again === undefined) return;
      this.parse(again, false);
    }
    if (!this.record.isEmpty) this.take(this.record.end(false));
  }

  private parse(fresh: string, isDamaged: boolean): void {
    const { record } = this;
    this.isDamaged ||= isDamaged;
    const texts = [fresh];
    for (let text = texts.pop(); text !== undefined; text = texts.pop()) {
      let at = 0;
      while (at < text.length) {
        if (this.skipping) {
          const lineEnd = text.indexOf('\n', at);
          this.steps += (lineEnd < 0 ? text.length : lineEnd + 1) - at;
          if (lineEnd < 0) break;
          this.skipping = false;
          this.lines += 1;
          at = lineEnd + 1;
          continue;
        }
        const from = at;
        const { end, state } = this.record.read(text, at);
        this.steps += end - from;
        at = end;
        if (state === 'row') this.take(this.record.end(true));
        else if (state !== 'more') {
          const again = this.fault(state, text.slice(from, at));
          // The rest follows after the text that is read again.
          if (again !== undefined) {
            texts.push(text.slice(at));
            text = again;
            at = 0;
          }
        }
      }
    }
    const isRestDamaged = isDamaged && record.lastPieceHas('\uFFFD');
    this.isDamaged = isRestDamaged || (this.isDamaged && record.beganEarlier);
  }

  private take({ cells, length, lines }: ReturnType<CsvParser['end']>): void {
    const isDoubtful = this.doubtful > 0;
    this.doubtful -= length;
    this.lines += lines;
    if (cells.length === 1 && cells[0] === '') return;
    if (isDoubtful && (cells.length < this.leastWidth || !this.widths.has(cells.length))) return;
    if (this.widths.size < mostWidths) this.widths.add(cells.length);
    if (this.isDamaged && cells.some((cell) => cell.includes('\uFFFD'))) {
      this.sink.fault('not_utf8', { index: this.index, line: this.lines - lines + 1 });
    }
    this.sink.row(cells, this.index);
    this.index += 1;
  }

  /**
   * Reports that the row cannot be read.
   *
   * @param fresh the end of its text
   * @returns the text after its first line, which has to be read again; undefined when the first line has not ended
   * yet, or when the text is left out
   */
  private fault(kind: ProblemKind, fresh: string): string | undefined {
    this.sink.fault(kind, { index: this.index, line: this.lines + 1 });
    this.index += 1;
    const text = this.record.giveUp() + fresh;
    const cut = text.indexOf('\n');
    this.resumptions += 1;
    if (cut < 0 || this.resumptions > mostResumptions) {
      this.lines += text.split('\n').length - 1;
      this.skipping = true;
      return undefined;
    }
    this.lines += 1;
    const again = text.slice(cut + 1);
    // A line within a cut cell with line breaks may look like a row of two cells.
    this.leastWidth = kind === 'truncated' ? 3 : 2;
    this.doubtful = Math.max(this.doubtful - cut - 1, again.length);
    return again;
  }
}
