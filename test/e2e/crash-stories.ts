/**
 * A worker that dies by SIGKILL loses nothing: not between Google's answer and the saved job id, not while it waits,
 * not in the middle of a part. The program is a process of its own; database, Temporal and emulator outlive it.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadConfig } from '../../src/config';
import { createPortageApi, type ConsentJson, type PortageApi } from '../../src/dev/portage-api';
import { freePort } from '../support/free-port';
import { startEmulator, type Emulator } from '../../src/emulator';
import { openPortage } from '../../src/portage';
import { createBrowser } from '../support/browser';
import { fillDataFolder } from '../support/database';
import { quickHousekeeping, quickPolicy, temporalAddress, testClient } from '../support/portage';
import { startProgram, until, type Program } from '../support/program';
import { startTestPostgres } from '../support/postgres';

/** The processes of one deployment: the killed one, and the one that serves the host app. */
interface Deployment {
  start(): Promise<{ killed: Program; all: Program[] }>;
  readonly apiKey: string;
  readonly url: string;
  close(): Promise<void>;
}

type Deploy = (port: number, url: string, emulator: Emulator) => Promise<Deployment | undefined>;

/** Tests what a deployment does when it is killed; `only` selects the stories, all if unset. */
export function testCrashes(name: string, deploy: Deploy, only: RegExp = /./): void {
  describe(name, () => {
    defineStories(deploy, (sentence, run) => {
      if (only.test(sentence)) it(sentence, run);
    });
  });
}

function defineStories(deploy: Deploy, story: (sentence: string, run: () => Promise<void>) => void): void {
  let emulator: Emulator;
  let deployment: Deployment | undefined;
  let api: PortageApi;
  let running: Program[] = [];

  const start = async (): Promise<Program> => {
    if (deployment === undefined) throw new Error('not deployed');
    const { killed, all } = await deployment.start();
    running = all;
    return killed;
  };
  const connect = async (): Promise<string> => {
    const session = await api.createConnectSession({ userId: 'user-1', resources: ['myactivity.search'] });
    const browser = createBrowser();
    emulator.control.decideNext({ access: 'once' });
    const callback = await browser.follow(await browser.follow(await browser.continueToGoogle(session.connectUrl)));
    return /(con_\w+)$/.exec(callback.headers.get('location') ?? '')?.[1] ?? '';
  };
  const ended = (id: string): Promise<ConsentJson> =>
    until('the end of the import', async () => {
      const consent = await api.getConsent(id);
      return consent.endedAt === null ? undefined : consent;
    });
  const calls = (method: string) => emulator.control.requests().filter((request) => request.method === method);

  const expectWhole = (consent: ConsentJson) => {
    expect(consent).toMatchObject({ state: 'completed', exports: [{ state: 'ready', verdict: 'complete' }] });
    expect(emulator.control.state.jobs).toHaveLength(1);
    const order = emulator.control.requests().map(({ method }) => method);
    expect(order.filter((method) => method === 'reset')).toHaveLength(1);
    expect(order.slice(order.indexOf('reset') + 1).filter((method) => method !== 'revoke')).toEqual([]);
    expect(emulator.control.unmetFaults()).toEqual([]);
  };

  beforeEach(async () => {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    emulator = await startEmulator({
      jobDurationMs: 1_000,
      clients: [{ ...testClient, redirectUris: [`${url}/oauth/callback`] }],
    });
    deployment = await deploy(port, url, emulator);
    if (deployment !== undefined) api = createPortageApi({ url, apiKey: deployment.apiKey });
  });
  afterEach(async () => {
    for (const program of running) await program.stop();
    await deployment?.close();
    await emulator.stop();
    running = [];
  });

  story('D18: killed between Google’s answer and the saved job id, it adopts the job', async () => {
    if (deployment === undefined) return;
    const first = await start();
    emulator.control.addFault({ method: 'initiate', when: 'after', delayMs: 20_000 });
    const id = await connect();
    await until('the job at Google', () => (emulator.control.state.jobs.length === 1 ? true : undefined));
    await first.kill();
    await start();
    const consent = await ended(id);
    expectWhole(consent);
    expect(calls('initiate')).toHaveLength(2);
  });

  story('killed while it waits, it continues to wait', async () => {
    if (deployment === undefined) return;
    const first = await start();
    emulator.control.setJobs({ durationMs: 6_000 });
    const id = await connect();
    await until('two polls', () => (calls('state').length >= 2 ? true : undefined));
    await first.kill();
    await start();
    expectWhole(await ended(id));
    expect(calls('initiate')).toHaveLength(1);
  });

  story('killed in the middle of a part, it stores the part whole', async () => {
    if (deployment === undefined) return;
    const first = await start();
    emulator.control.addFault({ method: 'download', call: 2, bytesPerSecond: 200 });
    const id = await connect();
    await until('the second download', () => (calls('download').length >= 2 ? true : undefined));
    await first.kill();
    const fetched = calls('download').length;
    await start();
    const consent = await ended(id);
    expectWhole(consent);
    // The first part was stored before the crash and is not fetched again.
    expect(calls('download').length - fetched).toBe((consent.exports[0]?.partsTotal ?? 0) - 1);
  });
}

async function environmentFor(port: number, url: string, emulator: Emulator): Promise<Record<string, string>> {
  return {
    PORT: String(port),
    PUBLIC_URL: url,
    GOOGLE_EMULATOR_URL: emulator.url,
    GOOGLE_CLIENT_ID: testClient.clientId,
    GOOGLE_CLIENT_SECRET: testClient.clientSecret,
    TEMPORAL_ADDRESS: await temporalAddress(),
    TEMPORAL_TASK_QUEUE: `crash-${randomUUID()}`,
    ALLOW_UNSAFE: 'weak-vault-key',
    VAULT_KEYS: `test:${Buffer.alloc(32, 9).toString('base64')}`,
    ...quickPolicy,
    ...quickHousekeeping,
  };
}

/** Whether it is ready as well is up to a worker, which comes later. */
const listening = (url: string) =>
  until('the server', async () => {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    return answer?.status === 200 ? true : undefined;
  });

async function apiKeyOf(environment: Record<string, string>): Promise<string> {
  const portage = await openPortage(loadConfig(environment));
  try {
    return (await portage.hostApps.createApiKey('Crash test', { confirmation: false })).key;
  } finally {
    await portage.close();
  }
}

export async function embedded(port: number, url: string, emulator: Emulator): Promise<Deployment> {
  const dataDir = mkdtempSync(join(tmpdir(), 'portage-crash-'));
  const environment = { ...(await environmentFor(port, url, emulator)), DATA_DIR: dataDir };
  await fillDataFolder(dataDir);
  return {
    url,
    apiKey: await apiKeyOf(environment),
    async start() {
      const program = startProgram(['dev', '--no-sample'], environment);
      await listening(url);
      return { killed: program, all: [program] };
    },
    async close() {
      rmSync(dataDir, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

export async function postgres(port: number, url: string, emulator: Emulator): Promise<Deployment | undefined> {
  const database = await startTestPostgres({ migrated: true });
  if ('missing' in database) {
    process.stderr.write(`No PostgreSQL for this test: ${database.missing}\n`);
    return undefined;
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'portage-crash-'));
  const environment = { ...(await environmentFor(port, url, emulator)), DATA_DIR: dataDir, DATABASE_URL: database.url };
  const server = startProgram(['server'], environment);
  await listening(url);
  return {
    url,
    apiKey: await apiKeyOf(environment),
    start() {
      const worker = startProgram(['worker'], environment);
      return Promise.resolve({ killed: worker, all: [worker] });
    },
    async close() {
      await server.stop();
      await database.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
