/** The stores of `portage dev`: Temporal's server, unless it runs elsewhere, and the database with the storage. */
import { join } from 'node:path';

import { refusePlainConnections, type Config } from '../config';
import { openPortage, type Portage } from '../portage';
import { searchAttributes } from '../workflows/search-attributes';
import { defaultCacheDir } from './cache-dir';
import { progressLine } from './progress';
import { findTemporal, startTemporalServer, type TemporalServer } from './temporal-server';
import { step } from './terminal';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Stores {
  /** Undefined when Temporal runs elsewhere. */
  readonly temporal: TemporalServer | undefined;
  readonly portage: Portage;
}

const packageRoot = join(__dirname, '../..');

/**
 * Starts Temporal's server and opens the database in parallel, since the server is a separate process. Both are also
 * stopped in parallel.
 *
 * @param stops gets a function that stops each of the two that started
 */
export async function startStores(
  environment: Environment,
  settings: Config,
  stops: (() => Promise<void>)[],
  signal: AbortSignal,
): Promise<Stores> {
  refusePlainConnections(settings);
  const started: (() => Promise<void>)[] = [];
  stops.push(async () => {
    const ends = started.map((end) => end());
    await Promise.allSettled(ends);
    await Promise.all(ends);
  });
  signal.throwIfAborted();
  // First, because obtaining the program may take minutes, which have their own line.
  const binary = environment['TEMPORAL_ADDRESS'] === undefined ? await obtainTemporal(environment, signal) : undefined;
  const server = binary === undefined ? undefined : startTemporal(binary, settings.dataDir, started, signal);
  const database = step('Database', async () => {
    const opened = await openPortage(settings);
    started.push(() => opened.close());
    await opened.database.migrate();
    return opened;
  });
  // When one fails, the other must have started before it can be stopped.
  await Promise.allSettled([server, database]);
  const [temporal, opened] = await Promise.all([server, database]);
  if (temporal === undefined) return { temporal, portage: opened };
  const access = { address: temporal.address, tls: undefined, apiKey: undefined };
  return { temporal, portage: { ...opened, config: { ...settings, temporal: { ...settings.temporal, ...access } } } };
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

function startTemporal(
  binary: string,
  dataDir: string,
  started: (() => Promise<void>)[],
  signal: AbortSignal,
): Promise<TemporalServer> {
  return step('Temporal', async () => {
    const server = await startTemporalServer(
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
      },
      signal,
    );
    started.push(() => server.stop());
    return server;
  });
}
