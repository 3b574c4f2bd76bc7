/** `portage dev`: everything in one process with embedded defaults, no account, no key and no container. */
import { resolve } from 'node:path';

import { listenAddress, refusePlainConnections, type Environment } from '../config';
import { requireUnused } from '../database/open-database';
import { holdInstance } from '../instance';
import { usesGoogle } from './demo-environment';
import { loadDevSettings } from './dev-settings';
import { beginTemporal } from './dev-temporal';
import { requireRegisteredPort } from './google-client';
import { bindDevListeners, type DevListeners } from './listeners';
import type { DevParts } from './parts';

export interface DevOptions {
  readonly environment: Environment;
  /** Folder with a person's own export, which the emulator then returns. */
  readonly archivesDir: string | undefined;
  /** How long the emulator's archive jobs take. */
  readonly jobDurationMs: number;
}

export interface RunningDev extends DevParts {
  stop(): Promise<void>;
}

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

async function start(options: DevOptions, signal: AbortSignal, stops: Stops): Promise<DevParts> {
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

  signal.throwIfAborted();
  const emulatorUrl = listeners.emulator?.url;
  const settings = loadDevSettings(environment, dataDir, { port, publicUrl, emulatorUrl });
  refusePlainConnections(settings);
  const temporal = await beginTemporal(environment, dataDir, stops, signal);
  // Loaded only now: Temporal's server starts in its own process meanwhile, and both take about a second.
  const { startParts } = await import('./parts.js');
  const own = { settings, listeners, publicUrl, dataDir, temporalReady: temporal.ready };
  const running = await startParts({ ...options, ...own }, signal, stops);
  const { config, temporalUiUrl } = running;
  instance.publish({
    urls: { ...urls, temporalUi: temporalUiUrl ?? null },
    temporalAddress: config.temporal.address,
  });
  return running;
}

/** @throws ConfigError when the free port is not the one that Google knows */
async function openSockets(environment: Environment, stops: Stops): Promise<DevListeners> {
  const atGoogle = usesGoogle(environment);
  const listeners = await bindDevListeners(environment, !atGoogle && !environment['GOOGLE_EMULATOR_URL'], stops);
  if (atGoogle) requireRegisteredPort(listeners.portage.port, listenAddress(environment).port);
  return listeners;
}
