/** The parts of `portage dev` that run in this process: emulator, database, worker, server and demo app. */
import { join } from 'node:path';

import pino from 'pino';

import type { Config } from '../config';
import type { Emulator } from '../emulator';
import { createLogger, type Logger } from '../log';
import { openPortage, type Portage } from '../portage';
import type { HomeLink } from '../server/home';
import { startServer } from '../server/start';
import { startProvenWorker } from '../worker/start-proven-worker';
import { installRuntime } from '../worker/start-worker';
import { devFiles } from './data-folder';
import { demoApiKey } from './demo-api-key';
import { startDevEmulator, type DevEmulatorOptions } from './dev-emulator';
import { linksTo } from './home-links';
import { startHostApp } from './host-app';
import type { DevListeners } from './listeners';
import { createPortageApi, type PortageApi } from './portage-api';
import type { TemporalServer } from './temporal-server';
import { leftLines, say, step as shownStep } from './terminal';

export interface PartsOptions extends Omit<DevEmulatorOptions, 'socket'> {
  readonly settings: Config;
  readonly listeners: DevListeners;
  /** Temporal's server once it answers; undefined when it runs elsewhere. */
  readonly temporalReady: Promise<TemporalServer | undefined>;
}

/** The parts that run, and what is known of them. */
export interface DevParts {
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
}

/** Each started part adds a function that stops it. */
type Stops = (() => Promise<void>)[];

const usualSampleResources = ['myactivity.search', 'youtube.subscriptions', 'maps.starred_places'];

/**
 * Starts the parts in order; the database is opened while Temporal's server starts.
 *
 * @param stops gets a function that stops each part that started
 */
export async function startParts(options: PartsOptions, signal: AbortSignal, stops: Stops): Promise<DevParts> {
  const { settings, listeners, publicUrl, dataDir } = options;
  const { emulator: socket } = listeners;
  const emulator = socket === undefined ? undefined : await startEmulator({ ...options, socket }, signal, stops);
  const logFile = join(dataDir, devFiles.log);
  const logger = createLogger(settings.logLevel, pino.destination({ dest: logFile, mkdir: true, sync: true }));
  const { temporal, portage } = await openStores(options, signal, stops);
  const homeLinks: HomeLink[] = [];
  await startWorkerAndServer({ portage, logger, listener: listeners.portage, homeLinks }, signal, stops);

  const { google } = portage.config;
  const usesEmulator = google.emulatorUrl !== undefined;
  const sampleResources = emulator?.givenResources ?? usualSampleResources;
  const api = createPortageApi({ url: publicUrl, apiKey: await demoApiKey(portage, dataDir, logger) });
  const hostApp = startHostApp({
    api,
    listener: listeners.demoApp,
    suggested: sampleResources,
    usesEmulator,
    keptIn: join(dataDir, devFiles.demoApp),
  });
  stops.push(() => hostApp.stop());
  const temporalUiUrl = temporal?.uiUrl;
  homeLinks.push(...linksTo({ demoApp: hostApp.url, emulator: google.emulatorUrl, temporalUi: temporalUiUrl }));
  return {
    ...{ config: portage.config, portage, logger, api },
    ...{ hostAppUrl: hostApp.url, usesEmulator, temporalUiUrl, sampleResources },
  };
}

/** One step of the start, unless the start was cancelled. */
function step<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  return shownStep(name, work);
}

async function startEmulator(options: DevEmulatorOptions, signal: AbortSignal, stops: Stops): Promise<Emulator> {
  const emulator = await step('Emulator', signal, () => startDevEmulator(options));
  stops.push(() => emulator.stop());
  for (const line of leftLines(emulator.givenLeft)) say(`  ${line}`);
  return emulator;
}

async function openStores({ settings, temporalReady }: PartsOptions, signal: AbortSignal, stops: Stops) {
  const database = step('Database', signal, async () => {
    const opened = await openPortage(settings);
    stops.push(() => opened.close());
    await opened.database.migrate();
    return opened;
  });
  // When one fails, the other must have started before it can be stopped.
  await Promise.allSettled([temporalReady, database]);
  const [temporal, portage] = await Promise.all([temporalReady, database]);
  if (temporal === undefined) return { temporal, portage };
  const access = { address: temporal.address, tls: undefined, apiKey: undefined };
  return { temporal, portage: { ...portage, config: { ...settings, temporal: { ...settings.temporal, ...access } } } };
}

async function startWorkerAndServer(
  parts: {
    readonly portage: Portage;
    readonly logger: Logger;
    readonly listener: DevListeners['portage'];
    /** Filled later, when the addresses are known. */
    readonly homeLinks: readonly HomeLink[];
  },
  signal: AbortSignal,
  stops: Stops,
): Promise<void> {
  const { portage, logger, listener, homeLinks } = parts;
  await step('Worker', signal, async () => {
    installRuntime(logger);
    const worker = await startProvenWorker(portage, logger, { signal });
    stops.push(() => worker.stop());
  });
  await step('Server', signal, async () => {
    const server = await startServer(portage, logger, { listener, homeLinks: () => homeLinks });
    stops.push(() => server.stop());
  });
}
