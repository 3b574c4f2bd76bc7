// A server says that it is ready when it can do its work: each dependency becomes unavailable and available again,
// without a restart.
import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';

import { Connection } from '@temporalio/client';
import { eq } from 'drizzle-orm';

import { migrateCommand } from '../../src/commands/migrate';
import { loadConfig } from '../../src/config';
import { vaultChecks } from '../../src/database/schema';
import { usualLimits, type Limits } from '../../src/domain/timeouts';
import { bindListener } from '../../src/listener';
import { createLogger } from '../../src/log';
import { openPortage, type Portage } from '../../src/portage';
import { startProvenWorker } from '../../src/worker/start-proven-worker';
import { startServer, type RunningServer } from '../../src/server/start';
import { createVault } from '../../src/vault';
import { installRuntime } from '../../src/worker/start-worker';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { temporalAddress, testClient } from '../support/portage';
import { startTestPostgres, type TestDatabase } from '../support/postgres';
import { shared } from '../support/shared';
import { until } from '../support/until';

const keyOf = (byte: number) => `main:${Buffer.alloc(32, byte).toString('base64')}`;
/** As in production, at another pace. */
const limits: Limits = {
  ...usualLimits,
  readiness: { ...usualLimits.readiness, everyMs: 200, retryMs: 200, freeBytes: 1024 ** 2 },
};

const folder = mkdtempSync(join(tmpdir(), 'portage-test-ready-'));
const disk = join(folder, 'disk');
const namespace = `ready-${randomUUID()}`;
const logLines: string[] = [];
const logger = createLogger('info', { write: (line: string) => void logLines.push(line) });

let temporal: Connection;
let postgres: TestDatabase | undefined;
let portage: Portage;
let server: RunningServer;
let apiKey: string;

/** Only root may mount, and not in every container. */
function mounted(): boolean {
  try {
    execFileSync('mkdir', ['-p', disk]);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
const hasDisk = mounted();

const configOf = (key: string) => async () =>
  loadConfig({
    DATA_DIR: join(folder, 'data'),
    ...(postgres === undefined ? {} : { DATABASE_URL: postgres.url }),
    STORAGE_URL: `file://${disk}`,
    VAULT_KEYS: key,
    GOOGLE_CLIENT_ID: testClient.clientId,
    GOOGLE_CLIENT_SECRET: testClient.clientSecret,
    TEMPORAL_ADDRESS: await temporalAddress(),
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_TASK_QUEUE: 'ready',
    HOUSEKEEPING_EVERY: '1 hour',
  });

beforeAll(async () => {
  await shared('build');
  const started = await startTestPostgres();
  postgres = 'missing' in started ? undefined : started;
  temporal = await Connection.connect({ address: await temporalAddress() });
  portage = await openPortage(await configOf(keyOf(1))(), undefined, limits);
  const listener = await bindListener({ host: '127.0.0.1', port: 0 });
  server = await startServer(portage, logger, { listener });
  installRuntime(createLogger('error', { write: () => undefined }));
});

afterAll(async () => {
  await server.stop();
  await portage.close();
  await postgres?.stop();
  await temporal.close();
  if (hasDisk) execFileSync('umount', [disk]);
  rmSync(folder, { recursive: true, force: true });
});

interface Ready {
  readonly status: string;
  readonly checks: Readonly<Record<string, boolean>>;
  readonly reasons: Readonly<Record<string, string>>;
}
const readyz = async () => {
  const answer = await fetch(`${server.url}/readyz`);
  return { http: answer.status, ...((await answer.json()) as Ready) };
};
const ask = (path: string) => fetch(server.url + path, { headers: { authorization: `Bearer ${apiKey}` } });
const details = async () =>
  (await (await ask('/v1/health')).json()) as {
    status: string;
    checks: { name: string; passes: boolean; code?: string; message?: string; remedy?: string; since?: string }[];
    workers: { identity: string; queues: { name: string }[]; faults: { code: string }[] }[];
  };

/** Waits until a check fails with this reason; then the server is red, names it in its log, and publicly only by its code. */
async function red(check: string, code: string, inLog: string) {
  const ready = await until(`${check} fails with ${code}`, async () => {
    const answer = await readyz();
    return answer.reasons[check] === code ? answer : undefined;
  });
  expect(ready).toMatchObject({ http: 503, status: 'down', checks: { [check]: false } });
  expect(Object.keys(ready)).toEqual(['http', 'status', 'checks', 'reasons']);
  for (const reason of Object.values(ready.reasons)) expect(reason).toMatch(/^[A-Z_]+$/);
  // The worker may have reported the fault before the server meets it.
  await until(`the log names ${code} with ${inLog}`, () =>
    logLines.find((each) => each.includes(`"errorCode":"${code}"`) && each.includes(inLog)),
  );
}
const passing = (check: string) => until(`${check} passes`, async () => (await readyz()).checks[check] === true);
const green = () =>
  until('the server is ready', async () => {
    const answer = await readyz();
    return answer.status === 'ready' ? answer : undefined;
  });

it('waits for the tables of this release, and serves nothing before', async () => {
  await red('database', 'DATABASE_OUTDATED', '"check":"database"');
  // Nothing is broken: the line says what to do, and has no stack trace.
  const outdated = logLines.filter((line) => line.includes('"errorCode":"DATABASE_OUTDATED"'));
  expect(outdated.join('')).toContain('Run \\"portage migrate\\"');
  expect(outdated.filter((line) => line.includes('readiness check failed')).join('')).not.toContain('"stack"');
  const refused = await fetch(`${server.url}/v1/consents/con_1`);
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ code: 'DATABASE_OUTDATED' });
  await portage.database.migrate();
  for (const check of ['database', 'vaultKeys']) await passing(check);
  expect((await fetch(`${server.url}/v1/consents/con_1`)).status).toBe(401);
  ({ key: apiKey } = await portage.hostApps.createApiKey('Test host app', { confirmation: false }));
});

it('D69: misses the namespace, then its search attributes, which "portage migrate" registers', async () => {
  await red('namespace', 'NAMESPACE_MISSING', namespace);
  await temporal.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as unknown as Long },
  });
  await passing('namespace');

  await red('searchAttributes', 'SEARCH_ATTRIBUTES_MISSING', Object.keys(searchAttributes).join(', '));
  const migrate = async () => {
    const [out, remarks] = [new PassThrough(), new PassThrough()];
    const terminal = { out, remarks, width: undefined, answers: undefined };
    const untilSignalled = () => Promise.resolve();
    await migrateCommand({ environment: {}, terminal, portage, untilSignalled }).parseAsync([], { from: 'user' });
    return String(out.read()) + String(remarks.read() ?? '');
  };
  expect(await migrate()).toBe(
    `The database is up to date.\nRegistered at Temporal, in the namespace ${namespace}: ` +
      'ConsentId, Resource, AccessType, ConsentState, ExportState, ErrorCode, ConsentEndsAt.\n',
  );
  await passing('searchAttributes');
  expect(await migrate()).toContain(`Temporal knows the search attributes in the namespace ${namespace}.\n`);
});

it('D69: misses a worker at each task queue, also when one has stopped', async () => {
  const heavy = ['ready-transfers', 'ready-verifications', 'ready-readings', 'ready-webhooks'];
  const missing = ['ready (steps)', 'ready (workflows)', ...heavy.map((name) => `${name} (steps)`)];
  await red('workers', 'WORKERS_MISSING', missing.join(', '));
  const first = await startProvenWorker(portage, logger);
  expect(await green()).toMatchObject({ http: 200, reasons: {} });
  const workers = await until('the report of the worker', async () => {
    const { workers } = await details();
    return workers.length === 0 ? undefined : workers;
  });
  expect(workers).toMatchObject([{ queues: ['ready', ...heavy].map((name) => ({ name })), faults: [] }]);
  await first.stop();
  await red('workers', 'WORKERS_MISSING', 'ready-transfers (steps)');
  expect((await details()).workers).toEqual([]);
});

describe('with a worker', () => {
  let worker: Awaited<ReturnType<typeof startProvenWorker>>;
  beforeAll(async () => {
    worker = await startProvenWorker(portage, logger);
    await green();
    await until('its row', async () => (await details()).workers.length === 1);
  });
  afterAll(() => worker.stop());

  it('D67: names a worker whose key has other bytes under the same id; that one does no work', async () => {
    const other = await openPortage(await configOf(keyOf(2))(), undefined, limits);
    const giveUp = new AbortController();
    const waiting = startProvenWorker(other, logger, { signal: giveUp.signal });
    try {
      await red('workers', 'VAULT_KEY_WRONG', 'key id \\"main\\"');
      expect((await details()).workers).toHaveLength(2);
    } finally {
      giveUp.abort();
      await expect(waiting).rejects.toThrow(/abort/);
      await other.close();
    }
    await green();
  });

  it('serves nothing where its own key has other bytes', async () => {
    const other = await openPortage(await configOf(keyOf(2))(), undefined, limits);
    const listener = await bindListener({ host: '127.0.0.1', port: 0 });
    const another = await startServer(other, logger, { listener });
    expect(await (await fetch(`${another.url}/readyz`)).json()).toMatchObject({
      status: 'down',
      reasons: { vaultKeys: 'VAULT_KEY_WRONG' },
    });
    expect((await fetch(`${another.url}/connect/any`)).status).toBe(503);
    await another.stop();
    await other.close();
  });

  it('serves nothing while the stored check value is of other bytes, and serves again afterwards', async () => {
    const { db } = portage.database;
    const before = await db.select().from(vaultChecks);
    const { vaultKeys } = await configOf(keyOf(2))();
    await db.update(vaultChecks).set({ sealed: createVault(vaultKeys).seal('portage', 'vault_checks/main/sealed') });
    await red('vaultKeys', 'VAULT_KEY_WRONG', '"check":"vaultKeys"');
    expect((await fetch(`${server.url}/connect/any`)).status).toBe(503);
    for (const { keyId, sealed } of before) {
      await db.update(vaultChecks).set({ sealed }).where(eq(vaultChecks.keyId, keyId));
    }
    await green();
  });

  it('gives details only with an API key', async () => {
    // The worker may have met the wrong check value too, and reports it until its next round.
    await until('the details are ready', async () => (await details()).status === 'ready' || undefined);
    expect((await fetch(`${server.url}/v1/health`)).status).toBe(401);
  });

  (hasDisk ? it : it.skip)('notices a storage that cannot be written', async () => {
    // While a probe is being written, the disk is busy.
    await until('the disk is read-only', () => {
      const { status } = spawnSync('mount', ['-o', 'remount,ro', disk], { stdio: 'ignore' });
      return status === 0 ? true : undefined;
    });
    try {
      await red('storageWrite', 'STORAGE_UNAVAILABLE', 'EROFS');
      const failed = (await details()).checks.find(({ name }) => name === 'storageWrite');
      const remedy = expect.any(String) as string;
      expect(failed).toMatchObject({ passes: false, code: 'STORAGE_UNAVAILABLE', remedy });
      expect(failed?.message).toContain('EROFS');
      expect(Date.parse(failed?.since ?? '')).not.toBeNaN();
    } finally {
      execFileSync('mount', ['-o', 'remount,rw', disk]);
    }
    await green();
  });

  (hasDisk ? it : it.skip)('D69: notices a storage that is full, and before that a disk with little room', async () => {
    const fill = join(disk, 'fill');
    const free = () => statfsSync(disk).bavail * statfsSync(disk).bsize;
    writeFileSync(fill, Buffer.alloc(free() - 512 * 1024));
    await red('diskSpace', 'DISK_NEARLY_FULL', disk);
    expect((await readyz()).checks['storageWrite']).toBe(true);
    // A probe's object frees its space when it is deleted, so the disk is filled repeatedly.
    const more: string[] = [];
    await until('a full disk', async () => {
      const file = `${fill}-${more.length}`;
      if (free() > 4096) {
        more.push(file);
        try {
          writeFileSync(file, Buffer.alloc(free()));
        } catch {
          // A probe was faster.
        }
      }
      return (await readyz()).reasons['storageWrite'] === 'STORAGE_FULL';
    });
    await red('storageWrite', 'STORAGE_FULL', 'ENOSPC');
    for (const file of [fill, ...more]) rmSync(file, { force: true });
    await green();
  });
});
