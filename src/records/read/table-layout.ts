/** Which column of a table is which field: by its header in any known language, else by order and form of its cells. */
import type { KindName } from '../kinds';
import type { Columns } from '../kinds/kind';
import { headersLike, normalHeader } from '../locales/names';
import type { Sample } from './sample';

/** A table of which the columns are known. */
export interface Table {
  readonly kind: KindName;
  readonly columns: Columns;
  /**
   * Columns without which it is another table. One column alone, such as the id of a channel or of a video, stands in
   * several tables and recognises none.
   */
  readonly marks: readonly string[];
  /** So many columns are known at least, where the marks alone do not tell the table from others. */
  readonly enough?: number;
  /** Forms of cells, for tables whose headers are in a language that no table of names covers. */
  readonly forms?: Readonly<Record<string, RegExp>>;
  /** Orders in which Google writes the columns, for the same tables. */
  readonly orders?: readonly (readonly string[])[];
}

export interface Layout {
  /** Number of the row with the headers. */
  readonly headerRow: number;
  /** Field of each column; undefined where the header is not known. */
  readonly fields: readonly (string | undefined)[];
  readonly headers: readonly string[];
  readonly isByPosition: boolean;
}

const unnumbered = (header: string) => header.replace(/ \d+(?= |$)/, ' #');

/** Finds the headers of a table in the first rows: by name in any known language, else by number and form of the cells. */
export function layoutOf(rows: Sample['rows'], table: Table): Layout | undefined {
  const { marks, enough = 0 } = table;
  for (const [headerRow, headers] of rows.entries()) {
    const fields = fieldsByName(headers, table);
    const taken = new Set(fields);
    taken.delete(undefined);
    if (marks.every((mark) => taken.has(mark)) && taken.size >= enough) {
      return { headerRow, fields, headers, isByPosition: false };
    }
  }
  return layoutByOrder(rows, table);
}

/** The field of each header whose name is known; a field that is no list has one column at most. */
export function fieldsByName(headers: readonly string[], { columns }: Table): (string | undefined)[] {
  const fieldOf = new Map(Object.entries(columns).map(([field, header]) => [normalHeader(header), field]));
  const taken = new Set<string>();
  return headers.map((header) => {
    for (const name of [...headersLike(header), ...headersLike(unnumbered(header))]) {
      const field = fieldOf.get(name);
      if (field === undefined || (taken.has(field) && !isList(columns, field))) continue;
      taken.add(field);
      return field;
    }
    return undefined;
  });
}

function layoutByOrder(rows: Sample['rows'], { forms, orders = [] }: Table): Layout | undefined {
  const [headers = [], first] = rows;
  const fields = orders.find((order) => order.length === headers.length);
  if (forms === undefined || first === undefined || fields === undefined) return undefined;
  const fits = fields.every((name, at) => forms[name]?.test(first[at] ?? '') ?? true);
  const isHeader = fields.some((name, at) => forms[name]?.test(headers[at] ?? '') === false);
  return fits && isHeader ? { headerRow: 0, fields, headers, isByPosition: true } : undefined;
}

/** Whether the columns of a field are numbered. */
export function isList(columns: Columns, field: string): boolean {
  return (columns[field] ?? '').includes('#');
}
