/** Parquet files in a folder, one for every kind (docs/decisions/record-files.md). */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';

import type { ParquetWriter } from 'hyparquet-writer' with { 'resolution-mode': 'import' };

import type { Column, ColumnType, Value } from '../columns';
import type { TableFiles } from './record-files';

/** A row group has this many rows, unless its rows are long. */
const groupRows = 20_000;
/** Characters in memory, over all files; the file that has most of them writes a row group. */
const mostLength = 16 * 1024 * 1024;

const types = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
} as const satisfies Record<ColumnType, object>;

interface OpenFile {
  readonly writer: ParquetWriter;
  readonly path: string;
  readonly columns: readonly Column[];
  rows: (readonly Value[])[];
  length: number;
}

/** @param folder must exist */
export async function createParquetFiles(folder: string): Promise<TableFiles> {
  // An ECMAScript-only module, which an `import` compiled to CommonJS could not load.
  const { ParquetWriter: Writer, fileWriter } = await import('hyparquet-writer');
  const files: OpenFile[] = [];
  let length = 0;

  const writeGroup = async (file: OpenFile): Promise<void> => {
    const columnData = file.columns.map(({ name, type }, column) => ({
      name,
      data: file.rows.map((row) => parquetValue(type, row[column] ?? null)),
    }));
    length -= file.length;
    const count = file.rows.length;
    file.rows = [];
    file.length = 0;
    await file.writer.write({ columnData, rowGroupSize: count });
  };

  return {
    open(name, columns) {
      const path = join(folder, `${name}.parquet`);
      const schema = [
        { name: 'root', num_children: columns.length },
        ...columns.map((column) => ({
          name: column.name,
          repetition_type: 'OPTIONAL' as const,
          ...types[column.type],
        })),
      ];
      const file: OpenFile = {
        ...{ writer: new Writer({ writer: fileWriter(path), schema, createdBy: 'portage' }), path, columns },
        ...{ rows: [], length: 0 },
      };
      files.push(file);
      return {
        add(row) {
          const size = row.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0);
          file.rows.push(row);
          file.length += size;
          length += size;
          if (file.rows.length >= groupRows) return writeGroup(file);
          if (length >= mostLength)
            return writeGroup(files.reduce((one, other) => (other.length > one.length ? other : one)));
          return undefined;
        },
      };
    },
    async finish() {
      for (const file of files) {
        if (file.rows.length > 0) await writeGroup(file);
        await file.writer.finish();
        const handle = openSync(file.path, 'r');
        fsyncSync(handle);
        closeSync(handle);
      }
    },
    // The writers keep no file open between two writes.
    abandon: () => undefined,
  };
}

function parquetValue(type: ColumnType, value: Value): Value | bigint | undefined {
  if (value === null) return undefined;
  return type === 'integer' && typeof value === 'number' ? BigInt(value) : value;
}
