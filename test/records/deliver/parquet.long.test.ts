/** Parquet files as pyarrow reads them: as many rows as were written, with their types and values. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { writeFiles } from '../../../src/records/deliver/files/write-files';
import type { Delivery } from '../../../src/records/deliver/line';
import { longIt } from '../../support/long';
import { dataOfRow, sampleDelivery } from './sample-delivery';

const folder = mkdtempSync(join(tmpdir(), 'portage-test-pyarrow-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A Python that has pyarrow: the one on the PATH, or one made for the purpose. @returns undefined without either */
function findPython(): string | undefined {
  const run = (python: string, ...args: string[]) => execFileSync(python, args, { stdio: 'pipe' });
  const made = join(folder, 'venv', 'bin', 'python');
  const ways = [
    () => 'python3',
    () => {
      run('python3', '-m', 'venv', join(folder, 'venv'));
      run(made, '-m', 'pip', 'install', '-q', 'pyarrow');
      return made;
    },
  ];
  for (const way of ways) {
    try {
      const python = way();
      run(python, '-c', 'import pyarrow.parquet');
      return python;
    } catch {
      continue;
    }
  }
  return undefined;
}

longIt('pyarrow reads every record, in several row groups', async () => {
  const python = findPython();
  if (python === undefined) {
    process.stderr.write('Not tried: no python3 with pyarrow here, and it cannot be installed.\n');
    return;
  }
  const sample = await sampleDelivery();
  const all = Array.from({ length: 45_000 }, (_, index) => sample[index % sample.length] as Delivery);
  const stream = async function* () {
    await Promise.resolve();
    yield* all;
  };
  const output = join(folder, 'parquet');
  await writeFiles(stream(), {
    ...{ format: 'parquet', output, isForced: false, signal: new AbortController().signal },
    onProgress: () => undefined,
  });
  for (const kind of ['comment', 'saved_place']) {
    const text =
      'import json,sys,pyarrow.parquet as p; f=p.ParquetFile(sys.argv[1]); t=f.read()\n' +
      'print(json.dumps([f.num_row_groups, str(t.schema.field("part").type), str(t.schema.field("key").type), t.to_pylist()]))';
    const [groups, part, key, rows] = JSON.parse(
      execFileSync(python, ['-c', text, join(output, `${kind}.parquet`)], { encoding: 'utf8', maxBuffer: 2 ** 29 }),
    ) as [number, string, string, Record<string, unknown>[]];
    const records = all.flatMap((line) => ('data' in line && line.kind === kind ? [line] : []));
    expect([part, key, rows.length]).toEqual(['int64', 'string', records.length]);
    expect(groups).toBeGreaterThanOrEqual(Math.floor(records.length / 20_000));
    expect(rows.map((row) => [row['key'], dataOfRow(row)])).toEqual(records.map((line) => [line.key, line.data]));
  }
});
