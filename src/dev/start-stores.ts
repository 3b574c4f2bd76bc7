/** Starts Temporal's server and opens the database for `portage dev`, side by side. */
import { join } from 'node:path';

import type { Config } from '../config';
import { openPortage, type Portage } from '../portage';
import { searchAttributes } from '../workflows/search-attributes';
import { defaultCacheDir } from './cache-dir';
import { freePort } from './ports';
import { progressLine } from './progress';
import { findTemporal, startTemporalServer, type TemporalServer } from './temporal-server';
import { step } from './terminal';

type Environment = Readonly<Record<string, string | undefined>>;
type Stop = () => Promise<void>;

const packageRoot = join(__dirname, '../..');
const loopback = '127.0.0.1';

export interface Stores {
  /** Undefined when Temporal runs elsewhere. */
  readonly temporal: TemporalServer | undefined;
  /** Its database is migrated, and its configuration names the server that was started. */
  readonly portage: Portage;
}

/**
 * Starts Temporal's server, unless `TEMPORAL_ADDRESS` names one, and opens the database meanwhile: the server is a
 * process of its own.
 *
 * @param stops gets one function that stops both at the same time, also when one of them failed to start
 * @throws what starting either of them throws, once both attempts have ended
 */
export async function startStores(environment: Environment, settings: Config, stops: Stop[]): Promise<Stores> {
  const started: Stop[] = [];
  stops.push(async () => {
    const ends = started.map((end) => end());
    await Promise.allSettled(ends);
    await Promise.all(ends);
  });
  // Before the rest: obtaining the program may take minutes, which are shown on a line of their own.
  const binary = environment['TEMPORAL_ADDRESS'] === undefined ? await obtainTemporal(environment) : undefined;
  const server = binary === undefined ? undefined : startTemporal(binary, settings.dataDir, started);
  const database = openDatabase(settings, started);
  // When one fails, the other has still to come up before it can be stopped.
  await Promise.allSettled([server, database]);
  const [temporal, portage] = await Promise.all([server, database]);
  const { address } = temporal ?? settings.temporal;
  return { temporal, portage: { ...portage, config: { ...settings, temporal: { ...settings.temporal, address } } } };
}

function obtainTemporal(environment: Environment): Promise<string> {
  return findTemporal({
    path: environment['PATH'],
    cacheDir: defaultCacheDir(environment),
    toolDir: join(packageRoot, 'tools/temporal'),
    report: progressLine(process.stderr),
  });
}

function startTemporal(binary: string, dataDir: string, started: Stop[]): Promise<TemporalServer> {
  return step('Temporal', async () => {
    const server = await startTemporalServer({
      binary,
      ip: loopback,
      port: await freePort(7233, loopback),
      uiPort: await freePort(8233, loopback),
      dbFile: join(dataDir, 'temporal.db'),
      namespace: 'default',
      searchAttributes,
      logFile: join(dataDir, 'temporal.log'),
    });
    started.push(() => server.stop());
    return server;
  });
}

function openDatabase(settings: Config, started: Stop[]): Promise<Portage> {
  return step('Database', async () => {
    const portage = await openPortage(settings);
    started.push(() => portage.close());
    await portage.database.migrate();
    return portage;
  });
}
