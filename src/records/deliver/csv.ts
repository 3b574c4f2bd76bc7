/** Records of one kind as CSV (RFC 4180), safe to open in a spreadsheet. */
import type { KindName } from '../kinds';
import { tableOf, type Column, type Value } from './columns';
import type { CursorMark, Line, NextMark } from './line';

/**
 * A row for every line of a delivery. The marks are rows too: their `state` is `cursor`, `deleted` or `next`, and their
 * `key` is the cursor or the position.
 */
export async function* csvLines(lines: AsyncIterable<Line>, kind: KindName): AsyncGenerator<string> {
  const { columns, rowOf } = tableOf(kind);
  yield csvHead(columns);
  for await (const line of lines) yield csvRow('key' in line ? rowOf(line) : markRow(line, columns.length));
}

function markRow(mark: CursorMark | NextMark, width: number): Value[] {
  const row = new Array<Value>(width).fill(null);
  if ('next' in mark) row.splice(0, 2, mark.next, 'next');
  else {
    row.splice(0, 2, String(mark.cursor), mark.deleted === true ? 'deleted' : 'cursor');
    row[5] = mark.exportId;
  }
  return row;
}

export const csvHead = (columns: readonly Column[]): string => csvRow(columns.map(({ name }) => name));

/** A row for a stream that is cut: the error's code in place of a key. */
export const csvFailure = (code: string): string => csvRow([code, 'error']);

/** An absent value is an empty cell, and an empty text is a pair of quotes, as PostgreSQL's COPY reads them. */
export function csvRow(values: readonly Value[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}

function cell(value: Value): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = withoutFormula(value);
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Spreadsheets take a text that begins with one of these characters for a formula (OWASP, "CSV Injection"), unless an
 * apostrophe is in front of it. A text's own apostrophe gets one too, so that removing the first one gives the text.
 */
function withoutFormula(text: string): string {
  return /^[=+\-@\t\r']/.test(text) ? `'${text}` : text;
}
