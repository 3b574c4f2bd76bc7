/** Temporal's development server for a test run, without a Web UI and in memory. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { progressLine } from '../../src/dev/progress';
import { findTemporal, startTemporalServer } from '../../src/dev/temporal-server';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { cacheDir } from '../support/cache-dir';
import type { SharedServer } from './shared-servers';

const toolDir = join(__dirname, '..', '..', 'tools', 'temporal');

export async function startSharedTemporal(): Promise<SharedServer<{ address: string }>> {
  const given = process.env['TEMPORAL_ADDRESS'];
  if (given !== undefined && given !== '') return { facts: { address: given }, stop: () => Promise.resolve() };
  const path = process.env['PATH'];
  const binary = await findTemporal({ path, cacheDir, toolDir, report: progressLine(process.stderr) });
  const folder = await mkdtemp(join(tmpdir(), 'portage-test-temporal-'));
  const server = await startTemporalServer({
    binary,
    ip: '127.0.0.1',
    port: 0,
    namespace: 'default',
    searchAttributes,
    logFile: join(folder, 'temporal.log'),
    // Go's garbage collector runs a quarter as often as by default, where it takes a tenth of the server's CPU time.
    env: { ...process.env, GOGC: '400' },
  });
  return {
    facts: { address: server.address },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
