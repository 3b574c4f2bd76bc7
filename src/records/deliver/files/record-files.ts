/** Files that hold a delivery: for every kind one file or table, and one for the keys that are gone. */
import type { KindName } from '../../kinds';
import { tableOf, type Column, type Table, type Value } from '../columns';
import type { Delivery } from '../line';

export const fileFormats = ['parquet', 'sqlite', 'csv', 'ndjson'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** Takes the rows of one kind, or those of the gone keys. */
export interface RowWriter {
  /** Waits while the taken rows exceed the memory that they may use. */
  add(row: readonly Value[], line: Delivery): void | Promise<void>;
}

/** A destination for tables that is filled once. */
export interface TableFiles {
  /** Called once for every name, before its first row. */
  open(name: string, columns: readonly Column[]): RowWriter;
  /** Everything is stored when this resolves. */
  finish(): Promise<void>;
  /** Closes open files after a failure; the caller removes the written ones. */
  abandon(): void;
}

/** The keys that are gone, of all kinds: Portage does not know the kind of such a key. */
export const goneTable = 'gone';
const goneColumns = [
  { name: 'key', type: 'text' },
  { name: 'state', type: 'text' },
  { name: 'resource', type: 'text' },
  { name: 'exportId', type: 'text' },
] as const satisfies readonly Column[];

/** Puts every delivery into the table of its kind; a kind without records gets none. */
export function createRecordTables(files: TableFiles): (line: Delivery) => void | Promise<void> {
  const tables = new Map<KindName, { readonly table: Table; readonly rows: RowWriter }>();
  let gone: RowWriter | undefined;
  return (line) => {
    if (!('data' in line)) {
      gone ??= files.open(goneTable, goneColumns);
      return gone.add([line.key, line.state, line.resource, line.exportId], line);
    }
    let own = tables.get(line.kind);
    if (own === undefined) {
      const table = tableOf(line.kind);
      own = { table, rows: files.open(line.kind, table.columns) };
      tables.set(line.kind, own);
    }
    return own.rows.add(own.table.rowOf(line), line);
  };
}
