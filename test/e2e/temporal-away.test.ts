/** Temporal is away while a user comes back from Google: the consent is kept, and its workflow starts later. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { findTemporal, startTemporalServer } from '../../src/dev/temporal-server';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { cacheDir } from '../support/cache-dir';
import { quickHousekeeping, startTestPortage } from '../support/portage';
import { until } from '../support/until';

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
  const portage = await startTestPortage({ environment: { TEMPORAL_ADDRESS: address, ...quickHousekeeping } });
  try {
    await until('readiness', async () => (await fetch(`${portage.url}/readyz`)).status === 200);
    await temporal.stop();
    const { browser, callback, consentId } = await portage.connect({ resources: ['myactivity.search'] });
    expect(callback.status).toBe(303);
    expect((await browser.follow(callback)).status).toBe(200);
    expect(await portage.api.getConsent(consentId ?? '')).toMatchObject({ state: 'active', exports: [] });
    const ready = await fetch(`${portage.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ status: 'degraded', checks: { temporal: false } });

    temporal = await startTemporal(Number(address.split(':')[1]));
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
