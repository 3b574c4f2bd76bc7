// `portage records` prints what the exports of a consent brought, as NDJSON or CSV, from a cursor on.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';

import { loadConfig } from '../../src/config';
import { openPortage } from '../../src/portage';
import { readExport } from '../../src/records/read-export';
import { zipOf } from '../archive/zip';
import { startProgram } from '../support/program';
import { storeExport, type StoredExport } from '../support/stored-export';

const dataDir = mkdtempSync(join(tmpdir(), 'portage-test-records-command-'));
const environment = {
  DATA_DIR: dataDir,
  VAULT_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
  GOOGLE_CLIENT_ID: 'an-id',
  GOOGLE_CLIENT_SECRET: 'a-secret',
};
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const entry = (what: number) => ({
  header: 'Search',
  title: `=Searched, "${what}"`,
  time: new Date(Date.parse('2026-01-01T00:00:00Z') + what * 3_600_000).toISOString(),
  products: ['Search'],
});

let consentId: string;
beforeAll(async () => {
  const portage = await openPortage(loadConfig(environment));
  try {
    await portage.database.migrate();
    let before: StoredExport | undefined;
    for (const [index, count] of [20, 30].entries()) {
      const whats = Array.from({ length: count }, (_, what) => entry(what));
      const member = { name: 'Portability/My Activity/Search/MyActivity.json', content: JSON.stringify(whats) };
      const parts = [await zipOf([member])];
      before = await storeExport(portage, { parts, cycle: index + 1, ...(before !== undefined && { after: before }) });
      await portage.exports.recordVerdict(before.exportId, { verdict: 'complete', findings: [], files: 1 });
      const watch = { signal: new AbortController().signal, onProgress: () => undefined };
      await readExport(portage, before.exportId, watch);
    }
    consentId = before?.consentId ?? '';
  } finally {
    await portage.database.close();
  }
});

async function run(...args: string[]) {
  const program = startProgram(['records', ...args], environment);
  const code = await program.exited;
  return { code, output: program.output() };
}

it('prints every record once, or those since a cursor, and the next cursor', async () => {
  const all = await run(consentId);
  expect(all.code).toBe(0);
  const lines = all.output.trimEnd().split('\n');
  expect(lines.pop()).toBe('The next ones: --since 2');
  const records = lines.map((line) => JSON.parse(line) as { key: string; state: string; data: object });
  expect(records.map(({ data }) => data)).toEqual(Array.from({ length: 30 }, (_, what) => entry(what)));
  expect(new Set(records.map(({ key }) => key)).size).toBe(30);

  const since = await run(consentId, '--since', '1', '--kind', 'activity', '--from', '2026-01-02T00:00:00Z');
  expect(since.output.trimEnd().split('\n')).toHaveLength(6 + 1);
  expect((await run(consentId, '--since', '2')).output).toBe('The next ones: --since 2\n');
});

it('prints CSV that another reader reads, and counts by kind and day', async () => {
  const { output } = await run(consentId, '--format', 'csv');
  const text = output.replace(/The next ones.*\n$/, '');
  const rows = parse(text, { columns: true }) as unknown as Record<string, string>[];
  expect(rows).toHaveLength(30);
  expect(JSON.parse(rows[7]?.['data'] ?? '')).toEqual(entry(7));
  const counted = JSON.parse((await run(consentId, '--counts')).output) as {
    cursor: number;
    counts: { day: string; new: number }[];
  };
  expect(counted.cursor).toBe(2);
  expect(counted.counts.map(({ day, new: fresh }) => [day, fresh])).toEqual([
    ['2026-01-01', 24],
    ['2026-01-02', 6],
  ]);
});

it('says in words what cannot be asked', async () => {
  expect(await run('con_unknown')).toEqual({ code: 1, output: 'There is no consent con_unknown.\n' });
  for (const wrong of [
    ['--kind', 'nothing'],
    ['--since', 'x'],
    ['--format', 'xml'],
    ['--from', 'soon'],
  ]) {
    const { code, output } = await run(consentId, ...wrong);
    expect([wrong, code]).toEqual([wrong, 1]);
    expect(output).toContain(wrong[0]);
  }
});
