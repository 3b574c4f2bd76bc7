/** Shared code of CSV readers: the stream of rows, and a row's cells by field. */
import { CsvFile } from '../formats/csv-file';
import { instantOfText } from '../formats/instant';
import type { JsonObject } from '../formats/json';
import { kinds } from '../kinds';
import { normalHeader } from '../locales/translated-names';
import type { Draft } from '../store/record';
import { textOf } from './read-entries';
import { rowLimit, type OpenMember, type ReaderOutput } from './reader';
import { isList, layoutOf, type Layout, type Table } from './table-layout';

/** Reads the rows below the headers. Empty cells are left out. The reader may add to the data of a row. */
export async function readTable(
  member: OpenMember,
  out: ReaderOutput,
  table: Table,
  each: (data: JsonObject, index: number, above: readonly string[]) => void,
): Promise<void> {
  const layout = layoutOf(member.sample.rows, table);
  if (layout === undefined) return;
  const { headers, headerRow } = layout;
  reportLayout(layout, table, out);
  const toData = createRowReader(layout, table, out);
  const above: string[] = [];
  await readRows(member, out, { headerRow, widthOf: () => headers.length }, (cells, index) => {
    if (index < headerRow) above.push(cells.join(',').trim());
    if (index <= headerRow) return;
    const data = toData(cells, index);
    if (data !== undefined) each(data, index, above);
  });
}

/** Reports how the columns were recognised, where that is not by their headers alone. */
export function reportLayout({ isByPosition, fields, headers }: Layout, { kind }: Table, out: ReaderOutput): void {
  if (isByPosition) out.notice('columns_by_position');
  if (!fields.includes(undefined)) return;
  // The guess of a column's field may depend on the cells, so another export may give another field.
  const taken = isByPosition ? fields.map((field, at) => `${at} ${field ?? ''}`) : [];
  out.drift([kind, ...headers.map(normalHeader), ...taken]);
}

/** @returns a function of a row's cells: its data by field; undefined for a row that is empty or of another table */
export function createRowReader(
  { fields, headers }: Layout,
  { kind, columns, marks, forms }: Table,
  out: ReaderOutput,
): (cells: readonly string[], index: number) => JsonObject | undefined {
  const lists = fields.map((field) => field !== undefined && isList(columns, field));
  const { required } = kinds[kind];
  /** A row of another width may belong to a second table in the file: its cells have other forms. */
  const isOurs = (cells: readonly string[]) =>
    cells.length === headers.length ||
    marks.every((mark) => forms?.[mark]?.test(cells[fields.indexOf(mark)] ?? '') !== false);
  return (cells, index) => {
    const data: JsonObject = {};
    let others: JsonObject | undefined;
    let isEmpty = true;
    for (let at = 0; at < cells.length; at += 1) {
      const cell = cells[at] as string;
      if (cell === '') continue;
      isEmpty = false;
      const field = fields[at];
      if (field === undefined) (others ??= {})[headers[at] ?? `column ${at + 1}`] = cell;
      else if (lists[at] === true) ((data[field] ??= []) as string[]).push(cell);
      else data[field] = cell;
    }
    if (isEmpty || !isOurs(cells)) return undefined;
    if (others !== undefined) data['otherColumns'] = others;
    for (const field of required) if (data[field] === undefined) out.problem('missing_field', { index, field });
    return data;
  };
}

/**
 * The time of a row, by the text of one of its columns. A time that could be read is not part of the key: the text of
 * one instant differs from export to export, the instant does not.
 *
 * @param fields the name of the column alone, the same list each time
 */
export function timeOfRow(
  data: JsonObject,
  fields: readonly [string],
  locale: string | undefined,
): Pick<Draft, 'occurredAt' | 'hasUnreadTime' | 'volatileFields' | 'isKeyedByInstant'> {
  const text = textOf(data[fields[0]]);
  if (text === undefined) return {};
  const occurredAt = instantOfText(text, locale);
  if (occurredAt === undefined) return { hasUnreadTime: true };
  return { occurredAt, volatileFields: fields, isKeyedByInstant: true };
}

export interface RowPlan {
  readonly headerRow: number;
  /** How many cells a row has. */
  readonly widthOf: (index: number) => number;
}

/**
 * Reads every row; one with fewer cells than headers is reported, and is left out where the file was cut there. A last
 * row without a line break looks cut, unless the file is as long as the manifest states.
 */
export async function readRows(
  member: OpenMember,
  out: ReaderOutput,
  { headerRow, widthOf }: RowPlan,
  row: (cells: string[], index: number) => void,
): Promise<void> {
  let held: { cells: string[]; index: number } | undefined;
  const release = () => {
    if (held === undefined) return;
    const { cells, index } = held;
    if (index > headerRow && cells.length !== widthOf(index)) out.problem('unexpected_entry', { index });
    row(cells, index);
    held = undefined;
  };
  const rows = new CsvFile(
    {
      // The last row is held until it is sure that the text was not cut within it.
      row: (cells, index) => {
        release();
        held = { cells, index };
      },
      fault: (kind, place) => out.problem(kind, place),
    },
    { rowLength: rowLimit },
  );
  for await (const chunk of member.chunks) {
    rows.write(chunk);
    await out.settle();
  }
  rows.end();
  if (held !== undefined && !rows.endsWithBreak) {
    const isShort = held.cells.length < widthOf(held.index);
    // Of the rows with all their cells, the last cell may be cut.
    if (isShort || !member.isLengthAsStated) out.problem('truncated', { index: held.index });
    if (isShort) held = undefined;
  }
  release();
  await out.settle();
}
