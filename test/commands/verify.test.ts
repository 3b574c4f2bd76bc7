// `portage verify` checks an export in storage, at any time (docs/known-defects.md D2, D3, D47, D51).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadConfig } from '../../src/config';
import { openPortage, type Portage } from '../../src/portage';
import { readExport } from '../../src/records/read/read-export';
import { member, rawZip } from '../archive/raw-zip';
import { manifestOf, serviceOf } from '../archive/zip';
import '../support/built';
import { runCommand } from '../support/command';
import { databaseSettings } from '../support/database';
import { storeExport, type ExportToStore, type StoredExport } from '../support/stored-export';

const dataDir = mkdtempSync(join(tmpdir(), 'portage-test-verify-'));
let database: Awaited<ReturnType<typeof databaseSettings>>;
let environment: Record<string, string> = {
  DATA_DIR: dataDir,
  VAULT_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
  GOOGLE_CLIENT_ID: 'an-id',
  GOOGLE_CLIENT_SECRET: 'a-secret',
};
beforeAll(async () => {
  database = await databaseSettings();
  environment = { ...environment, ...database.settings };
});
afterAll(async () => {
  await database.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

const list = manifestOf(serviceOf('Maps', [{ name: 'Reviews.json' }, { name: 'Places.json' }]));
const manifest = member(list.name, list.content);
const reviews = member('Portability/Maps/Reviews.json', '{}'.repeat(900), 0);
const places = member('Portability/Maps/Places.json', '{}'.repeat(900), 0);
const whole = [rawZip([manifest, reviews]), rawZip([places])];

/** An embedded database is one process's alone, so it is closed before the command runs. */
async function withStorage<T>(work: (portage: Portage) => Promise<T>): Promise<T> {
  const portage = await openPortage(loadConfig(environment));
  try {
    await portage.database.migrate();
    return await work(portage);
  } finally {
    await portage.close();
  }
}

const store = (request: ExportToStore) => withStorage((portage) => storeExport(portage, request));

async function run(args: readonly string[], more: Record<string, string> = {}) {
  return runCommand(['verify', ...args], { ...environment, ...more });
}

interface Report {
  verdict: string;
  files: number | null;
  findings: { kind: string; text: string }[];
  parts: { number: number; bytes: number; sha256: string | null }[];
}

async function report(stored: StoredExport, more: Record<string, string> = {}) {
  const { code, output } = await run([stored.exportId, '--json'], more);
  return { code, ...(JSON.parse(output) as Report) };
}

it('ends with 0 for a complete export only, and describes its findings', async () => {
  const stored = await store({ parts: whole });
  const { code, output } = await run([stored.exportId]);
  expect(output).toContain(`${stored.exportId} (myactivity.search) is complete: every byte is as Google sent it`);
  expect(output).toContain('parts 2, bytes');
  expect(output).toMatch(/part 2: \d+ bytes, SHA-256 [0-9a-f]{64}/);
  expect(code).toBe(0);

  const result = await report(stored);
  expect(result).toMatchObject({ code: 0, verdict: 'complete', files: 2, findings: [] });
  expect(result.parts.map(({ number }) => number)).toEqual([1, 2]);
});

it('reports what is missing or different, and ends with 1', async () => {
  const stored = await store({ parts: [rawZip([manifest, reviews])], partsTotal: 2 });
  expect(await report(stored)).toMatchObject({
    code: 1,
    verdict: 'corrupt',
    files: 1,
    findings: [{ kind: 'parts_missing', stated: 2, found: 1, text: 'Only 1 of 2 parts is stored.' }],
  });
  const other = await store({ parts: [rawZip([manifest, reviews])] });
  const { code, output } = await run([other.exportId]);
  expect(output).toContain('is incomplete_at_google');
  expect(output).toContain('  - MY_ACTIVITY: 1 file of Google’s list is missing.');
  expect(code).toBe(1);
});

it('names every segment that is missing or changed, and reports nothing about unreadable members', async () => {
  const stored = await withStorage(async (portage) => {
    const created = await storeExport(portage, { parts: whole, segmentBytes: 500 });
    const [first = '', second = '', , fourth = ''] = created.segmentKeys(1);
    const sealed = await portage.storage.get(second);
    await portage.storage.put(second, await portage.storage.get(first));
    await portage.storage.put(fourth, sealed);
    await portage.storage.delete(created.segmentKeys(2)[0] ?? '');
    return created;
  });
  const { code, verdict, files, findings } = await report(stored);
  expect({ code, verdict, files }).toEqual({ code: 1, verdict: 'corrupt', files: null });
  expect(findings).toEqual([
    { kind: 'segment_altered', part: 1, segment: 1, text: expect.any(String) as string },
    { kind: 'segment_altered', part: 1, segment: 3, text: expect.any(String) as string },
    { kind: 'segment_missing', part: 2, segment: 0, text: 'Part 2: segment 0 is not in the storage.' },
  ]);
});

it('keeps to the limits of the configuration, and names the one that was exceeded', async () => {
  const stored = await store({ parts: whole });
  expect(await report(stored, { ARCHIVE_MAX_DEPTH: '1' })).toMatchObject({
    code: 1,
    verdict: 'unverified',
    findings: [
      { kind: 'limit_exceeded', part: 1, limit: 'ARCHIVE_MAX_DEPTH', allowed: 1 },
      { kind: 'limit_exceeded', part: 2, limit: 'ARCHIVE_MAX_DEPTH', allowed: 1 },
    ],
  });
});

it('changes nothing, for any findings', async () => {
  const stored = await store({ parts: [Buffer.from('no ZIP')] });
  const look = () =>
    withStorage(async (portage) => ({
      row: await portage.exports.find(stored.exportId),
      parts: await portage.parts.list(stored.exportId),
    }));
  const before = await look();
  expect(await report(stored)).toMatchObject({ code: 1, verdict: 'corrupt' });
  expect(await look()).toEqual(before);
});

describe('an export whose records were read', () => {
  const entry = { header: 'Search', title: 'Searched for bread', time: '2026-01-02T03:04:05Z', products: ['Search'] };
  const history = member('Portability/My Activity/MyActivity.json', JSON.stringify([entry]), 0);
  const files = manifestOf(serviceOf('My Activity', [{ name: 'MyActivity.json' }]));
  const watch = { signal: new AbortController().signal, onProgress: () => undefined };

  /** @param lost part of the key of an object that is then deleted */
  const readOne = (request: Pick<ExportToStore, 'keep'>, lost?: string) =>
    withStorage(async (portage) => {
      const parts = [rawZip([member(files.name, files.content), history])];
      const stored = await storeExport(portage, { parts, ...request });
      await portage.exports.recordVerdict(stored.exportId, { verdict: 'complete', findings: [], files: 1 });
      await readExport(portage, stored.exportId, watch);
      const prefix = `consents/${stored.consentId}/exports/${stored.exportId}/records/`;
      for await (const { key } of portage.storage.list(prefix)) {
        if (lost !== undefined && key.includes(lost)) await portage.storage.delete(key);
      }
      return stored;
    });

  it('is verified with its records', async () => {
    const { exportId } = await readOne({});
    expect(await run([exportId])).toMatchObject({
      code: 0,
      output: expect.stringContaining('All stored objects of its records are unchanged.') as string,
    });
  });

  it('names each object of its records that is gone, and ends with 1', async () => {
    const stored = await readOne({}, '/lines/');
    const { code, output } = await run([stored.exportId]);
    expect(output).toContain('Stored objects of its records are missing or changed: lines/000001.');
    expect(code).toBe(1);
    expect(await report(stored)).toMatchObject({
      verdict: 'complete',
      records: { missing: ['lines/000001'], listed: true },
    });
  });

  it('whose parts were deleted is verified by its records alone', async () => {
    const well = await readOne({ keep: { kinds: ['activity'] } });
    const { code, output } = await run([well.exportId]);
    expect(output).toContain('were deleted after its records were read');
    expect(code).toBe(0);
    const damaged = await readOne({ keep: { kinds: ['activity'] } }, '/objects');
    expect(await report(damaged)).toMatchObject({ code: 1, verdict: null, records: { missing: ['objects'] } });
  });
});

it('reports that there is no such export', async () => {
  await withStorage(async () => Promise.resolve());
  expect(await run(['exp_00000000000000000000000000'])).toEqual({
    code: 1,
    output: 'There is no export exp_00000000000000000000000000.\n',
  });
});
