/** The emulator of `portage dev`: it knows the demo's client, and keeps its state in the data folder. */
import { join, resolve } from 'node:path';

import { startEmulator, type Emulator } from '../emulator';
import type { Listener } from '../listener';
import { demoClient, demoProjectNumber } from './demo-environment';

export interface DevEmulatorOptions {
  readonly socket: Listener;
  /** The address of Portage, to which the emulator redirects the browser. */
  readonly publicUrl: string;
  /** Absolute path. */
  readonly dataDir: string;
  readonly jobDurationMs: number;
  readonly archivesDir: string | undefined;
}

export async function startDevEmulator(options: DevEmulatorOptions): Promise<Emulator> {
  const { socket, publicUrl, dataDir, jobDurationMs, archivesDir } = options;
  const emulator = await startEmulator({
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
  });
  // The state of an earlier start holds its duration.
  emulator.control.setJobs({ durationMs: jobDurationMs });
  return emulator;
}
