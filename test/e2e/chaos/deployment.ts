/**
 * A Portage as in production: one server, two workers, PostgreSQL, Temporal with a database file, an S3 server and the
 * emulator, each a process of its own. Between them are lines that can be broken, one for each peer and kind of
 * process.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startSupervised } from '../../../src/dev/supervised-process';
import { findTemporal, startTemporalServer } from '../../../src/dev/temporal-server';
import { searchAttributes } from '../../../src/workflows/search-attributes';
import { cacheDir } from '../../support/cache-dir';
import { freePort } from '../../support/free-port';
import { testClient } from '../../support/portage';
import { makePostgresFolder, postgresUrl } from '../../support/postgres-server';
import { startProxy, through, type Proxy } from '../../support/proxy';
import { startTestS3 } from '../../support/versitygw';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver';
import { createEmulatorProcess, type EmulatorFiles } from './emulator-process';
import { createKillable, type Killable } from './killable';
import { recordTrail } from './trail';

/** The length of the emulator's day: archives live for 14 of them, links for a quarter of one. */
export const dayMs = 40_000;
const bucket = 'chaos';
const dist = join(__dirname, '../../../dist');

export const peerNames = ['PostgreSQL', 'Temporal', 'S3', 'Google'] as const;
export const sides = ['server', 'worker'] as const;
export type LineName = `${(typeof sides)[number]} to ${(typeof peerNames)[number]}`;

export interface Deployment {
  readonly url: string;
  readonly apiKey: string;
  readonly processes: readonly Killable[];
  readonly lines: ReadonlyMap<LineName, Proxy>;
  /** Takes every event of the host app; no fault meets it. */
  readonly receiver: WebhookReceiver;
  readonly emulatorUrl: string;
  readonly emulatorFiles: EmulatorFiles;
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  /** Its files are the objects. */
  readonly objects: string;
  /** Of a command: over no line that breaks. */
  readonly environment: Readonly<Record<string, string>>;
  /** Secrets that may be nowhere: the vault's key, the secrets of client and storage. */
  readonly secrets: readonly string[];
  /** Files that server and workers wrote to, and their peers. */
  readonly logs: readonly string[];
  /** @param keep leaves the folder with all logs and the emulator's files for debugging */
  stop(keep: boolean): Promise<void>;
  readonly home: string;
}

/** @returns the reason where a part of it cannot be had */
export async function deploy(seed: number): Promise<Deployment | { readonly missing: string }> {
  const home = mkdtempSync(join(tmpdir(), 'portage-chaos-'));
  const file = (name: string) => join(home, name);
  const postgres = await makePostgresFolder();
  if ('missing' in postgres) return postgres;
  const s3 = await startTestS3().catch((error: unknown) => ({ missing: String(error) }));
  if ('missing' in s3) return s3;
  mkdirSync(join(s3.folder, bucket));
  const binary = await findTemporal({
    ...{ path: process.env['PATH'], cacheDir, toolDir: join(__dirname, '../../../tools/temporal') },
    report: () => undefined,
  });

  const [port, postgresPort, temporalPort, emulatorPort] = await Promise.all(Array.from({ length: 4 }, freePort));
  const lines = new Map<LineName, Proxy>();
  const peers = {
    PostgreSQL: postgresPort,
    Temporal: temporalPort,
    S3: Number(new URL(s3.endpoint).port),
    Google: emulatorPort,
  };
  for (const side of sides) {
    for (const peer of peerNames) {
      lines.set(`${side} to ${peer}`, await startProxy({ host: '127.0.0.1', port: peers[peer] ?? 0 }));
    }
  }
  const line = (name: LineName): Proxy => {
    const proxy = lines.get(name);
    if (proxy === undefined) throw new Error(`there is no line from ${name}`);
    return proxy;
  };

  const url = `http://localhost:${port ?? 0}`;
  const emulatorUrl = `http://127.0.0.1:${emulatorPort ?? 0}`;
  const databaseUrl = postgresUrl(postgresPort ?? 0);
  const temporalAddress = `127.0.0.1:${temporalPort ?? 0}`;
  const vaultKey = randomBytes(32).toString('base64');
  const environmentOver = (google: string, database: string, temporal: string, storage: string) => ({
    PORT: String(port),
    PUBLIC_URL: url,
    DATA_DIR: file('data'),
    DATABASE_URL: database,
    TEMPORAL_ADDRESS: temporal,
    STORAGE_URL: `s3://${bucket}/archives?endpoint=${storage}`,
    S3_ACCESS_KEY_ID: s3.credentials.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.credentials.secretAccessKey,
    GOOGLE_EMULATOR_URL: google,
    GOOGLE_CLIENT_ID: testClient.clientId,
    GOOGLE_CLIENT_SECRET: testClient.clientSecret,
    VAULT_KEYS: `chaos:${vaultKey}`,
    LOG_LEVEL: 'debug',
    // The receiver of webhooks is on this machine.
    WEBHOOK_PRIVATE_NETWORKS: '127.0.0.0/8',
    // Jobs take three seconds and faults last for seconds: more polls and retries would load Temporal more than the faults.
    ...{ POLL_MIN: '500ms', POLL_MAX: '1s', RETRY_FIRST: '500ms', RETRY_LONGEST: '2s' },
    HOUSEKEEPING_EVERY: '5s',
    CONNECT_LINK_TTL: '30s',
    START_WITHIN: `${14 * dayMs}ms`,
    STORE_WITHIN: `${14 * dayMs}ms`,
    EXPORT_EVERY: `${dayMs}ms`,
    EXPORT_MARGIN: '300ms',
    LAST_EXPORT_BEFORE_END: `${dayMs}ms`,
    WINDOW_OVERLAP: `${3 * dayMs}ms`,
  });
  const environment = environmentOver(emulatorUrl, databaseUrl, temporalAddress, s3.endpoint);
  const environmentOf = (side: (typeof sides)[number]) =>
    environmentOver(
      `http://127.0.0.1:${line(`${side} to Google`).port}`,
      through(line(`${side} to PostgreSQL`), databaseUrl),
      `127.0.0.1:${line(`${side} to Temporal`).port}`,
      through(line(`${side} to S3`), s3.endpoint).replace(/\/$/, ''),
    );
  const environments = { server: environmentOf('server'), worker: environmentOf('worker') };

  const run = (args: readonly string[], variables: Readonly<Record<string, string>>, logFile: string) =>
    startSupervised(process.execPath, [join(dist, 'main.js'), ...args], {
      cwd: dist,
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...variables },
      logFile,
    });
  const program = (name: string, command: (typeof sides)[number]) =>
    createKillable(name, () => run([command], environments[command], file(`${name}.log`)));
  const emulatorFiles = { state: file('google.json'), requests: file('requests.jsonl'), log: file('emulator.log') };
  const options = {
    port: emulatorPort ?? 0,
    // Links lead the workers' way.
    publicUrl: environments.worker.GOOGLE_EMULATOR_URL,
    clients: [{ ...testClient, redirectUris: [`${url}/oauth/callback`] }],
    seed: `chaos ${seed}`,
    dayMs,
    jobDurationMs: 3_000,
  };
  let wasS3Stopped = false;
  const processes = [
    createKillable('PostgreSQL', () => postgres.launch(postgresPort ?? 0)),
    createKillable('Temporal', () =>
      startTemporalServer({
        ...{ binary, ip: '127.0.0.1', port: temporalPort ?? 0, dbFile: file('temporal.db'), namespace: 'default' },
        ...{ searchAttributes, logFile: file('temporal.log') },
      }),
    ),
    createKillable('S3', async () => {
      if (wasS3Stopped) await s3.start();
      wasS3Stopped = true;
      return { pid: s3.pid(), stop: () => s3.halt() };
    }),
    // A first start within a day of the consent is Google's rule; this day is too short for that.
    createEmulatorProcess(options, { Q12: 'B' }, emulatorFiles),
    program('server', 'server'),
    program('worker 1', 'worker'),
    program('worker 2', 'worker'),
  ];

  const setUp = async (...args: string[]): Promise<string> => {
    const logFile = file(`${args[0] ?? ''}.txt`);
    const { code } = await (await run(args, environment, logFile)).exited;
    const output = readFileSync(logFile, 'utf8');
    if (code !== 0) throw new Error(output);
    return output;
  };
  const peersFirst = processes.slice(0, 4);
  await Promise.all(peersFirst.map((each) => each.start()));
  await setUp('migrate');
  await recordTrail(databaseUrl);
  const apiKey = /ptg_\w+/.exec(await setUp('api-keys', 'create', '--no-confirmation', 'Chaos'))?.[0] ?? '';
  const receiver = await startWebhookReceiver();
  await setUp('webhooks', 'create', 'Chaos', receiver.url);
  for (const each of processes.slice(4)) await each.start();

  return {
    ...{
      url,
      apiKey,
      processes,
      lines,
      receiver,
      emulatorUrl,
      emulatorFiles,
      databaseUrl,
      temporalAddress,
      environment,
    },
    objects: join(s3.folder, bucket, 'archives'),
    secrets: [vaultKey, testClient.clientSecret, s3.credentials.secretAccessKey, apiKey],
    logs: [...['server.log', 'worker 1.log', 'worker 2.log', 'temporal.log'].map(file), postgres.logFile],
    home,
    async stop(keep) {
      for (const each of [...processes].reverse()) await each.stop();
      for (const each of lines.values()) await each.stop();
      await postgres.remove();
      await s3.stop();
      await receiver.stop();
      if (!keep) rmSync(home, { recursive: true, force: true });
    },
  };
}
