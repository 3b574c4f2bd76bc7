/** Temporal's server of `portage dev`, unless one runs elsewhere. */
import { join } from 'node:path';

import type { Environment } from '../config';
import { searchAttributes } from '../workflows/search-attributes';
import { defaultCacheDir } from './cache-dir';
import { progressLine } from './progress';
import { findTemporal, startTemporalServer, type TemporalServer } from './temporal-server';
import { step } from './terminal';

const packageRoot = join(__dirname, '../..');

/**
 * Starts the server's process, and does not wait until the server answers.
 *
 * @param stops gets a function that stops the server
 * @returns `ready`: the server once it answers; undefined when Temporal runs elsewhere
 */
export async function beginTemporal(
  environment: Environment,
  dataDir: string,
  stops: (() => Promise<void>)[],
  signal: AbortSignal,
): Promise<{ readonly ready: Promise<TemporalServer | undefined> }> {
  if (environment['TEMPORAL_ADDRESS'] !== undefined) return { ready: Promise.resolve(undefined) };
  // Awaited, because obtaining the program may take minutes, which have their own line.
  const binary = await obtainTemporal(environment, signal);
  const stopping = new AbortController();
  return new Promise((resolve, reject) => {
    const ready = step('Temporal', () =>
      startTemporalServer(
        {
          binary,
          ip: '127.0.0.1',
          port: 7233,
          uiPort: 8233,
          orNext: true,
          dbFile: join(dataDir, 'temporal.db'),
          namespace: 'default',
          searchAttributes,
          logFile: join(dataDir, 'temporal.log'),
          onSpawn: () => resolve({ ready }),
        },
        AbortSignal.any([signal, stopping.signal]),
      ),
    );
    // A failure after the process began reaches the caller through `ready`.
    ready.catch(reject);
    stops.push(async () => {
      // One that has not answered yet is stopped by the start that is cancelled.
      stopping.abort();
      await (await ready.catch(() => undefined))?.stop();
    });
  });
}

function obtainTemporal(environment: Environment, signal: AbortSignal): Promise<string> {
  return findTemporal({
    path: environment['PATH'],
    cacheDir: defaultCacheDir(environment),
    toolDir: join(packageRoot, 'tools/temporal'),
    report: progressLine(process.stderr),
    signal,
  });
}
