/** What readers of CSV share: which column is which, and the stream of rows. */
import type { JsonObject } from '../formats/json';
import { CsvRows } from '../formats/csv-rows';
import { kinds, type KindName } from '../kinds';
import type { Columns } from '../kinds/kind';
import { headersLike, normalHeader } from '../locales/names';
import { entryLimit, type OpenMember, type ReaderOutput } from './reader';
import type { Sample } from './sample';

/** A table of which the columns are known. */
export interface Table {
  readonly kind: KindName;
  readonly columns: Columns;
  /** Columns by which the table is recognised. */
  readonly marks: readonly string[];
  /** Forms of cells, for tables whose headers are in a language that no table covers. */
  readonly forms?: Readonly<Record<string, RegExp>>;
}

export interface Layout {
  /** Number of the row with the headers. */
  readonly headerRow: number;
  /** Field of each column; undefined where the header is not known. */
  readonly fields: readonly (string | undefined)[];
  readonly headers: readonly string[];
  readonly isByPosition: boolean;
}

const unnumbered = (header: string) => header.replace(/ \d+$/, ' #');

/** Finds the headers of a table in the first rows: by name in any known language, else by number and form of the cells. */
export function layoutOf(rows: Sample['rows'], { columns, marks, forms }: Table): Layout | undefined {
  const fieldOf = new Map(Object.entries(columns).map(([field, header]) => [normalHeader(header), field]));
  for (const [headerRow, headers] of rows.entries()) {
    const taken = new Set<string>();
    const fields = headers.map((header) => {
      for (const name of headersLike(header)) {
        const field = fieldOf.get(name) ?? fieldOf.get(unnumbered(name));
        if (field === undefined || (taken.has(field) && !(columns[field] ?? '').includes('#'))) continue;
        taken.add(field);
        return field;
      }
      return undefined;
    });
    if (marks.every((mark) => taken.has(mark))) return { headerRow, fields, headers, isByPosition: false };
  }
  const [headers = [], first] = rows;
  const names = Object.keys(columns);
  if (forms === undefined || first === undefined || headers.length !== names.length) return undefined;
  const fits = names.every((name, at) => forms[name]?.test(first[at] ?? '') ?? true);
  const isHeader = names.some((name, at) => forms[name]?.test(headers[at] ?? '') === false);
  return fits && isHeader ? { headerRow: 0, fields: names, headers, isByPosition: true } : undefined;
}

/** Reads the rows below the headers. Empty cells are left out. The data of a row are the reader's, who may add to them. */
export async function readTable(
  member: OpenMember,
  out: ReaderOutput,
  table: Table,
  each: (data: JsonObject, index: number, above: readonly string[]) => void,
): Promise<void> {
  const layout = layoutOf(member.sample.rows, table);
  if (layout === undefined) return;
  const { fields, headers, headerRow } = layout;
  if (layout.isByPosition) out.notice('columns_by_position');
  else if (fields.includes(undefined)) out.drift([table.kind, ...headers.map(normalHeader)]);
  const lists = fields.map((field) => field !== undefined && (table.columns[field] ?? '').includes('#'));
  const { required } = kinds[table.kind];
  const above: string[] = [];

  await readRows(member, out, headers.length, headerRow, (cells, index) => {
    if (index < headerRow) above.push(cells.join(',').trim());
    if (index <= headerRow) return;
    const data: JsonObject = {};
    let others: JsonObject | undefined;
    let isEmpty = true;
    for (let at = 0; at < cells.length; at += 1) {
      const cell = cells[at] as string;
      if (cell === '') continue;
      isEmpty = false;
      const field = fields[at];
      if (field === undefined) (others ??= {})[headers[at] ?? `column ${at + 1}`] = cell;
      else if (lists[at] === true) data[field] = [...((data[field] as string[] | undefined) ?? []), cell];
      else data[field] = cell;
    }
    if (isEmpty) return;
    if (others !== undefined) data['otherColumns'] = others;
    for (const field of required) if (data[field] === undefined) out.problem('missing_field', { index, field });
    each(data, index, above);
  });
}

/**
 * Reads every row; one with fewer cells than headers is reported, and is left out where the file was cut there. A last row
 * without a line break looks cut, unless the file is as long as the manifest says.
 */
export async function readRows(
  member: OpenMember,
  out: ReaderOutput,
  width: number,
  headerRow: number,
  row: (cells: string[], index: number) => void,
): Promise<void> {
  let held: { cells: string[]; index: number } | undefined;
  const release = () => {
    if (held === undefined) return;
    if (held.index > headerRow && held.cells.length !== width) out.problem('unexpected_entry', { index: held.index });
    row(held.cells, held.index);
    held = undefined;
  };
  const rows = new CsvRows(
    {
      // The last row is held until it is sure that the text was not cut within it.
      row: (cells, index) => {
        release();
        held = { cells, index };
      },
      fault: (kind, place) => out.problem(kind, place),
    },
    { rowLength: entryLimit },
  );
  for await (const chunk of member.chunks) {
    rows.write(chunk);
    await out.settle();
  }
  rows.end();
  if (held !== undefined && !rows.endsWithBreak) {
    const isShort = held.cells.length < width;
    // Of the rows with all their cells, the last cell may be cut.
    if (isShort || !member.isLengthAsStated) out.problem('truncated', { index: held.index });
    if (isShort) held = undefined;
  }
  release();
  await out.settle();
}
