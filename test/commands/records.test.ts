// `portage records` prints the records of a consent's exports, as NDJSON or CSV, from a cursor on, and reads one again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';

import { loadConfig } from '../../src/config';
import { openPortage, type Portage } from '../../src/portage';
import { readExport, readExportAgain } from '../../src/records/read/read-export';
import { knownPrefix } from '../../src/records/store/object-keys';
import { zipOf } from '../archive/zip';
import '../support/built';
import { runCommand } from '../support/command';
import { databaseSettings } from '../support/database';
import { storeExport, type ExportToStore, type StoredExport } from '../support/stored-export';

const dataDir = mkdtempSync(join(tmpdir(), 'portage-test-records-command-'));
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

const entry = (what: number) => ({
  header: 'Search',
  title: `=Searched, "${what}"`,
  time: new Date(Date.parse('2026-01-01T00:00:00Z') + what * 3_600_000).toISOString(),
  products: ['Search'],
});

const path = 'Portability/My Activity/Search/MyActivity.json';
const entries = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => entry(from + index));
const watch = { signal: new AbortController().signal, onProgress: () => undefined };

/** The embedded database is one process's: it is closed before the command opens it. */
async function withOwn<T>(work: (portage: Portage) => Promise<T>): Promise<T> {
  const portage = await openPortage(loadConfig(environment));
  try {
    return await work(portage);
  } finally {
    await portage.close();
  }
}

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
    await portage.close();
  }
});

async function run(...args: string[]) {
  return runCommand(['records', ...args], environment);
}

it('prints every record once, or those since a cursor, and the next cursor', async () => {
  const all = await run(consentId);
  expect(all.code).toBe(0);
  const lines = all.output.trimEnd().split('\n');
  expect(lines.pop()).toBe('For the next records, add --since 2');
  const records = lines.map((line) => JSON.parse(line) as { key: string; state: string; data: object });
  expect(records.map(({ data }) => data)).toEqual(Array.from({ length: 30 }, (_, what) => entry(what)));
  expect(new Set(records.map(({ key }) => key)).size).toBe(30);

  const since = await run(consentId, '--since', '1', '--kind', 'activity', '--from', '2026-01-02T00:00:00Z');
  expect(since.output.trimEnd().split('\n')).toHaveLength(6 + 1);
  expect((await run(consentId, '--since', '2')).output).toBe('For the next records, add --since 2\n');
});

it('prints CSV that another reader reads, and counts by kind and day', async () => {
  const { output } = await run(consentId, '--format', 'csv', '--kind', 'activity');
  const text = output.replace(/For the next records.*\n$/, '');
  const rows = parse(text, { columns: true }) as unknown as Record<string, string>[];
  expect(rows).toHaveLength(30);
  // The apostrophe keeps a spreadsheet from taking the title for a formula.
  expect(rows[7]).toMatchObject({ 'data.title': `'${entry(7).title}`, occurredAt: entry(7).time });
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

it('names invalid options in its message', async () => {
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

describe('read', () => {
  /** A verified export of these entries, not read yet; windowed where it names a beginning. */
  const store = async (portage: Portage, content: object[], more: Partial<ExportToStore> = {}) => {
    const stored = await storeExport(portage, {
      parts: [await zipOf([{ name: path, content: JSON.stringify(content) }])],
      ...more,
    });
    await portage.exports.recordVerdict(stored.exportId, { verdict: 'complete', findings: [], files: 1 });
    return stored;
  };
  /** As it is left when reading broke, by a fault of ours. */
  const storeFailed = async (portage: Portage, content: object[], more: Partial<ExportToStore> = {}) => {
    const stored = await store(portage, content, more);
    expect(await portage.records.fail(stored.exportId, 'RECORDS_UNREADABLE', portage.now())).toBe('partial');
    return stored;
  };
  const read = (exportId: string, ...more: string[]) => run('read', exportId, ...more);
  const keysOf = async (id: string, ...more: string[]) => {
    const { output } = await run(id, ...more);
    const lines = output.trimEnd().split('\n').slice(0, -1);
    return lines.map((line) => (JSON.parse(line) as { key: string }).key);
  };

  it('reads an export whose records could not be read, ends it again and records an event', async () => {
    const { exportId, consentId: id } = await withOwn((portage) => storeFailed(portage, entries(0, 12)));
    expect(await keysOf(id)).toEqual([]);
    expect(await read(exportId)).toEqual({
      code: 0,
      output:
        `${exportId} (myactivity.search) is ready: its records were read, and are complete.\n` +
        '  read 12, new 12, changed 0, gone unknown, left out 0, problems 0\n' +
        '  Host apps get them after cursor 0.\n',
    });
    expect(new Set(await keysOf(id)).size).toBe(12);
    await withOwn(async (portage) => {
      const row = await portage.exports.find(exportId);
      expect(row).toMatchObject({ state: 'ready', recordsState: 'complete', recordsErrorCode: null });
      const ends = (await portage.consents.listEvents(id)).filter(
        ({ exportId: of, type }) => of === exportId && ['export.partial', 'export.ready'].includes(type),
      );
      expect(ends.map(({ type, data }) => [type, data['records']])).toMatchObject([
        ['export.partial', { state: 'failed', reason: 'RECORDS_UNREADABLE' }],
        ['export.ready', { state: 'complete', reason: null, cursor: 1, read: 12, new: 12 }],
      ]);
    });
  });

  it('compares the newest export with the one before, as it would have been', async () => {
    const { exportId } = await withOwn(async (portage) => {
      const first = await store(portage, entries(0, 10));
      await readExport(portage, first.exportId, watch);
      return storeFailed(portage, entries(3, 15), { after: first, cycle: 2 });
    });
    const { code, output } = await read(exportId, '--json');
    expect([code, JSON.parse(output)]).toMatchObject([
      0,
      { exportId, state: 'ready', records: { state: 'complete', cursor: 2, read: 12, new: 5, gone: 3 } },
    ]);
  });

  it('delivers each record of a window once, though a later window was read before', async () => {
    const windowed = (cycle: number) => ({ cycle, startTime: new Date('2026-01-01T00:00:00Z') });
    const { first, late } = await withOwn(async (portage) => {
      const one = await store(portage, entries(0, 10), windowed(1));
      await readExport(portage, one.exportId, watch);
      const two = await storeFailed(portage, entries(5, 20), { after: one, ...windowed(2) });
      const three = await store(portage, entries(15, 30), { after: one, ...windowed(3) });
      await readExport(portage, three.exportId, watch);
      return { first: one, late: two };
    });
    const { output } = await read(late.exportId, '--json');
    expect(JSON.parse(output)).toMatchObject({ records: { cursor: 3, read: 15, new: 5, changed: 0, gone: null } });
    // A host app that has the other records gets only the late ones.
    expect(await keysOf(first.consentId, '--since', '2')).toHaveLength(5);
    const next = await withOwn(async (portage) => {
      const four = await store(portage, entries(8, 33), { after: first, ...windowed(4) });
      return readExport(portage, four.exportId, watch);
    });
    expect(next.recordsCount).toMatchObject({ read: 25, new: 3 });
    const keys = await keysOf(first.consentId);
    expect([keys.length, new Set(keys).size]).toEqual([33, 33]);
  });

  it('reads an only export again of which a part was read, under the same keys and a new cursor', async () => {
    const { exportId, consentId: id } = await withOwn(async (portage) => {
      const stored = await storeExport(portage, {
        parts: [await zipOf([{ name: path, content: JSON.stringify(entries(0, 9)).slice(0, -20) }])],
      });
      await portage.exports.recordVerdict(stored.exportId, { verdict: 'complete', findings: [], files: 1 });
      expect(await readExport(portage, stored.exportId, watch)).toMatchObject({ recordsState: 'partial' });
      return stored;
    });
    const before = await keysOf(id);
    expect(before).toHaveLength(8);
    const { code, output } = await read(exportId, '--json');
    expect([code, JSON.parse(output)]).toMatchObject([
      1,
      { state: 'partial', records: { state: 'partial', cursor: 2, read: 8, new: 8, problems: 1 } },
    ]);
    expect(await keysOf(id, '--since', '1')).toEqual(before);
  });

  it('deletes the keys again where the consent has ended', async () => {
    const { exportId, consentId: id } = await withOwn(async (portage) => {
      const stored = await storeFailed(portage, entries(0, 4));
      await portage.consents.end(stored.consentId, 'completed', undefined, portage.now());
      return stored;
    });
    expect((await read(exportId)).code).toBe(0);
    await withOwn(async (portage) => {
      expect(await portage.records.known(id, ['myactivity.search'])).toEqual(new Map());
      for await (const { key } of portage.storage.list(knownPrefix(id))) throw new Error(`${key} is left`);
    });
    expect(await keysOf(id)).toHaveLength(4);
  });

  it('counts neither of two readings twice that meet', async () => {
    await withOwn(async (portage) => {
      const first = await storeFailed(portage, entries(0, 10), { startTime: new Date('2026-01-01T00:00:00Z') });
      const next = await store(portage, entries(5, 15), { after: first, cycle: 2 });
      const both = await Promise.allSettled([
        readExportAgain(portage, first.exportId, watch),
        readExport(portage, next.exportId, watch),
      ]);
      const failures = both.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
      expect(failures).toMatchObject([{ code: 'RECORDS_OVERTAKEN', retryable: true }]);
      const [again] = both;
      const other =
        again.status === 'rejected'
          ? await readExportAgain(portage, first.exportId, watch)
          : await readExport(portage, next.exportId, watch);
      expect(other.recordsCount).toMatchObject({ read: 10, new: 5 });
    });
  });

  it('reports why one cannot be read again', async () => {
    const why = await withOwn(async (portage) => {
      const first = await storeFailed(portage, entries(0, 10));
      const newer = await store(portage, entries(0, 12), { after: first, cycle: 2 });
      await readExport(portage, newer.exportId, watch);
      const open = await store(portage, entries(0, 1));
      const unverified = await storeExport(portage, { parts: [] });
      await portage.exports.end(unverified.exportId, { state: 'failed', errorCode: 'ARCHIVE_EXPIRED' }, portage.now());
      const deleted = await storeFailed(portage, entries(0, 1));
      await portage.dataDeletion.beginExport(deleted.exportId, portage.now());
      const dropped = await storeFailed(portage, entries(0, 1));
      await portage.records.recordPartsDropped(dropped.exportId, portage.now());
      const before = await store(portage, entries(0, 2));
      await readExport(portage, before.exportId, watch);
      const ended = await storeFailed(portage, entries(0, 3), { after: before, cycle: 2 });
      await portage.consents.end(before.consentId, 'expired', undefined, portage.now());
      return [
        [first.exportId, `${newer.exportId} is newer, and was read already`],
        [newer.exportId, 'all of its records were read'],
        [open.exportId, 'it has not ended yet'],
        [unverified.exportId, 'its archive is not verified'],
        [deleted.exportId, 'This data and its key were deleted'],
        [dropped.exportId, 'its parts were deleted, as its host app asked'],
        [ended.exportId, 'its consent has ended, and no known keys are left'],
        ['exp_unknown', 'There is no export exp_unknown.'],
      ] as const;
    });
    for (const [exportId, reason] of why) {
      const { code, output } = await read(exportId);
      expect([code, output]).toEqual([1, expect.stringContaining(reason)]);
    }
  });
});
