/** Temporal is unreachable while a user comes back from Google: the consent is kept, and its workflow starts later. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { msToTs } from '@temporalio/common/lib/time';

import { findTemporal, startTemporalServer } from '../../src/dev/temporal-server';
import { usualLimits } from '../../src/domain/timeouts';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { cacheDir } from '../support/cache-dir';
import { until } from '../support/until';
import { quickHousekeeping, startTestPortage, type TestPortage } from '../support/portage';

it('a worker waits for a Temporal that lacks its namespace, logs the remedy, and starts when it exists', async () => {
  const namespace = `late-${randomUUID()}`;
  const portage = await startTestPortage({
    worker: false,
    environment: { TEMPORAL_NAMESPACE: namespace },
    limits: usualLimits,
  });
  const { connection } = portage.temporal;
  try {
    let isStarted = false;
    const starting = portage.startWorker().then((worker) => {
      isStarted = true;
      return worker;
    });
    const warnings = () =>
      portage.logLines.filter((line) => line.includes('"errorCode":"TEMPORAL_UNAVAILABLE","remedy"'));
    await until('the warning is logged', () => warnings().length > 0);
    expect(warnings().join()).toContain(`temporal operator namespace create --namespace ${namespace}`);
    expect(isStarted).toBe(false);
    // Started without it as well.
    expect((await fetch(`${portage.url}/healthz`)).status).toBe(200);
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs('1 day'),
    });
    await starting;
    // The server has gone on as well.
    await until('housekeeping is scheduled', () =>
      portage.logLines.some((line) => line.includes('"housekeeping scheduled"')),
    );
    expectOneAMinute(warnings());
  } finally {
    await portage.stop();
  }
});

it('a callback without Temporal loses nothing: one job, reset last', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portage-temporal-'));
  const binary = await findTemporal({
    path: process.env['PATH'],
    cacheDir,
    toolDir: join(__dirname, '../../tools/temporal'),
    report: () => undefined,
  });
  const startTemporal = (port: number) =>
    startTemporalServer({
      binary,
      ip: '127.0.0.1',
      port,
      dbFile: join(folder, 'temporal.db'),
      namespace: 'default',
      searchAttributes,
      logFile: join(folder, 'temporal.log'),
    });

  let temporal = await startTemporal(0);
  const { address } = temporal;
  const portage = await startTestPortage({
    environment: { TEMPORAL_ADDRESS: address, ...quickHousekeeping },
    limits: usualLimits,
  });
  try {
    await until('readiness', async () => (await fetch(`${portage.url}/readyz`)).status === 200);
    await temporal.stop();
    const { browser, callback, consentId } = await portage.connect({ resources: ['myactivity.search'] });
    expect(callback.status).toBe(303);
    expect((await browser.follow(callback)).status).toBe(200);
    expect(await portage.api.getConsent(consentId ?? '')).toMatchObject({ state: 'active', exports: [] });
    const statuses = await statusesOfRoutes(portage, consentId ?? '');
    const ready = await fetch(`${portage.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ status: 'degraded', checks: { temporal: false } });

    // Housekeeping, retention and the callback have noticed it and log it once together; the runtime has a log of its
    // own here.
    const refused = portage.logLines.filter((line) => line.includes('"errorCode":"TEMPORAL_UNAVAILABLE","remedy"'));
    const warned = refused.filter((line) => !line.includes('"sdkComponent":"core"'));
    temporal = await startTemporal(Number(address.split(':')[1]));
    expectOneAMinute(warned);
    expect(statuses).toEqual({
      created: 201,
      known: [200, 200, 200, 200],
      unknown: [404, 404, 404, 404, 404, 404, 404],
    });
    const consent = await portage.ended(consentId ?? '');
    expect(consent).toMatchObject({ state: 'completed', exports: [{ verdict: 'complete' }] });
    expect(portage.emulator.control.state.jobs).toHaveLength(1);
    const calls = portage.emulator.control.requests().map(({ method }) => method);
    expect(calls.slice(calls.indexOf('reset') + 1)).toEqual(['revoke']);
  } finally {
    await portage.stop();
    await temporal.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A run that lasts longer than a minute, as on a busy machine, has more warnings than one. */
function expectOneAMinute(warnings: readonly string[]): void {
  const atMs = warnings.map((line) => new Date((JSON.parse(line) as { time: number | string }).time).getTime());
  expect(atMs).not.toEqual([]);
  // The limit counts by another clock than the log does.
  for (const [index, at] of atMs.slice(1).entries()) expect(at - (atMs[index] ?? 0)).toBeGreaterThan(59_000);
}

/** No route of the API needs Temporal: each answers from the database. @returns their answers */
async function statusesOfRoutes(portage: TestPortage, consentId: string) {
  const routes = `${portage.url}/v1`;
  const headers = { authorization: `Bearer ${portage.apiKey}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ userId: 'user-2', resources: ['myactivity.search'] });
  const created = await fetch(`${routes}/connect-sessions`, { method: 'POST', headers, body });
  const { id } = (await created.json()) as { id: string };
  const ask = async (path: string, method = 'GET') => (await fetch(`${routes}${path}`, { method, headers })).status;
  const consent = `/consents/${consentId}`;
  const known = [`/connect-sessions/${id}`, consent, `${consent}/records`, `${consent}/records/counts`];
  const unknown = ['', '/parts/1', '/members', '/members/1/1', '/records', '/records/summary'];
  return {
    created: created.status,
    known: await Promise.all(known.map((path) => ask(path))),
    unknown: [
      ...(await Promise.all(unknown.map((path) => ask(`/exports/exp_unknown${path}`)))),
      await ask('/exports/exp_unknown/delivery', 'POST'),
    ],
  };
}
