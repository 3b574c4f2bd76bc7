/** Which column of a table is which field: by its header in any known language, else by order and form of its cells. */
import type { KindName } from '../kinds';
import type { Columns } from '../kinds/kind';
import { headersLike, isEnglishHeader, normalHeader } from '../locales/translated-names';
import { guessColumns } from './guess-columns';
import type { Sample } from './detect-format';

/** A table with known columns. */
export interface Table {
  readonly kind: KindName;
  readonly columns: Columns;
  /**
   * Columns without which it is another table. One column alone, such as the id of a channel or of a video, occurs in
   * several tables and identifies none.
   */
  readonly marks: readonly string[];
  /** The least number of known columns, where the marks alone do not distinguish the table from others. */
  readonly enough?: number;
  /** Forms of cells that are not empty, for headers in a language that no table of names covers. */
  readonly forms?: Readonly<Record<string, RegExp>>;
  /** Orders in which Google writes the columns, or has written them, for the same headers. */
  readonly orders?: readonly (readonly string[])[];
}

export interface Layout {
  /** Number of the row with the headers. */
  readonly headerRow: number;
  /** Field of each column; undefined where that is not known. */
  readonly fields: readonly (string | undefined)[];
  readonly headers: readonly string[];
  /** Whether some columns were identified by their form or order. */
  readonly isByPosition: boolean;
}

/** Columns of a table, those with the 500 tags that a video may have included. */
const mostColumns = 2_048;

const unnumbered = (header: string) => header.replace(/ \d+(?= |$)/, ' #');

/**
 * Finds the headers of a table in the first rows: by name in any known language, else by form and order of the cells
 * below. Columns with an unknown name are identified in the same way, where that is certain.
 */
export function layoutOf(rows: Sample['rows'], table: Table): Layout | undefined {
  if (rows.some(({ length }) => length > mostColumns)) return undefined;
  for (const [headerRow, headers] of rows.entries()) {
    const named = fieldsByName(headers, table);
    if (isTable(named, table)) return layoutAt(headerRow, named, rows, table);
  }
  for (const [headerRow, headers] of rows.entries()) {
    // Only a description can be above the headers.
    if (rows.slice(0, headerRow).some(({ length }) => length > 1)) break;
    const named = fieldsByName(headers, table);
    const layout = layoutAt(headerRow, named, rows, table);
    if (isTable(layout.fields, table) && isGuessSure(layout, named, table)) return layout;
  }
  return undefined;
}

function layoutAt(headerRow: number, named: Layout['fields'], rows: Sample['rows'], table: Table): Layout {
  const { columns, forms, orders = [] } = table;
  const headers = rows[headerRow] ?? [];
  if (forms === undefined) return { headerRow, fields: named, headers, isByPosition: false };
  const below = rows.slice(headerRow + 1).filter(({ length }) => length === headers.length);
  const isEnglish = headers.some((header) => isEnglishName(header, columns));
  const fields = guessColumns(named, { columns, forms, orders, rows: below, isEnglish });
  return { headerRow, fields, headers, isByPosition: fields.some((field, at) => field !== named[at]) };
}

function isTable(fields: Layout['fields'], { marks, enough = 0 }: Table): boolean {
  const known = new Set(fields);
  known.delete(undefined);
  return known.size >= enough && marks.every((mark) => known.has(mark));
}

/** Whether a header is an English one, of this table or another. Names of one word are alike in several languages. */
function isEnglishName(header: string, columns: Columns): boolean {
  const name = normalHeader(unnumbered(header));
  const isOurs = () => Object.values(columns).some((each) => normalHeader(each) === name);
  return name.includes(' ') && (isEnglishHeader(name) || isOurs());
}

/**
 * Without a known header, at least one header must not have the form of its column's cells. With known ones in English,
 * each mark needs a known header or a form, unless three headers are known: an order alone identifies no table.
 */
function isGuessSure({ headers, fields }: Layout, named: Layout['fields'], { columns, marks, forms }: Table): boolean {
  const known = named.filter((field) => field !== undefined);
  if (known.length === 0) {
    return fields.some((field, at) => field !== undefined && forms?.[field]?.test(headers[at] ?? '') === false);
  }
  const isEnglish = headers.some((header) => isEnglishName(header, columns));
  return !isEnglish || known.length >= 3 || marks.every((mark) => known.includes(mark) || forms?.[mark] !== undefined);
}

/** The field of each header with a known name; a field that is not a list has one column at most. */
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

/** Whether the columns of a field are numbered. */
export function isList(columns: Columns, field: string): boolean {
  return (columns[field] ?? '').includes('#');
}
