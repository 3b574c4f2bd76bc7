/** Before all tests: builds what is stale, starts one Temporal server for the run, obtains the servers of single tests. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { progressLine } from '../../src/dev/progress';
import { findTemporal, startTemporalServer } from '../../src/dev/temporal-server';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { cacheDir } from '../support/cache-dir';
import { timeSkippingExecutable } from '../support/time-skipping-server';
import { versitygwProgram } from '../support/versitygw';

const root = join(__dirname, '..', '..');

export default async function setup(): Promise<void> {
  // Types are judged by `npm run check`; here a complaint of the compiler is shown and the tests run all the same.
  const build = [join(root, 'tools', 'build.mjs'), '--tolerate-type-errors'];
  execFileSync(process.execPath, build, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });

  const report = progressLine(process.stderr);
  // Obtained here rather than in the first tests that want them, where minutes would count as the tests' own.
  // Whether they could be had is said by those tests.
  await timeSkippingExecutable(report).catch(() => undefined);
  await versitygwProgram(report).catch(() => undefined);

  if (process.env['TEMPORAL_ADDRESS']) return;
  const toolDir = join(root, 'tools', 'temporal');
  const server = await startTemporalServer({
    binary: await findTemporal({ path: process.env['PATH'], cacheDir, toolDir, report }),
    ip: '127.0.0.1',
    port: 0,
    namespace: 'default',
    searchAttributes,
    logFile: join(mkdtempSync(join(tmpdir(), 'portage-test-temporal-')), 'temporal.log'),
  });
  // Inherited by the processes that run the tests.
  process.env['TEMPORAL_ADDRESS'] = server.address;
  Object.assign(globalThis, { stopTemporalServer: () => server.stop() });
}
