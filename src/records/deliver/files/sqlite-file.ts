/** One SQLite database with a table for every kind (docs/decisions/record-files.md). */
import { closeSync, fsyncSync, openSync } from 'node:fs';

import { Database, type Statement } from 'node-sqlite3-wasm';

import type { ColumnType } from '../columns';
import type { TableFiles } from './record-files';

/** SQLite has no boolean type: 0 and 1 are used. */
const types: Readonly<Record<ColumnType, string>> = {
  text: 'TEXT',
  integer: 'INTEGER',
  number: 'REAL',
  boolean: 'INTEGER',
};

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** @param path must not exist yet */
export function createSqliteFile(path: string): TableFiles {
  const database = new Database(path);
  const statements: Statement[] = [];
  // The file gets its name only when it is complete, so no rollback is needed.
  database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN');
  const close = () => {
    for (const statement of statements.splice(0)) statement.finalize();
    if (database.isOpen) database.close();
  };
  return {
    open(name, columns) {
      const list = columns.map((column) => `${quoted(column.name)} ${types[column.type]}`).join(', ');
      database.exec(`CREATE TABLE ${quoted(name)} (${list})`);
      const insert = database.prepare(`INSERT INTO ${quoted(name)} VALUES (${columns.map(() => '?').join(', ')})`);
      statements.push(insert);
      return { add: (row) => void insert.run([...row]) };
    },
    finish: () => {
      database.exec('COMMIT');
      close();
      const handle = openSync(path, 'r');
      fsyncSync(handle);
      closeSync(handle);
      return Promise.resolve();
    },
    abandon: close,
  };
}
