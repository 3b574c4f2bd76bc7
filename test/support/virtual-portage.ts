/** A whole Portage on Temporal's time-skipping server: months of a consent's life in seconds, with the real parts. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { Client } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';

import { createCallActivities, createHousekeepingActivities } from '../../src/activities';
import { createActivityInterceptor } from '../../src/activities/interceptor';
import { loadConfig, type Config } from '../../src/config';
import { createConsentMessages, type MessageName } from '../../src/temporal/client/consent-messages';
import { createConsentProgress } from '../../src/temporal/client/consent-progress';
import { createConsentWorkflows } from '../../src/temporal/client/consent-workflows';
import { createTemporalCalls } from '../../src/temporal/client/temporal-calls';
import { createWebhookWorkflows } from '../../src/temporal/client/webhook-workflows';
import { verifierPlace } from '../../src/database/connect-sessions';
import type { Consent } from '../../src/database/consents';
import { hashSecret } from '../../src/database/random-secrets';
import { startEmulator, type ConsentDecision, type Emulator, type EmulatorOptions } from '../../src/emulator';
import type { Retention } from '../../src/domain/policy';
import { createLogger } from '../../src/log';
import { openPortage, type Portage } from '../../src/portage';
import { createGrantReceiver } from '../../src/server/receive-grant';
import type { KeptGrant } from '../../src/server/store-grant';
import { createDataConverter } from '../../src/temporal/data-converter';
import { ignoringForeignPayloads } from '../../src/temporal/foreign-payloads';
import { installRuntime } from '../../src/worker/start-worker';
import { heavyQueues } from '../../src/worker/heavy-queues';
import { consentWorkflow } from '../../src/workflows/consent/consent-workflow';
import { housekeepingWorkflow } from '../../src/workflows/housekeeping';
import { consentWorkflowId } from '../../src/workflows/ids';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { createBrowser } from './browser';
import { databaseSettings } from './database';
import { outlineOf } from './history';
import { settled } from './settled';
import { shared } from './shared';
import { createTimePassing, startTimeSkipping } from './time-skipping-server';
import { testClient, testVaultKeys } from './portage';

export interface GrantOrder {
  readonly resources: readonly string[];
  readonly userId?: string;
  readonly decision: ConsentDecision;
  /** Extends this consent with the new tokens instead of making one. */
  readonly renews?: string;
  readonly requiresConfirmation?: boolean;
}

export interface VirtualPortage {
  readonly config: Config;
  readonly emulator: Emulator;
  readonly portage: Portage;
  readonly environment: TestWorkflowEnvironment;
  readonly logLines: string[];
  /** The server's time, which is the emulator's and Portage's too. */
  now(): Promise<Date>;
  /** The user consents; the grant is stored as the callback stores it. */
  grant(order: GrantOrder): Promise<{ sessionId: string; kept: KeptGrant | undefined }>;
  /** The same, and the workflow of a new consent is started. */
  connect(order: GrantOrder): Promise<Consent>;
  /** One round of housekeeping. @returns the id of its workflow */
  keepHouse(): Promise<string>;
  /** Stores a request for a consent, and signals its workflow, as a command does. */
  send(consentId: string, message: MessageName): Promise<void>;
  /** Lets time pass until the consent's workflow has ended, and then lets due work of others be done. */
  ended(consentId: string): Promise<Consent>;
  /** Lets time pass, and then lets due work be done. */
  sleep(milliseconds: number): Promise<void>;
  /** Lets due work be done, without time passing; needed before a consent gets a request to end (settled.ts). */
  settle(): Promise<void>;
  /** Terminates the consent's workflow, and starts it again as the housekeeping does. */
  revive(consent: Consent): Promise<void>;
  /** Stops the workers as a deploy does, and starts new ones. */
  restartWorker(): Promise<void>;
  stop(): Promise<void>;
}

/** As Temporal's API numbers them (temporal.api.enums.v1.IndexedValueType). */
const indexedValueTypes = { Keyword: 2, Datetime: 6 } as const;

/** Temporal's runtime is installed once per test file and logs to the Portage started last; failures are shown, too. */
let current: string[] | undefined;
function logRuntimeTo(logLines: string[]): void {
  const write = (line: string): void => {
    current?.push(line);
    if (/"level":[56]0/.test(line)) process.stderr.write(line);
  };
  if (current === undefined) installRuntime(createLogger('info', { write }));
  current = logLines;
}

/** Exports of one part that are ready at the first poll, for tests about days; other tests are about parts and polls. */
export const smallExports = {
  jobDurationMs: 0,
  jobs: { dataParts: 1, manifest: 'same-part' },
} as const satisfies Partial<EmulatorOptions>;

export async function startVirtualPortage(
  options: {
    emulator?: Partial<EmulatorOptions>;
    environment?: Readonly<Record<string, string>>;
    /** How far Google's clock is ahead of Portage's and Temporal's; negative when it is behind. */
    googleAheadMs?: number;
    /**
     * Whether workers are replaced. They then keep no workflow in memory: the time-skipping server would continue
     * giving its tasks to the worker that had it.
     */
    restarts?: boolean;
    /** In Google's console: whether the OAuth client's publishing status is "Testing". */
    publishing?: 'production' | 'testing';
    /** In place of the configuration's. */
    retention?: () => Retention | undefined;
  } = {},
): Promise<VirtualPortage> {
  const { googleAheadMs = 0, restarts = false, publishing = 'production' } = options;
  const logLines: string[] = [];
  const logger = createLogger('info', { write: (line: string) => void logLines.push(line) });
  logRuntimeTo(logLines);

  await shared('build');
  const database = await databaseSettings();
  const settings = {
    ...database.settings,
    VAULT_KEYS: testVaultKeys,
    GOOGLE_CLIENT_ID: testClient.clientId,
    GOOGLE_CLIENT_SECRET: testClient.clientSecret,
    // Recording a history decides how its payloads are kept (record-history.ts).
    TEMPORAL_PAYLOADS: process.env['TEMPORAL_PAYLOADS'] ?? 'readable',
    ...options.environment,
  };
  const environment = await startTimeSkipping({ dataConverter: createDataConverter(loadConfig(settings)) });
  await environment.connection.operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: Object.fromEntries(
      Object.entries(searchAttributes).map(([name, type]) => [name, indexedValueTypes[type]]),
    ),
  });
  const serverTime = async () => new Date(await environment.currentTimeMs());
  const dataDir = mkdtempSync(join(tmpdir(), 'portage-virtual-'));
  const redirectUri = 'http://localhost:3000/oauth/callback';
  const emulator = await startEmulator({
    clock: { mode: 'set', at: new Date((await serverTime()).getTime() + googleAheadMs).toISOString() },
    jobDurationMs: 20 * 60_000,
    clients: [{ ...testClient, publishing, redirectUris: [redirectUri] }],
    ...options.emulator,
  });
  const config = loadConfig({
    DATA_DIR: dataDir,
    GOOGLE_EMULATOR_URL: emulator.url,
    GOOGLE_CALLS_PER_MINUTE: '1000000',
    TEMPORAL_TASK_QUEUE: `virtual-${randomUUID()}`,
    ...settings,
  });

  /** One clock for all: the server's time stands still while an activity runs, so it is read before each one. */
  const synchronise = async (): Promise<void> => {
    const atGoogle = (await serverTime()).getTime() + googleAheadMs;
    const at = new Date(atGoogle).toISOString();
    if (atGoogle > emulator.control.clock.now()) emulator.control.clock.set({ mode: 'set', at });
  };
  const portage = await openPortage(config, () => new Date(emulator.control.clock.now() - googleAheadMs));
  await portage.database.migrate();
  let underWay = 0;
  const timePasses = createTimePassing(environment, () => underWay > 0);
  const synchronised = <T extends object>(activities: T): T =>
    Object.fromEntries(
      Object.entries(activities as Record<string, (input: unknown) => unknown>).map(([name, activity]) => [
        name,
        async (input: unknown) => {
          underWay += 1;
          try {
            await synchronise();
            return await activity(input);
          } finally {
            underWay -= 1;
          }
        },
      ]),
    ) as T;

  const { taskQueue } = config.temporal;
  const common = {
    connection: environment.nativeConnection,
    interceptors: { activity: [createActivityInterceptor(logger)] },
    dataConverter: ignoringForeignPayloads(portage.dataConverter, logger),
  };
  const place = {
    ...{ client: environment.client, address: environment.address, taskQueue },
    ...{ timeoutMs: 10_000, now: portage.now },
  };
  const consentWorkflows = createConsentWorkflows({ ...place, consents: portage.consents });
  const webhookWorkflows = createWebhookWorkflows({ ...place, webhooks: portage.webhooks });
  const startWorkers = async () => {
    const workers = await Promise.all([
      Worker.create({
        ...common,
        taskQueue,
        // The time-skipping server gets no notice when a worker leaves, and time stops until its tasks go to another.
        stickyQueueScheduleToStartTimeout: '1 second',
        ...(restarts ? { maxCachedWorkflows: 0 } : {}),
        workflowBundle: { codePath: join(__dirname, '../../dist/workflow-bundle.js') },
        activities: {
          ...synchronised(
            createCallActivities({
              ...portage.activityDependencies,
              ...(options.retention && { retention: options.retention }),
            }),
          ),
          ...synchronised(
            createHousekeepingActivities({ ...portage.activityDependencies, consentWorkflows, webhookWorkflows }),
          ),
        },
      }),
      ...heavyQueues(taskQueue, portage.activityDependencies).map((queue) =>
        Worker.create({ ...common, taskQueue: queue.taskQueue, activities: synchronised(queue.activities) }),
      ),
    ]);
    const running = Promise.all(workers.map((worker) => worker.run()));
    return async (): Promise<void> => {
      for (const worker of workers) worker.shutdown();
      await running;
    };
  };
  let stopWorkers = await startWorkers();
  const { hostApp } = await portage.hostApps.createApiKey('Test host app', { confirmation: false });
  const grantReceiver = createGrantReceiver({ ...portage, logger });

  const calls = createTemporalCalls({
    client: environment.client,
    address: 'the time-skipping server',
    answerWithinMs: 60_000,
  });
  const messages = createConsentMessages({
    ...{ calls, taskQueue, policy: config.policy, consents: portage.consents, now: portage.now },
    progress: createConsentProgress(calls),
  });

  /** Time stands still while this one waits for a result; the environment's own client lets it pass. */
  const { workflow: clientInNormalTime } = new Client({
    connection: environment.connection,
    dataConverter: portage.dataConverter,
  });
  /**
   * Lets time pass until a workflow has ended; time stands still when the work that is due ends it. This server keeps the
   * timers of workflows that have ended: time that passes after the end of the last one may jump to any of them, even to
   * the limit of ten years that a workflow had.
   */
  const endOf = async (workflowId: string): Promise<void> => {
    await settled(environment.client, [workflowId]);
    const handle = environment.client.workflow.getHandle(workflowId);
    const { status } = await handle.describe();
    await (status.name === 'RUNNING' ? timePasses(handle.result()) : clientInNormalTime.getHandle(workflowId).result());
  };

  /** The workflows of consents that are not known to have ended. */
  const living = new Set<string>();
  const find = async (consentId: string): Promise<Consent> => {
    const consent = await portage.consents.find(consentId);
    if (consent === undefined) throw new Error(`there is no consent ${consentId}`);
    return consent;
  };

  const self: VirtualPortage = {
    config,
    emulator,
    portage,
    environment,
    logLines,
    now: serverTime,
    async grant({ resources, userId = 'user-1', decision, renews, requiresConfirmation = false }) {
      await synchronise();
      emulator.control.decideNext(decision);
      const at = portage.now();
      const { id } = await portage.connectSessions.create({
        hostAppId: hostApp.id,
        userId,
        resources: [...resources],
        returnUrl: undefined,
        renewsConsentId: renews,
        requiresConfirmation,
        at,
        expiresAt: new Date(at.getTime() + 3_600_000),
      });
      const { oauth } = await portage.clientsAtGoogle.get(null);
      const { verifier, challenge } = await oauth.codePair();
      const sealedCodeVerifier = portage.vault.seal(verifier, verifierPlace(hashSecret(id)));
      await portage.connectSessions.start(id, { browser: randomUUID(), oauthState: id, sealedCodeVerifier, at });

      const toGoogle = oauth.authorizeUrl({ state: id, codeChallenge: challenge, resources });
      const answer = await createBrowser().get(toGoogle);
      const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
      const taken = await portage.connectSessions.takeAnswer(id, portage.now());
      if (taken === undefined) throw new Error('the connect session takes no answer');
      return { sessionId: id, kept: await grantReceiver.receive(taken, code) };
    },
    async connect(order) {
      const { kept } = await self.grant(order);
      if (kept === undefined) throw new Error('the grant awaits its confirmation');
      const { consentId, renewedUntil } = kept;
      if (renewedUntil !== undefined) return find(consentId);
      await environment.client.workflow.start(consentWorkflow, {
        workflowId: consentWorkflowId(consentId),
        taskQueue,
        args: [{ consentId, policy: config.policy }],
      });
      living.add(consentWorkflowId(consentId));
      return find(consentId);
    },
    async keepHouse() {
      const workflowId = `housekeeping-${randomUUID()}`;
      const args: Parameters<typeof housekeepingWorkflow> = [{ policy: config.policy }];
      await environment.client.workflow.start(housekeepingWorkflow, { workflowId, taskQueue, args });
      await endOf(workflowId);
      return workflowId;
    },
    send: (consentId, message) => messages.send(consentId, message),
    async ended(consentId) {
      try {
        await endOf(consentWorkflowId(consentId));
      } catch (error) {
        const outline = await outlineOf(environment.client, consentId);
        // Kept as text, the only trace of what happened on the server.
        throw new Error(`the workflow of ${consentId} did not end well:\n${outline}`, { cause: error });
      }
      living.delete(consentWorkflowId(consentId));
      await self.settle();
      return find(consentId);
    },
    async sleep(milliseconds) {
      await timePasses(environment.sleep(milliseconds));
      await synchronise();
      await self.settle();
    },
    settle: () => settled(environment.client, [...living]),
    async revive(consent) {
      const { workflow } = environment.client;
      const handle = workflow.getHandle(consentWorkflowId(consent.id));
      const { pendingChildren } = (await handle.describe()).raw;
      await handle.terminate('by an operator');
      // This server leaves children alone whose parent was terminated; Temporal's own follows their policy.
      for (const { workflowId } of pendingChildren ?? []) {
        const child = workflow.getHandle(workflowId ?? '');
        await child.cancel();
        while ((await child.describe()).status.name === 'RUNNING') await pause(50);
      }
      await consentWorkflows.start(consent, config.policy);
    },
    async restartWorker() {
      await stopWorkers();
      stopWorkers = await startWorkers();
    },
    async stop() {
      await stopWorkers();
      await emulator.stop();
      await portage.close();
      await database.remove();
      await environment.teardown();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return self;
}
