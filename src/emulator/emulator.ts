/** Connects the components of the emulator and opens its socket. */
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAccounts } from './accounts';
import { createClients } from './clients';
import { clockState, createClock } from './clock';
import { createControl, type Control } from './control/control';
import { createUploads } from './control/uploads';
import { createFaults } from './faults/faults';
import { createApp } from './app';
import { openGivenArchives } from './archives/given/given-archives';
import { createRequestLog } from './http/request-log';
import { defaultJobSettings, jobSettingsSchema } from './job-settings';
import { readOptions, type EmulatorOptions, type OpenSocket } from './options';
import { createPeriods } from './lifetimes-and-periods';
import type { State } from './state';
import { openStateStore } from './state-store';
import { switchSets } from './switches';
import type { World } from './world';

export interface Emulator {
  /** Base URL, without a slash at the end. */
  url: string;
  port: number;
  /** Resources that the given archives have files of; undefined when archives are generated. */
  givenResources: string[] | undefined;
  /** Files of the given archives that belong to no resource and are left out; empty when everything is used. */
  givenLeft: string[];
  /** The control plane, in-process. */
  control: Control;
  /** Closes the socket, running answers included. */
  stop(): Promise<void>;
}

/** Next to the state file, like uploads; without one, a folder that exists while the emulator runs. */
const unpackedFolder = (stateFile: string | undefined) =>
  stateFile === undefined ? join(tmpdir(), `emulator-unpacked-${randomUUID()}`) : `${stateFile}.unpacked`;

/**
 * Starts the emulator, by default on a free port of the loopback interface. Throws with path and remedy when the given
 * archives or the state file cannot be used.
 */
export async function startEmulator(wanted: EmulatorOptions): Promise<Emulator> {
  const options = readOptions(wanted);
  const given =
    options.archivesDir === undefined
      ? undefined
      : await openGivenArchives(options.archivesDir, unpackedFolder(options.stateFile));
  const clients = createClients(options.clients);
  const freshState = (): State => {
    const clock = clockState(options.clock);
    return {
      version: 1,
      seed: options.seed,
      createdAt: clock.at,
      clock,
      signingKey: randomBytes(32).toString('hex'),
      accounts: makeAccounts(options.accounts, clock.at),
      grants: [],
      codes: [],
      accessTokens: [],
      jobs: [],
      authorizations: {},
      locksFrom: {},
      switches: { ...switchSets[options.switches] },
      jobSettings: jobSettingsSchema.parse({ ...defaultJobSettings(options.jobDurationMs), ...options.jobs }),
      consent: { next: [] },
    };
  };
  const store = openStateStore(options.stateFile, freshState);
  const clock = createClock(
    () => store.state.clock,
    (state) => {
      store.state.clock = state;
    },
  );
  const log = createRequestLog(clock, options.logRequests);
  const faults = createFaults((id) => store.state.accounts.find((account) => account.accountId === id)?.email);
  const control = createControl({ store, clock, log, faults, freshState });
  const address = { url: '' };
  const uploads = createUploads(options.stateFile);
  const world: World = {
    store,
    clock,
    clients,
    periods: createPeriods(options.dayMs),
    baseUrl: () => options.publicUrl ?? address.url,
    longestAuthorizeUrl: options.longestAuthorizeUrl,
  };
  const app = createApp({ world, log, faults, given, control: options.control ? control : undefined, uploads });
  const socket = options.socket ?? (await openSocket(options.port, options.host));
  const { server, port } = socket;
  // Some tests need slow and huge downloads; no timeout of the server may end them.
  server.requestTimeout = 0;
  // Longer than any client keeps a connection: a connection closed during a call looks like an outage.
  server.keepAliveTimeout = 65_000;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  address.url = `http://${host}:${port}`;
  socket.serve(app);
  return {
    url: world.baseUrl(),
    port,
    givenResources: given?.resources,
    givenLeft: given?.left ?? [],
    control,
    stop: async () => {
      store.flush();
      await socket.close();
      uploads.close();
      given?.close();
    },
  };
}

async function openSocket(wanted: number, host: string): Promise<OpenSocket> {
  const server = createServer();
  server.listen(wanted, host);
  await once(server, 'listening');
  return {
    server,
    port: (server.address() as AddressInfo).port,
    serve: (app) => void server.on('request', app),
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
