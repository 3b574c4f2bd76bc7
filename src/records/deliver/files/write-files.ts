/** Writes a delivery into a file or a folder that appears under its name only when it is complete. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { basename, dirname, join } from 'node:path';

import type { Line } from '../line';
import { createParquetFiles } from './parquet-files';
import { createRecordTables, type FileFormat, type TableFiles } from './record-files';
import { createSqliteFile } from './sqlite-file';
import { createTextFiles } from './text-files';

export interface WriteOptions {
  readonly format: FileFormat;
  /** Absolute path: of a file for SQLite, of a folder for the others. */
  readonly output: string;
  /** Whether an existing output may be replaced. */
  readonly isForced: boolean;
  readonly signal: AbortSignal;
  /** @param lines written so far */
  readonly onProgress: (lines: number) => void;
}

/** The requested name exists already. */
export class OutputExists extends Error {
  override readonly name = 'OutputExists';
}

/** Interval between two checks of the signal, which also lets other work of the process run. */
const linesAtOnce = 1_000;

/**
 * @returns the number of records and gone keys that were written
 * @throws OutputExists; the signal's reason; errors of `lines`. Then nothing new is left, and an existing output is
 * unchanged
 */
export async function writeFiles(lines: AsyncIterable<Line>, options: WriteOptions): Promise<number> {
  const { format, output, isForced, signal, onProgress } = options;
  const refuse = () => {
    if (isForced || !existsSync(output)) return;
    throw new OutputExists(`${output} exists. Choose another --output, or replace it with --force.`);
  };
  refuse();
  const scratch = join(dirname(output), `.${basename(output)}.${randomBytes(4).toString('hex')}.partial`);
  const made = join(scratch, 'whole');
  await mkdir(format === 'sqlite' ? scratch : made, { recursive: true });
  try {
    const files = await createFiles(format, made);
    let written = 0;
    try {
      const add = createRecordTables(files);
      for await (const line of lines) {
        if (!('key' in line)) continue;
        await add(line);
        written += 1;
        if (written % linesAtOnce !== 0) continue;
        await setImmediate();
        signal.throwIfAborted();
        onProgress(written);
      }
      signal.throwIfAborted();
      await files.finish();
    } catch (error) {
      files.abandon();
      throw error;
    }
    refuse();
    if (existsSync(output)) await rename(output, join(scratch, 'replaced'));
    await rename(made, output);
    return written;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function createFiles(format: FileFormat, path: string): TableFiles | Promise<TableFiles> {
  if (format === 'sqlite') return createSqliteFile(path);
  return format === 'parquet' ? createParquetFiles(path) : createTextFiles(path, format);
}
