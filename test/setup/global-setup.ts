/** Before all tests: builds what is stale, starts one Temporal server for the run, obtains the time-skipping one. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from '../../src/dev/ports';
import { progressLine } from '../../src/dev/progress';
import { findTemporal, startTemporalServer } from '../../src/dev/temporal-server';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { cacheDir } from '../support/cache-dir';
import { timeSkippingExecutable } from '../support/time-skipping-server';

const root = join(__dirname, '..', '..');

export default async function setup(): Promise<void> {
  // Types are judged by `npm run check`; here a complaint of the compiler is shown and the tests run all the same.
  const build = [join(root, 'tools', 'build.mjs'), '--tolerate-type-errors'];
  execFileSync(process.execPath, build, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });

  const report = progressLine(process.stderr);
  // Obtained here rather than in the first test that wants it, where Maven's minute would count as the test's own.
  // Whether it could be had is said by that test.
  await timeSkippingExecutable(report).catch(() => undefined);

  if (process.env['TEMPORAL_ADDRESS']) return;
  const toolDir = join(root, 'tools', 'temporal');
  const server = await startTemporalServer({
    binary: await findTemporal({ path: process.env['PATH'], cacheDir, toolDir, report }),
    ip: '127.0.0.1',
    port: await freePort(0, '127.0.0.1'),
    namespace: 'default',
    searchAttributes,
    logFile: join(mkdtempSync(join(tmpdir(), 'portage-test-temporal-')), 'temporal.log'),
  });
  // Inherited by the processes that run the tests.
  process.env['TEMPORAL_ADDRESS'] = server.address;
  Object.assign(globalThis, { stopTemporalServer: () => server.stop() });
}
