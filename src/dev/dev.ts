/** `portage dev`: everything in one process with embedded defaults, no account, no key and no container. */
import { join, resolve } from 'node:path';

import pino from 'pino';

import { listenAddress, type Config, type Environment } from '../config';
import { requireUnused } from '../database/open-database';
import type { Emulator } from '../emulator';
import { holdInstance } from '../instance';
import { createLogger, type Logger } from '../log';
import type { Portage } from '../portage';
import { startProvenWorker } from '../worker/start-proven-worker';
import type { HomeLink } from '../server/home';
import { startServer } from '../server/start';
import { installRuntime } from '../worker/start-worker';
import { devFiles } from './data-folder';
import { demoApiKey } from './demo-api-key';
import { usesGoogle } from './demo-environment';
import { startDevEmulator, type DevEmulatorOptions } from './dev-emulator';
import { loadDevSettings } from './dev-settings';
import { requireRegisteredPort } from './google-client';
import { linksTo } from './home-links';
import { startHostApp } from './host-app';
import { bindDevListeners, type DevListeners } from './listeners';
import { createPortageApi, type PortageApi } from './portage-api';
import { startStores } from './stores';
import { leftLines, say, step as shownStep } from './terminal';

export interface DevOptions {
  readonly environment: Environment;
  /** Folder with a person's own export, which the emulator then returns. */
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

const usualSampleResources = ['myactivity.search', 'youtube.subscriptions', 'maps.starred_places'];

/** Each started part adds a function that stops it. */
type Stops = (() => Promise<void>)[];

/** Starts the parts that the environment does not name, in order; stops all of them when one fails. */
export async function startDev(options: DevOptions, signal: AbortSignal): Promise<RunningDev> {
  const stops: Stops = [];
  const stop = async (): Promise<void> => {
    const failures: unknown[] = [];
    // One part that fails to stop must not keep the others running.
    for (let next = stops.pop(); next !== undefined; next = stops.pop()) {
      await next().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  };
  try {
    return { ...(await start(options, signal, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(options: DevOptions, signal: AbortSignal, stops: Stops): Promise<Omit<RunningDev, 'stop'>> {
  const { environment } = options;
  const dataDir = resolve(environment['DATA_DIR'] || '.portage');
  const instance = await holdInstance(dataDir);
  stops.push(() => {
    instance.release();
    return Promise.resolve();
  });
  if (!environment['DATABASE_URL']) requireUnused(dataDir);
  const listeners = await openSockets(environment, stops);
  const { port } = listeners.portage;
  const publicUrl = environment['PUBLIC_URL'] || `http://localhost:${port}`;
  const urls = {
    portage: publicUrl,
    demoApp: `http://localhost:${listeners.demoApp.port}`,
    emulator: listeners.emulator?.url ?? environment['GOOGLE_EMULATOR_URL'] ?? null,
  };
  instance.publish({ urls: { ...urls, temporalUi: null }, temporalAddress: null });

  const { emulator: socket } = listeners;
  const emulator =
    socket === undefined ? undefined : await startEmulator({ ...options, socket, publicUrl, dataDir }, signal, stops);
  const settings = loadDevSettings(environment, dataDir, { port, publicUrl, emulatorUrl: emulator?.url });
  const logFile = join(dataDir, devFiles.log);
  const logger = createLogger(settings.logLevel, pino.destination({ dest: logFile, mkdir: true, sync: true }));
  const { temporal, portage } = await startStores(environment, settings, stops, signal);
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
  const temporalAddress = portage.config.temporal.address;
  instance.publish({ urls: { ...urls, temporalUi: temporalUiUrl ?? null }, temporalAddress });
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

/** @throws ConfigError when the free port is not the one that Google knows */
async function openSockets(environment: Environment, stops: Stops): Promise<DevListeners> {
  const atGoogle = usesGoogle(environment);
  const listeners = await bindDevListeners(environment, !atGoogle && !environment['GOOGLE_EMULATOR_URL'], stops);
  if (atGoogle) requireRegisteredPort(listeners.portage.port, listenAddress(environment).port);
  return listeners;
}

async function startEmulator(options: DevEmulatorOptions, signal: AbortSignal, stops: Stops): Promise<Emulator> {
  const emulator = await step('Emulator', signal, () => startDevEmulator(options));
  stops.push(() => emulator.stop());
  for (const line of leftLines(emulator.givenLeft)) say(`  ${line}`);
  return emulator;
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
