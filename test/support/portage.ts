/** A whole Portage for one test file: emulator, database, worker and server, on ports and queues of its own. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';

import type { ActivityDependencies } from '../../src/activities/dependencies';
import { loadConfig, type Config } from '../../src/config';
import { removeHousekeeping } from '../../src/temporal/client/housekeeping-schedule';
import { usualLimits, type Limits } from '../../src/domain/timeouts';
import { createPortageApi, type ConsentJson, type PortageApi } from '../../src/dev/portage-api';
import { startEmulator, type ConsentDecision, type Emulator, type EmulatorOptions } from '../../src/emulator';
import { bindListener } from '../../src/listener';
import { createLogger, type Logger } from '../../src/log';
import { openPortage, type Portage } from '../../src/portage';
import { connectionOptions } from '../../src/temporal/connection-options';
import { startServer, type RunningServer } from '../../src/server/start';
import { startProvenWorker } from '../../src/worker/start-proven-worker';
import { installRuntime, type RunningWorker } from '../../src/worker/start-worker';
import { createBrowser, type Browser } from './browser';
import { databaseSettings } from './database';
import { shared } from './shared';
import { until } from './until';

export interface TestPortage {
  readonly url: string;
  readonly config: Config;
  readonly emulator: Emulator;
  readonly portage: Portage;
  readonly api: PortageApi;
  readonly apiKey: string;
  readonly temporal: Client;
  readonly dataDir: string;
  /** Every line that was logged, as it was written. */
  readonly logLines: string[];
  /** Goes through the connect flow as a browser; the decision is taken on the emulator's screen. */
  connect(order: ConnectOrder): Promise<{ browser: Browser; callback: Response; consentId: string | undefined }>;
  /** Waits until the consent has ended. */
  ended(consentId: string): Promise<ConsentJson>;
  /** Connects and waits for the end. */
  import(order: ConnectOrder): Promise<ConsentJson>;
  /** @param dataConverter for a worker whose keys are not the server's */
  startWorker(dataConverter?: DataConverter): Promise<RunningWorker>;
  stop(): Promise<void>;
}

export interface ConnectOrder {
  readonly resources: readonly string[];
  readonly userId?: string;
  readonly returnUrl?: string;
  readonly decision?: ConsentDecision;
}

export interface TestPortageOptions {
  readonly emulator?: Partial<EmulatorOptions>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Further OAuth clients that the emulator knows. */
  readonly moreClients?: readonly (typeof testClient)[];
  /** Whether its database is an embedded one in its data folder; else it is on PostgreSQL, where there is one. */
  readonly embedded?: boolean;
  /** How long each peer is waited for; without it, Temporal and the worker longer than usual (patientLimits). */
  readonly limits?: Limits;
  /** Tests that begin without a worker start it themselves. */
  readonly worker?: boolean;
  /** Replacements for dependencies of its workers, for tests with weaker ones. */
  readonly dependencies?: (own: ActivityDependencies) => ActivityDependencies;
}

/** The Temporal server of the test run, or the one that the environment names. */
export async function temporalAddress(): Promise<string> {
  return (await shared('temporal')).address;
}

/** No secret: recorded histories are sealed with it and replayed with it. */
export const testVaultKeys = `test:${Buffer.alloc(32, 7).toString('base64')}`;

export const testClient = { clientId: 'test-client', clientSecret: 'test-client-secret' };

/** Short pauses, so that a test takes seconds; the code paths are the same. */
export const quickPolicy = {
  POLL_MIN: '50ms',
  POLL_MAX: '200ms',
  RETRY_FIRST: '100ms',
  RETRY_LONGEST: '500ms',
};

/** On a busy machine a call of Temporal may take many seconds, which no user waits for here. */
const patientLimits: Limits = { ...usualLimits, temporal: { ...usualLimits.temporal, callMs: 30_000 } };

/** Below the time that a test has (jest.config.js), so that the error names what was waited for. */
const mostWaitMs = 590_000;

/** Rounds of the housekeeping for tests that wait for one. Rounds every second would use a tenth of the machine. */
export const quickHousekeeping = { HOUSEKEEPING_EVERY: '5s' };

/** Temporal's runtime is installed once per test file, by its first worker, and logs to the worker started last. */
let current: Logger | undefined;
function logAll(logger: Logger): void {
  if (current === undefined) {
    installRuntime(createLogger('debug', { write: (line: string) => current?.info(JSON.parse(line), 'runtime') }));
  }
  current = logger;
}

export async function startTestPortage(options: TestPortageOptions = {}): Promise<TestPortage> {
  await shared('build');
  const dataDir = mkdtempSync(join(tmpdir(), 'portage-test-'));
  const database = options.embedded === true ? undefined : await databaseSettings();
  const listener = await bindListener({ host: '127.0.0.1', port: 0 });
  const url = `http://localhost:${listener.port}`;
  const emulator = await startEmulator({
    jobDurationMs: 200,
    clients: [testClient, ...(options.moreClients ?? [])].map((client) => ({
      ...client,
      redirectUris: [`${url}/oauth/callback`],
    })),
    ...options.emulator,
  });
  const config = loadConfig({
    PUBLIC_URL: url,
    PORT: String(listener.port),
    DATA_DIR: dataDir,
    VAULT_KEYS: testVaultKeys,
    // Recording a history decides how its payloads are kept (record-history.ts).
    TEMPORAL_PAYLOADS: process.env['TEMPORAL_PAYLOADS'] ?? '',
    GOOGLE_CLIENT_ID: testClient.clientId,
    GOOGLE_CLIENT_SECRET: testClient.clientSecret,
    GOOGLE_EMULATOR_URL: emulator.url,
    TEMPORAL_ADDRESS: await temporalAddress(),
    TEMPORAL_TASK_QUEUE: `test-${randomUUID()}`,
    LOG_LEVEL: 'debug',
    // A round costs Temporal and the database more than most tests do (quickHousekeeping).
    HOUSEKEEPING_EVERY: '1 hour',
    ...database?.settings,
    ...quickPolicy,
    ...options.environment,
  });
  const logLines: string[] = [];
  const logger: Logger = createLogger(config.logLevel, { write: (line: string) => void logLines.push(line) });
  const portage = await openPortage(config, undefined, options.limits ?? patientLimits);
  await portage.database.migrate();

  const workers: RunningWorker[] = [];
  const start = async (dataConverter = portage.dataConverter): Promise<RunningWorker> => {
    logAll(logger);
    const dependencies = options.dependencies?.(portage.activityDependencies) ?? portage.activityDependencies;
    const worker = await startProvenWorker(portage, logger, { settings: { dataConverter, dependencies } });
    workers.push(worker);
    return worker;
  };
  if (options.worker !== false) await start();
  const server: RunningServer = await startServer(portage, logger, { listener });
  const { key } = await portage.hostApps.createApiKey('Test host app', {
    confirmation: false,
    scopes: ['connect', 'read', 'manage'],
  });
  const api = createPortageApi({ url, apiKey: key });
  const connection = await Connection.connect(connectionOptions(config.temporal));

  const self: TestPortage = {
    url,
    config,
    emulator,
    portage,
    api,
    apiKey: key,
    temporal: new Client({
      connection,
      namespace: config.temporal.namespace,
      dataConverter: portage.dataConverter,
    }),
    dataDir,
    logLines,
    async connect({ resources, userId = 'user-1', returnUrl, decision = { access: 'once' } }) {
      const session = await api.createConnectSession({
        userId,
        resources,
        ...(returnUrl === undefined ? {} : { returnUrl }),
      });
      const browser = createBrowser();
      emulator.control.decideNext(decision);
      const toGoogle = await browser.continueToGoogle(session.connectUrl);
      const toCallback = await browser.follow(toGoogle);
      const callback = await browser.follow(toCallback);
      const consentId = /\/consents\/(con_\w+)$/.exec(callback.headers.get('location') ?? '')?.[1];
      return { browser, callback, consentId };
    },
    async ended(consentId) {
      // The answer of the API costs many statements, so it is asked for once.
      const isOver = async () => (await portage.consents.find(consentId))?.endedAt ?? undefined;
      await until(`the end of ${consentId}`, isOver, mostWaitMs);
      return api.getConsent(consentId);
    },
    async import(order) {
      const { consentId } = await self.connect(order);
      if (consentId === undefined) throw new Error('the user did not get to a consent');
      return self.ended(consentId);
    },
    startWorker: start,
    async stop() {
      await server.stop();
      // Its rounds would continue during the tests that follow.
      await removeHousekeeping(self.temporal, config.temporal.taskQueue);
      for (const worker of workers) await worker.stop();
      await connection.close();
      await emulator.stop();
      await portage.close();
      await database?.remove();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return self;
}
