/** Records as files: other programs read the same records as in the stream, and only a whole file gets its name. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';
import { Database } from 'node-sqlite3-wasm';

import { tableOf } from '../../../src/records/deliver/columns';
import { fileFormats, type FileFormat } from '../../../src/records/deliver/files/record-files';
import { writeFiles, type WriteOptions } from '../../../src/records/deliver/files/write-files';
import type { Delivery, Line, RecordLine } from '../../../src/records/deliver/line';
import { kinds, type KindName } from '../../../src/records/kinds';
import { dataOfRow, sampleDelivery } from './sample-delivery';

let folder: string;
let all: Delivery[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portage-test-files-'));
  all = await sampleDelivery();
});
afterAll(() => rmSync(folder, { recursive: true }));

async function* stream(lines: readonly Line[], failure?: Error): AsyncGenerator<Line> {
  for (const line of lines) {
    await Promise.resolve();
    yield line;
  }
  if (failure !== undefined) throw failure;
}

const write = (format: FileFormat, name: string, lines: AsyncIterable<Line>, more: Partial<WriteOptions> = {}) =>
  writeFiles(lines, {
    ...{ format, output: join(folder, name), isForced: false },
    ...{ signal: new AbortController().signal, onProgress: () => undefined },
    ...more,
  });

const recordsOfKind = (kind: string) => all.filter((line): line is RecordLine => 'data' in line && line.kind === kind);
const goneKeys = () => all.filter((line) => !('data' in line)).map(({ key, state }) => [key, state]);
/** A row against its record: the common columns, and all of `data`. */
const expectRows = (rows: readonly Record<string, unknown>[], kind: string, textOf?: (value: unknown) => unknown) => {
  const records = recordsOfKind(kind);
  expect(records.length).toBeGreaterThan(1);
  expect(rows.map((row) => [row['key'], row['state'], row['resource'], row['kind'], dataOfRow(row, textOf)])).toEqual(
    records.map(({ key, state, resource, data }) => [key, state, resource, kind, data]),
  );
  expect(
    rows.map((row) => [row['occurredAt'] || null, row['exportId'], Number(row['part']), Number(row['index'])]),
  ).toEqual(records.map(({ occurredAt = null, source }) => [occurredAt, source.exportId, source.part, source.index]));
};

it('the sample has the hard cases: formulas, quotes, lines, empty texts, no time, changes and gone keys', () => {
  expect(new Set(all.map(({ state }) => state))).toEqual(new Set(['new', 'changed', 'replaced', 'gone']));
});

it('NDJSON files have the lines of the stream', async () => {
  expect(await write('ndjson', 'ndjson', stream(all))).toBe(all.length);
  const files = readdirSync(join(folder, 'ndjson')).toSorted();
  expect(files).toEqual(['comment.ndjson', 'gone.ndjson', 'saved_place.ndjson']);
  const lines = files.flatMap((file) =>
    readFileSync(join(folder, 'ndjson', file), 'utf8')
      .trimEnd()
      .split('\n'),
  );
  expect(lines.toSorted()).toEqual(all.map((line) => JSON.stringify(line)).toSorted());
});

it('CSV files have them in typed columns, without formulas', async () => {
  await write('csv', 'csv', stream(all));
  const read = (name: string) =>
    parse(readFileSync(join(folder, 'csv', `${name}.csv`)), {
      columns: true,
      // An empty cell without quotes is no value.
      cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
    }) as unknown as Record<string, unknown>[];
  const own = (value: unknown) => String(value).replace(/^'/, '');
  for (const kind of ['comment', 'saved_place']) expectRows(read(kind), kind, own);
  expect(
    read('comment')
      .map((row) => String(row['data.text']))
      .filter((text) => /^[=+\-@]/.test(text)),
  ).toEqual([]);
  expect(read('gone').map((row) => [row['key'], row['state']])).toEqual(goneKeys());
});

const python = (text: string, ...args: string[]) =>
  JSON.parse(execFileSync('python3', ['-c', text, ...args], { encoding: 'utf8' })) as unknown;
const hasPython = (() => {
  try {
    execFileSync('python3', ['-c', 'import sqlite3'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

it('a SQLite file has a table for every kind, as another SQLite reads it', async () => {
  await write('sqlite', 'records.sqlite', stream(all));
  const path = join(folder, 'records.sqlite');
  // Python has a SQLite of its own; without Python, ours has to do.
  const select = (sql: string): Record<string, unknown>[] => {
    if (hasPython) {
      const text =
        'import json,sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.row_factory=sqlite3.Row\n' +
        'print(json.dumps([dict(r) for r in c.execute(sys.argv[2])]))';
      return python(text, path, sql) as Record<string, unknown>[];
    }
    const database = new Database(path, { readOnly: true });
    try {
      return database.all(sql);
    } finally {
      database.close();
    }
  };
  for (const kind of ['comment', 'saved_place']) expectRows(select(`SELECT * FROM "${kind}" ORDER BY rowid`), kind);
  expect(select('SELECT * FROM gone ORDER BY rowid').map((row) => [row['key'], row['state']])).toEqual(goneKeys());
  expect(select('SELECT typeof(part) AS part, typeof("data.text") AS text FROM comment LIMIT 1')).toEqual([
    { part: 'integer', text: 'text' },
  ]);
});

it('a Parquet file has them in columns of its types', async () => {
  await write('parquet', 'parquet', stream(all));
  const { asyncBufferFromFile, parquetReadObjects } = (await import('hyparquet')) as unknown as {
    readonly asyncBufferFromFile: (path: string) => Promise<unknown>;
    readonly parquetReadObjects: (options: { file: unknown }) => Promise<Record<string, unknown>[]>;
  };
  const read = async (name: string) =>
    parquetReadObjects({ file: await asyncBufferFromFile(join(folder, 'parquet', `${name}.parquet`)) });
  for (const kind of ['comment', 'saved_place']) expectRows(await read(kind), kind);
  expect((await read('gone')).map((row) => [row['key'], row['state']])).toEqual(goneKeys());
});

describe.each(fileFormats)('%s', (format) => {
  const left = () => readdirSync(folder).filter((name) => name.includes('broken') || name.endsWith('.partial'));

  it('has no name until it is whole', async () => {
    await expect(write(format, 'broken', stream(all, new Error('an object is lost')))).rejects.toThrow('lost');
    expect(left()).toEqual([]);
    const controller = new AbortController();
    const endless = async function* () {
      for (;;) yield* stream(all);
    };
    const { signal } = controller;
    const onProgress = () => controller.abort(new Error('Ctrl-C'));
    await expect(write(format, 'broken', endless(), { signal, onProgress })).rejects.toThrow('Ctrl-C');
    expect(left()).toEqual([]);
  });

  it('replaces nothing unless it is forced to, and then only by a whole one', async () => {
    const output = join(folder, `there-${format}`);
    writeFileSync(output, 'mine');
    await expect(write(format, `there-${format}`, stream(all))).rejects.toThrow('--force');
    await expect(write(format, `there-${format}`, stream(all, new Error('lost')), { isForced: true })).rejects.toThrow(
      'lost',
    );
    expect(readFileSync(output, 'utf8')).toBe('mine');
    expect(await write(format, `there-${format}`, stream(all), { isForced: true })).toBe(all.length);
    expect(await write(format, `there-${format}`, stream(all), { isForced: true })).toBe(all.length);
    expect(left()).toEqual([]);
  });
});

it('the columns of every kind have names that differ in more than case, as SQLite and DuckDB need', () => {
  for (const kind of Object.keys(kinds) as KindName[]) {
    const names = tableOf(kind).columns.map(({ name }) => name.toLowerCase());
    expect([kind, new Set(names).size]).toEqual([kind, names.length]);
  }
});
