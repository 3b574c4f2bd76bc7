/** `portage dev`: everything in one process with embedded defaults, no account, no key and no container. */
import { join, resolve } from 'node:path';

import pino from 'pino';

import { listenAddress, loadConfig, type Config } from '../config';
import { requireUnused } from '../database/open-database';
import { startEmulator } from '../emulator';
import { holdInstance } from '../instance';
import { createLogger, type Logger } from '../log';
import type { Portage } from '../portage';
import type { HomeLink } from '../server/home';
import { startServer } from '../server/start';
import { startProvenWorker } from '../proven-worker';
import { installRuntime } from '../worker';
import { demoClient, demoPolicy, demoProjectNumber, usesGoogle } from './demo-environment';
import { devFiles, keptSecret, newVaultKeys, replaceSecret } from './data-folder';
import { clientFor, requireRegisteredPort } from './google-client';
import { startHostApp } from './host-app';
import { bindDevListeners } from './listeners';
import { createPortageApi, type PortageApi } from './portage-api';
import { startStores } from './stores';
import { leftLines, say, step as shownStep } from './terminal';

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

const sampleResources = ['myactivity.search', 'youtube.subscriptions', 'maps.starred_places'];

/** Starts what the environment does not name, in the right order; undoes all of it when one part fails. */
export async function startDev(options: DevOptions, signal: AbortSignal): Promise<RunningDev> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    const failures: unknown[] = [];
    // One part that fails to stop must not keep the others running.
    for (let next = stops.pop(); next !== undefined; next = stops.pop()) {
      await next().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
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
  const step = <T>(name: string, work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    return shownStep(name, work);
  };
  const dataDir = resolve(environment['DATA_DIR'] || '.portage');
  const instance = await holdInstance(dataDir);
  stops.push(() => {
    instance.release();
    return Promise.resolve();
  });
  if (!environment['DATABASE_URL']) requireUnused(dataDir);
  const atGoogle = usesGoogle(environment);
  const withEmulator = !atGoogle && !environment['GOOGLE_EMULATOR_URL'];
  const listeners = await bindDevListeners(environment, withEmulator, stops);
  if (atGoogle) requireRegisteredPort(listeners.portage.port, listenAddress(environment).port);
  const publicUrl = environment['PUBLIC_URL'] || `http://localhost:${listeners.portage.port}`;
  const urls = {
    portage: publicUrl,
    demoApp: `http://localhost:${listeners.demoApp.port}`,
    emulator: listeners.emulator?.url ?? environment['GOOGLE_EMULATOR_URL'] ?? null,
  };
  instance.tell({ urls: { ...urls, temporalUi: null }, temporalAddress: null });

  const { emulator: socket } = listeners;
  const emulator =
    socket === undefined
      ? undefined
      : await step('Emulator', () =>
          startEmulator({
            socket,
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

  const settings = loadConfig({
    VAULT_KEYS: keptSecret(dataDir, devFiles.vaultKey, newVaultKeys),
    // Whoever tries Portage out is to see in Temporal's Web UI what it does.
    TEMPORAL_PAYLOADS: 'readable',
    ...clientFor(environment),
    ...(atGoogle ? {} : demoPolicy),
    ...(emulator === undefined ? {} : { GOOGLE_EMULATOR_URL: emulator.url, GOOGLE_PROJECT_NUMBER: demoProjectNumber }),
    ...defined(environment),
    PORT: String(listeners.portage.port),
    PUBLIC_URL: publicUrl,
    DATA_DIR: dataDir,
  });
  const logger = createLogger(
    settings.logLevel,
    pino.destination({ dest: join(dataDir, devFiles.log), mkdir: true, sync: true }),
  );

  const { temporal, portage } = await startStores(environment, settings, stops, signal);
  const { config } = portage;
  await step('Worker', async () => {
    installRuntime(logger);
    const worker = await startProvenWorker(portage, logger, { signal });
    stops.push(() => worker.stop());
  });
  const homeLinks: HomeLink[] = [];
  await step('Server', async () => {
    const server = await startServer(portage, logger, { listener: listeners.portage, homeLinks: () => homeLinks });
    stops.push(() => server.stop());
  });

  const given = emulator?.givenResources;
  const api = createPortageApi({ url: publicUrl, apiKey: await demoApiKey(portage, dataDir, logger) });
  const hostApp = startHostApp({
    api,
    listener: listeners.demoApp,
    suggested: given ?? sampleResources,
    usesEmulator: config.google.emulatorUrl !== undefined,
    keptIn: join(dataDir, devFiles.demoApp),
  });
  stops.push(() => hostApp.stop());
  homeLinks.push(
    ...linksTo({ demoApp: hostApp.url, emulator: config.google.emulatorUrl, temporalUi: temporal?.uiUrl }),
  );
  instance.tell({
    urls: { ...urls, temporalUi: temporal?.uiUrl ?? null },
    temporalAddress: config.temporal.address,
  });
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

function linksTo(urls: { demoApp: string; emulator: string | undefined; temporalUi: string | undefined }): HomeLink[] {
  const places = [
    { title: 'Demo app', url: urls.demoApp, about: 'a small app to connect from and to see the records in' },
    { title: 'Emulator', url: urls.emulator, about: 'the pretend Google' },
    { title: 'Temporal UI', url: urls.temporalUi, about: 'every import as a workflow, with its steps' },
  ];
  return places.flatMap(({ url, ...place }) => (url === undefined ? [] : [{ ...place, url }]));
}

/** The demo host app's key, made once for a data folder. */
async function demoApiKey(portage: Portage, dataDir: string, logger: Logger): Promise<string> {
  const kept = keptSecret(dataDir, devFiles.apiKey, () => 'none');
  if ((await portage.hostApps.findByApiKey(kept)) !== undefined) return kept;
  const { key } = await portage.hostApps.createApiKey('Demo host app');
  replaceSecret(dataDir, devFiles.apiKey, key);
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
