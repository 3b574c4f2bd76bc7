/** Reads CSV of any length as it arrives (RFC 4180, with LF or CRLF, line breaks in cells, and a BOM). */
import type { ProblemKind } from '../read/finding';
import { Utf8Text } from './utf8-text';

export interface RowSink {
  /** A row's cells; rows are numbered from 0, the header counted too. */
  row(cells: string[], index: number): void;
  fault(kind: ProblemKind, place: { readonly index: number }): void;
}

export interface RowLimits {
  /** Longest row, in characters. */
  readonly rowLength: number;
}

const quote = 0x22;
const comma = 0x2c;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

export class CsvRows {
  private readonly decoder = new Utf8Text();
  private rest = '';
  /** Whether bytes of the rest were no text. */
  private isRestDamaged = false;
  private index = 0;
  private skipping = false;
  /** True when the last row ended with a line break, so that the text was not cut within it. */
  endsWithBreak = true;

  constructor(
    private readonly sink: RowSink,
    private readonly limits: RowLimits,
  ) {}

  write(chunk: Buffer): void {
    const { text, isDamaged } = this.decoder.write(chunk);
    this.parse(text, isDamaged, false);
  }

  end(): void {
    const { text, isDamaged } = this.decoder.end();
    this.parse(text, isDamaged, true);
  }

  private parse(fresh: string, isDamaged: boolean, last: boolean): void {
    const text = this.rest.length === 0 ? fresh : this.rest + fresh;
    const hasDamage = isDamaged || this.isRestDamaged;
    const { length } = text;
    let at = 0;
    if (last) this.endsWithBreak = length === 0;
    while (at < length) {
      if (this.skipping) {
        const found = text.indexOf('\n', at);
        if (found < 0) break;
        this.skipping = false;
        at = found + 1;
        continue;
      }
      const cells: string[] = [];
      const end = readRow(text, at, cells, last);
      if (end === undefined) {
        // Not complete yet, or never.
        if (last) this.sink.fault('truncated', { index: this.index });
        else if (length - at > this.limits.rowLength) {
          this.fault('entry_too_large');
          continue;
        }
        break;
      }
      if (end < 0) {
        at = -end;
        this.fault('syntax');
        continue;
      }
      if (cells.length > 1 || cells[0] !== '') {
        if (hasDamage && cells.some((cell) => cell.includes('\uFFFD'))) {
          this.sink.fault('not_utf8', { index: this.index });
        }
        this.sink.row(cells, this.index);
        this.index += 1;
      }
      at = end;
    }
    this.rest = this.skipping ? '' : text.slice(at);
    this.isRestDamaged = hasDamage && this.rest.includes('\uFFFD');
  }

  private fault(kind: ProblemKind): void {
    this.sink.fault(kind, { index: this.index });
    this.index += 1;
    this.skipping = true;
  }
}

/**
 * Reads one row from `start` on into `cells`.
 *
 * @returns where the next row begins; undefined when the row is not complete; the negative place of a fault, which is a
 *   character behind the closing quote of a cell
 */
// eslint-disable-next-line complexity -- one pass over the characters; calls for every one of them would take most of the time
function readRow(text: string, start: number, cells: string[], last: boolean): number | undefined {
  const { length } = text;
  let at = start;
  for (;;) {
    if (text.charCodeAt(at) === quote) {
      let cell = '';
      at += 1;
      for (;;) {
        const close = text.indexOf('"', at);
        if (close < 0) return undefined;
        cell += text.slice(at, close);
        at = close + 1;
        if (at >= length && !last) return undefined;
        if (text.charCodeAt(at) !== quote) break;
        cell += '"';
        at += 1;
      }
      cells.push(cell);
    } else {
      const from = at;
      let byte = 0;
      while (at < length && (byte = text.charCodeAt(at)) !== comma && byte !== lineFeed) at += 1;
      if (at >= length && !last) return undefined;
      const isBreak = at < length && byte === lineFeed && at > from && text.charCodeAt(at - 1) === carriageReturn;
      cells.push(text.slice(from, isBreak ? at - 1 : at));
    }
    if (at >= length) return last ? length : undefined;
    const next = text.charCodeAt(at);
    if (next === comma) {
      at += 1;
      if (at >= length && !last) return undefined;
      if (at >= length) {
        cells.push('');
        return length;
      }
    } else if (next === lineFeed) return at + 1;
    else if (next === carriageReturn) {
      if (at + 1 >= length) return last ? length : undefined;
      if (text.charCodeAt(at + 1) === lineFeed) return at + 2;
      return -at;
    } else return -at;
  }
}
