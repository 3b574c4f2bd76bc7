/** `portage dev`: everything in one process with embedded defaults, no account, no key and no container. */
import { join, resolve } from 'node:path';

import pino from 'pino';

import { loadConfig, type Config } from '../config';
import { startEmulator } from '../emulator';
import { createLogger, type Logger } from '../log';
import { openPortage, type Portage } from '../portage';
import { startServer } from '../server/start';
import { installRuntime, startWorker } from '../worker';
import { searchAttributes } from '../workflows/search-attributes';
import { defaultCacheDir } from './cache-dir';
import { keptSecret, newVaultKeys, replaceSecret } from './data-folder';
import { startHostApp } from './host-app';
import { createPortageApi, type PortageApi } from './portage-api';
import { freePort } from './ports';
import { findTemporal, startTemporalServer, type TemporalServer } from './temporal-server';
import { progressLine } from './progress';
import { step } from './terminal';

export interface DevOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder with a person's own export, for the emulator to answer with. */
  readonly archivesDir: string | undefined;
  /** How long the emulator's archive jobs take. */
  readonly jobDurationMs: number;
}

export interface RunningDev {
  readonly config: Config;
  readonly api: PortageApi;
  readonly hostAppUrl: string;
  readonly usesEmulator: boolean;
  /** Undefined when Temporal runs elsewhere. */
  readonly temporalUiUrl: string | undefined;
  /** Resources of the sample user. */
  readonly sampleResources: readonly string[];
  stop(): Promise<void>;
}

const packageRoot = join(__dirname, '../..');
const loopback = '127.0.0.1';
const sampleResources = ['myactivity.search', 'youtube.subscriptions', 'maps.starred_places'];
/** The demo's day is short: an archive takes seconds, so it is asked for every second. */
const demoPolicy = { POLL_MIN: '1s', POLL_MAX: '5s', RETRY_FIRST: '1s', RETRY_LONGEST: '30s' };
/** The demo's Google Cloud project, so that renewal links lead somewhere. */
const demoProjectNumber = '100000000001';
const demoClient = { GOOGLE_CLIENT_ID: 'portage-demo', GOOGLE_CLIENT_SECRET: 'portage-demo-secret' };

/** Starts what the environment does not name, in the right order; undoes all of it when one part fails. */
export async function startDev(options: DevOptions, signal: AbortSignal): Promise<RunningDev> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (let next = stops.pop(); next !== undefined; next = stops.pop()) await next();
  };
  try {
    return await start(options, signal, stops, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  { environment, archivesDir, jobDurationMs }: DevOptions,
  signal: AbortSignal,
  stops: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<RunningDev> {
  const dataDir = resolve(environment['DATA_DIR'] ?? '.portage');
  const port = await freePort(Number(environment['PORT'] ?? 3000), loopback);
  const publicUrl = environment['PUBLIC_URL'] ?? `http://localhost:${port}`;
  const usesGoogle = environment['GOOGLE_CLIENT_ID'] !== undefined && environment['GOOGLE_EMULATOR_URL'] === undefined;

  const emulator =
    usesGoogle || environment['GOOGLE_EMULATOR_URL'] !== undefined
      ? undefined
      : await step('Emulator', async () =>
          startEmulator({
            port: await freePort(3200, loopback),
            clients: [
              {
                clientId: demoClient.GOOGLE_CLIENT_ID,
                clientSecret: demoClient.GOOGLE_CLIENT_SECRET,
                projectNumber: demoProjectNumber,
                redirectUris: [`${publicUrl}/oauth/callback`],
              },
            ],
            jobDurationMs,
            stateFile: join(dataDir, 'emulator.json'),
            ...(archivesDir === undefined ? {} : { archivesDir: resolve(archivesDir) }),
          }),
        );
  if (emulator !== undefined) stops.push(() => emulator.stop());

  const settings = loadConfig({
    VAULT_KEYS: keptSecret(dataDir, 'vault.key', newVaultKeys),
    // Whoever tries Portage out is to see in Temporal's Web UI what it does.
    TEMPORAL_PAYLOADS: 'readable',
    ...(usesGoogle ? {} : { ...demoClient, ...demoPolicy }),
    ...(emulator === undefined ? {} : { GOOGLE_EMULATOR_URL: emulator.url, GOOGLE_PROJECT_NUMBER: demoProjectNumber }),
    ...defined(environment),
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    DATA_DIR: dataDir,
  });
  const logger = createLogger(
    settings.logLevel,
    pino.destination({ dest: join(dataDir, 'portage.log'), mkdir: true, sync: true }),
  );

  const { temporal, portage } = await startStores(environment, settings, stops);
  const { config } = portage;
  await step('Worker', async () => {
    installRuntime(logger);
    const worker = await startWorker(
      {
        temporal: config.temporal,
        dataConverter: portage.dataConverter,
        dependencies: portage.activityDependencies,
        logger,
      },
      signal,
    );
    stops.push(() => worker.stop());
  });
  await step('Server', async () => {
    const server = await startServer(portage, logger);
    stops.push(() => server.stop());
  });

  const given = emulator?.givenResources;
  const api = createPortageApi({ url: publicUrl, apiKey: await demoApiKey(portage, dataDir, logger) });
  const hostApp = await startHostApp({
    api,
    host: loopback,
    port: await freePort(port + 1, loopback),
    suggested: given ?? sampleResources,
  });
  stops.push(() => hostApp.stop());
  return {
    config,
    api,
    hostAppUrl: hostApp.url,
    usesEmulator: config.google.emulatorUrl !== undefined,
    temporalUiUrl: temporal?.uiUrl,
    sampleResources: given ?? sampleResources,
    stop,
  };
}

/**
 * Starts Temporal's server, unless it runs elsewhere, and opens the database meanwhile: the server is a process of its
 * own. Both are stopped at the same time, too.
 */
async function startStores(
  environment: DevOptions['environment'],
  settings: Config,
  stops: (() => Promise<void>)[],
): Promise<{ temporal: TemporalServer | undefined; portage: Portage }> {
  const started: (() => Promise<void>)[] = [];
  stops.push(async () => {
    const ends = started.map((end) => end());
    await Promise.allSettled(ends);
    await Promise.all(ends);
  });
  // Before the rest: obtaining the program may take minutes, which are shown on a line of their own.
  const binary = environment['TEMPORAL_ADDRESS'] === undefined ? await obtainTemporal(environment) : undefined;
  const server = binary === undefined ? undefined : startTemporal(binary, settings.dataDir, started);
  const database = step('Database', async () => {
    const opened = await openPortage(settings);
    started.push(() => opened.close());
    await opened.database.migrate();
    return opened;
  });
  // When one fails, the other has still to come up before it can be stopped.
  await Promise.allSettled([server, database]);
  const [temporal, opened] = await Promise.all([server, database]);
  const { address } = temporal ?? settings.temporal;
  return { temporal, portage: { ...opened, config: { ...settings, temporal: { ...settings.temporal, address } } } };
}

function obtainTemporal(environment: DevOptions['environment']): Promise<string> {
  return findTemporal({
    path: environment['PATH'],
    cacheDir: defaultCacheDir(environment),
    toolDir: join(packageRoot, 'tools/temporal'),
    report: progressLine(process.stderr),
  });
}

function startTemporal(binary: string, dataDir: string, started: (() => Promise<void>)[]): Promise<TemporalServer> {
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

/** The demo host app's key, made once for a data folder. */
async function demoApiKey(portage: Portage, dataDir: string, logger: Logger): Promise<string> {
  const kept = keptSecret(dataDir, 'api.key', () => 'none');
  if ((await portage.hostApps.findByApiKey(kept)) !== undefined) return kept;
  const { key } = await portage.hostApps.createApiKey('Demo host app');
  replaceSecret(dataDir, 'api.key', key);
  logger.info('API key of the demo host app made');
  return key;
}

function defined(environment: DevOptions['environment']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, value]],
    ),
  );
}
