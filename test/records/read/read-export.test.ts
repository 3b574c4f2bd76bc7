/** Records of stored exports: read once however often, sealed, delivered from a cursor on, and gone with their data. */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { deleteConsentData, deleteExportData } from '../../../src/archive/delete/delete-data';
import { loadConfig } from '../../../src/config';
import { databaseSettings } from '../../support/database';
import { PortageError } from '../../../src/domain/error-codes';
import { bindListener } from '../../../src/listener';
import { createLogger } from '../../../src/log';
import { openPortage, type Portage } from '../../../src/portage';
import { readExport, readExportAgain } from '../../../src/records/read/read-export';
import type { Line } from '../../../src/records/deliver/line';
import { createStoredExports } from '../../../src/records/deliver/stored-exports';
import type { Summary } from '../../../src/records/deliver/summary';
import { sweepReadings } from '../../../src/records/read/sweep-readings';
import { startServer, type RunningServer } from '../../../src/server/start';
import { zipOf } from '../../archive/zip';
import { storeExport, type ExportToStore, type StoredExport } from '../../support/stored-export';
import '../../support/built';

let dataDir: string;
let database: Awaited<ReturnType<typeof databaseSettings>>;
let portage: Portage;
let server: RunningServer;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'portage-test-records-'));
  const listener = await bindListener({ host: '127.0.0.1', port: 0 });
  database = await databaseSettings();
  const config = loadConfig({
    PUBLIC_URL: listener.url,
    PORT: String(listener.port),
    DATA_DIR: dataDir,
    VAULT_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    GOOGLE_CLIENT_ID: 'an-id',
    GOOGLE_CLIENT_SECRET: 'a-secret',
    TEMPORAL_ADDRESS: '127.0.0.1:9',
    ...database.settings,
  });
  portage = await openPortage(config);
  await portage.database.migrate();
  server = await startServer(portage, createLogger('error'), { listener });
});
afterAll(async () => {
  await server.stop();
  await portage.close();
  await database.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

const entry = (what: number) => ({
  header: 'Search',
  title: `Searched for secret ${what}`,
  time: new Date(Date.parse('2026-01-01T00:00:00Z') + what * 3_600_000).toISOString(),
  products: ['Search'],
});
const text = (whats: readonly number[]) => JSON.stringify(whats.map(entry), null, 2);
const archive = (content: string) => zipOf([{ name: 'Portability/My Activity/Search/MyActivity.json', content }]);
const upTo = (count: number, from = 0) => Array.from({ length: count - from }, (_, index) => from + index);

/** An export that is stored and verified. */
async function verified(content: string, request: Omit<ExportToStore, 'parts'> = {}): Promise<StoredExport> {
  const stored = await storeExport(portage, { ...request, parts: [await archive(content)] });
  await portage.exports.recordVerdict(stored.exportId, { verdict: 'complete', findings: [], files: 1 });
  return stored;
}

const watch = { signal: new AbortController().signal, onProgress: () => undefined };
const read = (exportId: string, deps: Portage = portage) => readExport(deps, exportId, watch);
const withStorage = (changes: Partial<Portage['storage']>): Portage => ({
  ...portage,
  storage: { ...portage.storage, ...changes },
});

async function keysBelow(prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of portage.storage.list(prefix)) keys.push(key);
  return keys.sort();
}
const recordKeys = ({ consentId, exportId }: StoredExport) =>
  keysBelow(`consents/${consentId}/exports/${exportId}/records/`);
const knownKeys = ({ consentId }: StoredExport) => keysBelow(`consents/${consentId}/known/`);

async function changesSince(consentId: string, since = 0): Promise<Line[]> {
  const items: Line[] = [];
  for await (const item of createStoredExports(portage).changes(consentId, since)) items.push(item);
  return items;
}
const titlesOf = (items: readonly Line[]) => items.flatMap((item) => ('data' in item ? [item.data['title']] : []));

describe('reading a stored export', () => {
  it('ends it with counts, records an event, and leaves nothing readable in storage', async () => {
    const stored = await verified(text(upTo(50)));
    const row = await read(stored.exportId);
    expect(row).toMatchObject({ state: 'ready', verdict: 'complete', recordsState: 'complete', recordsNumber: 1 });
    const count = { read: 50, new: 50, changed: 0, gone: null, leftOut: 0, problems: 0 };
    expect(row.recordsCount).toEqual(count);
    expect(row.recordsByKind).toEqual({ activity: { read: 50, new: 50, changed: 0 } });
    const ready = (await portage.consents.listEvents(stored.consentId)).filter(({ type }) => type === 'export.ready');
    expect(ready).toMatchObject([{ data: { records: { state: 'complete', cursor: 1, ...count } } }]);

    const folder = join(dataDir, 'storage');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      expect(readFileSync(join(file.parentPath, file.name)).includes('Searched for')).toBe(false);
    }
  });

  it('D54: again, or twice at once, gives the same, and each record is new once', async () => {
    const first = await verified(text(upTo(60)), { startTime: new Date('2026-01-01T00:00:00Z') });
    const both = await Promise.all([read(first.exportId), read(first.exportId)]);
    expect(both[0]).toEqual(both[1]);
    expect(await read(first.exportId)).toEqual(both[0]);
    const left = await recordKeys(first);
    expect(left.every((key) => key.includes(`/records/${both[0].recordsRun ?? ''}/`))).toBe(true);
    expect(new Set((await knownKeys(first)).map((key) => key.split('/').at(-2))).size).toBe(1);

    const overlap = { after: first, cycle: 2, startTime: new Date('2026-01-02T00:00:00Z') };
    const second = await verified(text(upTo(80, 24)), overlap);
    const row = await read(second.exportId);
    expect(row).toMatchObject({ recordsNumber: 2, recordsCount: { read: 56, new: 20, changed: 0, gone: null } });
    expect(titlesOf(await changesSince(first.consentId))).toEqual(upTo(80).map((what) => entry(what).title));
    expect(titlesOf(await changesSince(first.consentId, 1))).toEqual(upTo(80, 60).map((what) => entry(what).title));
    expect(await knownKeys(first)).toHaveLength(1);
  });

  it('that is interrupted at any object it stores changes nothing, and the next try is as the first', async () => {
    const first = await verified(text(upTo(30)));
    await read(first.exportId);
    const second = await verified(text(upTo(40, 10)), { after: first, cycle: 2 });
    for (let broken = 1; broken <= 4; broken += 1) {
      let puts = 0;
      const deps = withStorage({
        put: (key, bytes) => {
          puts += 1;
          return puts === broken
            ? Promise.reject(new PortageError('STORAGE_UNAVAILABLE'))
            : portage.storage.put(key, bytes);
        },
      });
      await expect(read(second.exportId, deps)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
      expect(await recordKeys(second)).toEqual([]);
      expect(await portage.exports.find(second.exportId)).toMatchObject({ state: 'reading', recordsNumber: null });
    }
    const row = await read(second.exportId);
    expect(row.recordsCount).toMatchObject({ read: 30, new: 10, gone: 10 });
    const gone = (await changesSince(first.consentId, 1)).filter((item) => 'state' in item && item.state === 'gone');
    expect(gone).toHaveLength(10);
  });

  it('D12: unreadable files are reported and make the export partial, and the archive stays', async () => {
    const stored = await verified(text(upTo(20)).slice(0, -100));
    const row = await read(stored.exportId);
    expect(row).toMatchObject({ state: 'partial', verdict: 'complete', recordsState: 'partial' });
    expect(row.recordsCount).toMatchObject({ read: 19, problems: 1 });
    for (const key of stored.segmentKeys(1)) expect((await portage.storage.get(key)).length).toBeGreaterThan(0);
    const summary = await createStoredExports(portage).summaryOf(row);
    expect(summary.problems).toEqual([expect.objectContaining({ kind: 'truncated', part: 1, entry: 1, index: 19 })]);
  });

  it('D47: a reading that fails keeps the archive, and the next export is compared with the last that was read', async () => {
    const first = await verified(text(upTo(10)));
    await read(first.exportId);
    const failed = await verified(text(upTo(12)), { after: first, cycle: 2 });
    expect(await portage.records.fail(failed.exportId, 'RECORDS_UNREADABLE', portage.now())).toBe('partial');
    const kept = await portage.exports.find(failed.exportId);
    expect(kept).toMatchObject({ recordsState: 'failed', recordsErrorCode: 'RECORDS_UNREADABLE', verdict: 'complete' });
    expect(await portage.parts.list(failed.exportId)).toHaveLength(1);
    expect(await read(failed.exportId)).toEqual(kept);
    const third = await verified(text(upTo(14)), { after: first, cycle: 3 });
    expect((await read(third.exportId)).recordsCount).toMatchObject({ new: 4, gone: 0 });
  });

  it('D56: an unreachable storage during a reading is reported as such, and only an empty archive as empty', async () => {
    const stored = await verified(text(upTo(20)));
    const away = withStorage({ get: () => Promise.reject(new PortageError('STORAGE_UNAVAILABLE')) });
    await expect(read(stored.exportId, away)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    const unread = await portage.exports.find(stored.exportId);
    expect(unread).toMatchObject({ state: 'reading', endedAt: null, recordsState: null, recordsCount: null });

    expect((await read(stored.exportId)).recordsCount).toMatchObject({ read: 20 });
    const empty = await read((await verified('[]')).exportId);
    expect(empty).toMatchObject({ state: 'ready', recordsState: 'complete', recordsCount: { read: 0, problems: 0 } });
  });

  it('D55: unrequested records are in no stored object, once the export is read', async () => {
    const keep = { fields: { activity: ['time'] }, from: entry(5).time, to: entry(9).time };
    const stored = await verified(text(upTo(20)), { keep });
    const row = await read(stored.exportId);
    expect(row.recordsCount).toMatchObject({ read: 4, leftOut: 16 });
    const records = (await changesSince(stored.consentId)).filter((item) => 'data' in item);
    expect(records.map(({ data }) => data)).toEqual(upTo(9, 5).map((what) => ({ time: entry(what).time })));
    expect(row.partsDroppedAt).not.toBeNull();
    for (const key of stored.segmentKeys(1)) {
      await expect(portage.storage.get(key)).rejects.toMatchObject({ code: 'STORAGE_MISSING' });
    }
    const unreadable = await verified(text(upTo(20)).slice(0, -100), { keep });
    expect((await read(unreadable.exportId)).partsDroppedAt).toBeNull();
  });

  it('refuses records that were moved, changed or lost', async () => {
    const stored = await verified(text(upTo(5)));
    await read(stored.exportId);
    const [lines = ''] = (await recordKeys(stored)).filter((key) => key.includes('/lines/'));
    const own = await portage.storage.get(lines);
    const other = await verified(text(upTo(5)));
    await read(other.exportId);
    const [foreign = ''] = (await recordKeys(other)).filter((key) => key.includes('/lines/'));
    for (const bytes of [await portage.storage.get(foreign), own.subarray(0, 40), own.subarray(0, 10)]) {
      await portage.storage.put(lines, bytes);
      await expect(changesSince(stored.consentId)).rejects.toMatchObject({ code: 'RECORDS_MISSING' });
    }
    await portage.storage.put(lines, own);
    expect(await changesSince(stored.consentId)).toHaveLength(6);
    await portage.storage.delete(lines.replace('/lines/000001', '/summary'));
    await expect(createStoredExports(portage).counts(stored.consentId, 0)).rejects.toMatchObject({
      code: 'RECORDS_MISSING',
    });
  });
});

describe('records of which a stored object is gone', () => {
  const lose = async (stored: StoredExport, series: string) => {
    const [key = ''] = (await recordKeys(stored)).filter((each) => each.includes(`/${series}`));
    await portage.storage.delete(key);
  };

  it.each(['lines', 'objects', 'summary'])('are read again, when there is no other export: %s', async (series) => {
    const stored = await verified(text(upTo(5)));
    await read(stored.exportId);
    await expect(readExportAgain(portage, stored.exportId, watch)).rejects.toMatchObject({ code: 'RECORDS_NOT_AGAIN' });
    await lose(stored, series);
    expect(await readExportAgain(portage, stored.exportId, watch)).toMatchObject({ recordsState: 'complete' });
    expect(titlesOf(await changesSince(stored.consentId))).toEqual(upTo(5).map((what) => entry(what).title));
  });

  it('cannot be read again where others were read, since it is no longer known what was new in them', async () => {
    const first = await verified(text(upTo(5)));
    await read(first.exportId);
    const second = await verified(text(upTo(7)), { after: first, cycle: 2 });
    await read(second.exportId);
    await lose(first, 'lines');
    await expect(readExportAgain(portage, first.exportId, watch)).rejects.toMatchObject({ code: 'RECORDS_NOT_AGAIN' });
  });

  it('fail the next reading when they are the known keys, and it then keeps its archive', async () => {
    const first = await verified(text(upTo(5)));
    await read(first.exportId);
    const [known = ''] = await knownKeys(first);
    await portage.storage.delete(known);
    const second = await verified(text(upTo(7)), { after: first, cycle: 2 });
    await expect(read(second.exportId)).rejects.toMatchObject({ code: 'RECORDS_MISSING' });
  });
});

describe('an interrupted reading', () => {
  const hour = 3_600_000;
  const now = () => portage.now().getTime();
  /** As a killed process leaves it: its stored objects stay. */
  const killed = async (exportId: string, again = false) => {
    const controller = new AbortController();
    let isKilled = false;
    const deps = withStorage({
      put: async (key, bytes) => {
        await portage.storage.put(key, bytes);
        if (!key.includes('/lines/')) return;
        isKilled = true;
        controller.abort(new Error('the process is killed'));
      },
      delete: (key) =>
        isKilled ? Promise.reject(new PortageError('STORAGE_UNAVAILABLE')) : portage.storage.delete(key),
    });
    const reading = again ? readExportAgain : readExport;
    await expect(reading(deps, exportId, { ...watch, signal: controller.signal })).rejects.toThrow('killed');
  };
  const sweep = async (exportId: string, at = now() + 2 * hour) => {
    const time = { from: new Date(at - 8 * 24 * hour), to: new Date(at - hour) };
    const rows = (await portage.records.listBrokenOff(time, 100)).filter(({ id }) => id === exportId);
    for (const row of rows) await sweepReadings({ ...portage, now: () => new Date(at) }, row, watch.signal);
    return rows.length;
  };

  it('in the middle leaves nothing, and the remains of a killed process are deleted by the next try', async () => {
    const stored = await verified(text(upTo(40)));
    const controller = new AbortController();
    const aborting = withStorage({
      put: async (key, bytes) => {
        await portage.storage.put(key, bytes);
        if (key.includes('/lines/')) controller.abort(new Error('it is cancelled'));
      },
    });
    await expect(readExport(aborting, stored.exportId, { ...watch, signal: controller.signal })).rejects.toThrow(
      'it is cancelled',
    );
    expect([...(await recordKeys(stored)), ...(await knownKeys(stored))]).toEqual([]);

    await killed(stored.exportId);
    expect(await recordKeys(stored)).not.toEqual([]);
    // It may be at work yet, on another worker: nothing of it is swept.
    expect(await sweep(stored.exportId)).toBe(0);
    const row = await read(stored.exportId);
    const left = await recordKeys(stored);
    expect(left.filter((key) => !key.includes(`/records/${row.recordsRun ?? ''}/`))).toEqual([]);
    expect(await sweep(stored.exportId)).toBe(0);
  });

  it('and whose export ends without it is swept by housekeeping, once', async () => {
    const stored = await verified(text(upTo(40)));
    await killed(stored.exportId);
    await portage.records.fail(stored.exportId, 'RECORDS_OVERDUE', portage.now());
    expect(await sweep(stored.exportId, now() + hour / 2)).toBe(0);
    expect(await recordKeys(stored)).not.toEqual([]);
    expect(await sweep(stored.exportId)).toBe(1);
    expect([...(await recordKeys(stored)), ...(await knownKeys(stored))]).toEqual([]);
    expect(await sweep(stored.exportId)).toBe(0);
  });

  it('and was to read an export again is left alone for as long as it may be at work', async () => {
    const stored = await verified(text(upTo(40)));
    await portage.records.fail(stored.exportId, 'RECORDS_OVERDUE', portage.now());
    await killed(stored.exportId, true);
    const written = await recordKeys(stored);
    expect(written).not.toEqual([]);
    expect(await sweep(stored.exportId)).toBe(1);
    expect(await recordKeys(stored)).toEqual(written);
    expect(await sweep(stored.exportId, now() + 26 * hour)).toBe(1);
    expect(await recordKeys(stored)).toEqual([]);

    expect(await readExportAgain(portage, stored.exportId, watch)).toMatchObject({ recordsState: 'complete' });
    const kept = await recordKeys(stored);
    expect(await sweep(stored.exportId)).toBe(0);
    expect(await recordKeys(stored)).toEqual(kept);
  });
});

describe('deletion', () => {
  it('of an export takes its records; the next one still delivers only new records', async () => {
    const first = await verified(text(upTo(10)), { startTime: new Date('2026-01-01T00:00:00Z') });
    await read(first.exportId);
    await deleteExportData(portage, first, watch.signal);
    expect(await recordKeys(first)).toEqual([]);
    expect(await changesSince(first.consentId)).toEqual([{ cursor: 1, exportId: first.exportId, deleted: true }]);
    const second = await verified(text(upTo(12)), {
      after: first,
      cycle: 2,
      startTime: new Date('2026-01-01T00:00:00Z'),
    });
    expect((await read(second.exportId)).recordsCount).toMatchObject({ read: 12, new: 2 });
  });

  it('of a consent deletes its known keys too, and all objects of a running reading', async () => {
    const first = await verified(text(upTo(10)));
    await read(first.exportId);
    const second = await verified(text(upTo(12)), { after: first, cycle: 2 });
    let isDeleted = false;
    const deps = withStorage({
      put: async (key, bytes) => {
        if (!isDeleted) await deleteConsentData(portage, first.consentId, watch.signal);
        isDeleted = true;
        await portage.storage.put(key, bytes);
      },
    });
    await expect(read(second.exportId, deps)).rejects.toMatchObject({ code: 'DATA_DELETED' });
    expect(await keysBelow(`consents/${first.consentId}/`)).toEqual([]);
    expect(existsSync(join(dataDir, 'storage'))).toBe(true);
    expect((await portage.records.known(first.consentId, ['myactivity.search'])).size).toBe(0);
  });
});

describe('the API', () => {
  const ask = (stored: StoredExport, path: string, headers = {}) =>
    fetch(`${server.url}/v1/${path}`, { headers: { authorization: `Bearer ${stored.apiKey}`, ...headers } });
  const lines = async (answer: Response) =>
    (await answer.text())
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('streams new records since a cursor, and counts by kind and day', async () => {
    const first = await verified(text(upTo(30)));
    await read(first.exportId);
    const second = await verified(text(upTo(50, 2)), { after: first, cycle: 2 });
    await read(second.exportId);
    const all = await ask(first, `consents/${first.consentId}/records`);
    expect(all.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(await lines(all)).toEqual(JSON.parse(JSON.stringify(await changesSince(first.consentId))));
    const since = await lines(await ask(first, `consents/${first.consentId}/records?since=1&kind=activity`));
    expect(since.filter(({ state }) => state === 'new')).toHaveLength(20);
    expect(since.filter(({ state }) => state === 'gone')).toHaveLength(2);
    expect(since.at(-1)).toEqual({ cursor: 2, exportId: second.exportId });
    expect(await lines(await ask(first, `consents/${first.consentId}/records?since=2`))).toEqual([]);

    const whole = await lines(await ask(first, `exports/${second.exportId}/records?state=known`));
    expect(whole).toHaveLength(28);
    const day = '&from=2026-01-02T00:00:00Z&to=2026-01-03T00:00:00Z';
    const counts = (await (await ask(first, `consents/${first.consentId}/records/counts`)).json()) as {
      counts: { kind: string; day: string; new: number }[];
    };
    const ofDay = counts.counts.find((count) => count.day === '2026-01-02');
    expect(
      await lines(await ask(first, `consents/${first.consentId}/records?kind=activity${day}&state=new`)),
    ).toHaveLength(
      // The two cursors come with them.
      (ofDay?.new ?? 0) + 2,
    );
    const summary = (await (await ask(first, `exports/${second.exportId}/records/summary`)).json()) as Summary;
    expect(summary).toMatchObject({ verdict: 'complete', records: 48, new: 20, gone: 2 });
    const shown = (await (await ask(first, `exports/${second.exportId}`)).json()) as Record<string, unknown>;
    expect(shown['records']).toMatchObject({ state: 'complete', cursor: 2, read: 48, new: 20, gone: 2 });
  });

  it('cuts a stream that cannot be whole, after a line with the reason, and before its cursor', async () => {
    // More than is sent at once, so that the answer has begun when the loss is met.
    const many = await verified(text(upTo(600)));
    await read(many.exportId);
    const second = await verified(text(upTo(610)), { after: many, cycle: 2 });
    await read(second.exportId);
    const [lost = ''] = (await recordKeys(second)).filter((key) => key.includes('/lines/'));
    await portage.storage.delete(lost);
    // fetch() may drop data that it unpacks itself when the transfer is cut.
    const plain = { 'accept-encoding': 'identity' };
    const answer = await ask(many, `consents/${many.consentId}/records`, plain);
    expect(answer.status).toBe(200);
    const received: string[] = [];
    const decoder = new TextDecoder();
    const readAll = async () => {
      for await (const chunk of answer.body ?? []) received.push(decoder.decode(chunk, { stream: true }));
    };
    await expect(readAll()).rejects.toThrow();
    const lines = received
      .join('')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.at(-1)).toMatchObject({ error: { code: 'RECORDS_MISSING' } });
    const cursors = lines.filter(({ cursor }) => cursor !== undefined);
    expect(cursors.filter(({ exportId }) => exportId !== many.exportId)).toEqual([]);
    const alone = await ask(many, `exports/${second.exportId}/records`);
    expect([alone.status, await alone.json()]).toMatchObject([500, { code: 'RECORDS_MISSING' }]);
  });

  it('refuses another host app, and invalid requests', async () => {
    const mine = await verified(text(upTo(3)));
    await read(mine.exportId);
    const other = await verified(text(upTo(3)));
    expect((await ask(other, `consents/${mine.consentId}/records`)).status).toBe(404);
    expect((await ask(other, `exports/${mine.exportId}/records`)).status).toBe(404);
    expect((await ask(mine, `consents/${mine.consentId}/records?kind=nothing`)).status).toBe(400);
    expect((await ask(mine, `consents/${mine.consentId}/records?since=x`)).status).toBe(400);
    expect((await ask(other, `exports/${other.exportId}/records`)).status).toBe(503);
  });
});
