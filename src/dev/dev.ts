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
import { demoClient, demoPolicy, demoProjectNumber, usesGoogle } from './demo-environment';
import { keptSecret, newVaultKeys, replaceSecret } from './data-folder';
import { startHostApp } from './host-app';
import { createPortageApi, type PortageApi } from './portage-api';
import { freePort } from './ports';
import { findTemporal, startTemporalServer, type TemporalServer } from './temporal-server';
import { progressLine } from './progress';
import { leftLines, say, step } from './terminal';

export interface DevOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder with a person's own export, for the emulator to answer with. */
  readonly archivesDir: string | undefined;
  /** How long the emulator's archive jobs take. */
  readonly jobDurationMs: number;
}

export interface RunningDev {
  readonly config: Config;
  readonly portage: Portage;
  readonly logger: Logger;
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
  const withGoogle = usesGoogle(environment);

  const emulator =
    withGoogle || environment['GOOGLE_EMULATOR_URL'] !== undefined
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
  for (const line of leftLines(emulator?.givenLeft ?? [])) say(`  ${line}`);

  const temporal =
    environment['TEMPORAL_ADDRESS'] === undefined ? await startTemporal(environment, dataDir) : undefined;
  if (temporal !== undefined) stops.push(() => temporal.stop());

  const config = loadConfig({
    VAULT_KEYS: keptSecret(dataDir, 'vault.key', newVaultKeys),
    // Whoever tries Portage out is to see in Temporal's Web UI what it does.
    TEMPORAL_PAYLOADS: 'readable',
    ...(withGoogle ? {} : { ...demoClient, ...demoPolicy }),
    ...(emulator === undefined ? {} : { GOOGLE_EMULATOR_URL: emulator.url, GOOGLE_PROJECT_NUMBER: demoProjectNumber }),
    ...(temporal === undefined ? {} : { TEMPORAL_ADDRESS: temporal.address }),
    ...defined(environment),
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    DATA_DIR: dataDir,
  });
  const logger = createLogger(
    config.logLevel,
    pino.destination({ dest: join(dataDir, 'portage.log'), mkdir: true, sync: true }),
  );

  const portage = await step('Database', async () => {
    const opened = await openPortage(config);
    stops.push(() => opened.close());
    await opened.database.migrate();
    return opened;
  });
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
    portage,
    logger,
    api,
    hostAppUrl: hostApp.url,
    usesEmulator: config.google.emulatorUrl !== undefined,
    temporalUiUrl: temporal?.uiUrl,
    sampleResources: given ?? sampleResources,
    stop,
  };
}

async function startTemporal(environment: DevOptions['environment'], dataDir: string): Promise<TemporalServer> {
  const binary = await findTemporal({
    path: environment['PATH'],
    cacheDir: defaultCacheDir(environment),
    toolDir: join(packageRoot, 'tools/temporal'),
    report: progressLine(process.stderr),
  });
  return step('Temporal', async () =>
    startTemporalServer({
      binary,
      ip: loopback,
      port: await freePort(7233, loopback),
      uiPort: await freePort(8233, loopback),
      dbFile: join(dataDir, 'temporal.db'),
      namespace: 'default',
      searchAttributes,
      logFile: join(dataDir, 'temporal.log'),
    }),
  );
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
