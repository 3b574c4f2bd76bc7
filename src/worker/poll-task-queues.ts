/**
 * Polls every task queue of a Portage installation over one connection, until it is stopped or Temporal's runtime gives
 * up.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';

import { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';

import { createCallActivities, createHousekeepingActivities } from '../activities';
import type { ActivityDependencies } from '../activities/dependencies';
import { createActivityInterceptor } from '../activities/interceptor';
import { notingProgress } from '../activities/progress';
import { createConsentWorkflows } from '../temporal/client/consent-workflows';
import { createWebhookWorkflows, type WebhookWorkflows } from '../temporal/client/webhook-workflows';
import { PortageError } from '../domain/error-codes';
import { usualLimits, type Limits } from '../domain/timeouts';
import type { Policy } from '../domain/policy';
import type { QueueState } from '../domain/worker-state';
import type { Logger } from '../log';
import { connectionOptions, type TemporalAccess } from '../temporal/connection-options';
import { ignoringForeignPayloads } from '../temporal/foreign-payloads';
import { keepWakingWebhooks } from '../webhook-waker';
import { heavyQueues } from './heavy-queues';

export interface PollingSettings {
  readonly temporal: TemporalAccess & { readonly namespace: string; readonly taskQueue: string };
  readonly dataConverter: DataConverter;
  readonly dependencies: ActivityDependencies;
  readonly logger: Logger;
  /** For the workflows that this worker starts. */
  readonly policy: Policy;
  readonly limits?: Limits;
}

/** Made by `npm run build` from `src/workflows/index.ts`. */
const workflowBundle = { codePath: join(__dirname, '../../dist/workflow-bundle.js') };
/** Calls are many and short. */
const concurrentCalls = 50;
const graceTime = '10 seconds';
/** The housekeeping’s calls to Temporal are short, and the next round repeats them. */
const callTimeoutMs = 10_000;
/** How often the worker checks whether the runtime has given up. */
const lookEveryMs = 5_000;
/** A little more than the time that running steps have to hand over. */
const putAwayMs = 15_000;

export interface Polling {
  /** Settles when every queue is left; rejects when one of them failed, which also ends the others. */
  readonly ended: Promise<void>;
  /** The work under way at each task queue. */
  queues(): QueueState[];
  shutDown(): void;
}

/**
 * A worker whose runtime gave up may wait forever for its shutdown, and its run never ends.
 *
 * @returns `failed`, which rejects with PortageError `TEMPORAL_UNAVAILABLE` when one has failed and still exists at the
 * next check
 */
function watchFailed(workers: readonly Worker[], address: string) {
  let before = 0;
  let timer: NodeJS.Timeout | undefined;
  const failed = new Promise<never>((_resolve, reject) => {
    timer = setInterval(() => {
      const now = workers.filter((worker) => worker.getState() === 'FAILED').length;
      if (before > 0 && now > 0) {
        reject(new PortageError('TEMPORAL_UNAVAILABLE', { detail: `${address}: the worker gave up` }));
      }
      before = now;
    }, lookEveryMs);
  });
  return { failed, stop: () => clearInterval(timer) };
}

/** @throws PortageError and errors of Temporal's libraries; `temporalFailure` shows whether Temporal is unavailable */
export async function pollQueues(settings: PollingSettings): Promise<Polling> {
  const { address, namespace } = settings.temporal;
  const connection = await NativeConnection.connect(connectionOptions(settings.temporal));
  const workers: Worker[] = [];
  let webhookWorkflows: WebhookWorkflows;
  try {
    // Checked before a worker is created, since a created worker can only be ended by running it.
    await connection.withDeadline(Date.now() + callTimeoutMs, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    const created = await createWorkers(settings, connection);
    workers.push(...created.workers);
    ({ webhookWorkflows } = created);
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw error;
  }
  const stopWaking = keepWakingWebhooks(webhookWorkflows, settings.policy, settings.logger);
  const shutDown = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const runs = workers.map((worker) => worker.run());
  const settled = Promise.allSettled(runs);
  const watch = watchFailed(workers, address);
  const ended = Promise.race([Promise.all(runs).then(() => undefined), watch.failed]).finally(async () => {
    watch.stop();
    shutDown();
    await stopWaking();
    await Promise.race([settled, pause(putAwayMs, undefined, { ref: false })]);
    // The connection may refuse to close when its worker could not be shut down; nothing uses it any more.
    await connection.close().catch(() => undefined);
  });
  const queues = () =>
    workers.map((worker) => {
      return { name: worker.options.taskQueue, running: worker.getStatus().numInFlightActivities };
    });
  return { ended, queues, shutDown };
}

async function createWorkers(settings: PollingSettings, connection: NativeConnection) {
  const { logger, limits = usualLimits } = settings;
  const dependencies = notingProgress(settings.dependencies);
  const { address, taskQueue, namespace } = settings.temporal;
  const common: Omit<WorkerOptions, 'taskQueue'> = {
    connection,
    namespace,
    dataConverter: ignoringForeignPayloads(settings.dataConverter, logger),
    interceptors: { activity: [createActivityInterceptor(logger, limits.progressMs)] },
    shutdownGraceTime: graceTime,
  };
  const client = new Client({ connection, namespace, dataConverter: settings.dataConverter });
  const { consents, webhooks, now } = dependencies;
  const place = { client, address, taskQueue, timeoutMs: callTimeoutMs, now };
  const consentWorkflows = createConsentWorkflows({ ...place, consents });
  const webhookWorkflows = createWebhookWorkflows({ ...place, webhooks });
  // Before the others, since it alone loads a bundle, which may be missing: a created worker is ended only by running it.
  const worker = await Worker.create({
    ...common,
    taskQueue,
    workflowBundle,
    activities: {
      ...createCallActivities(dependencies),
      ...createHousekeepingActivities({ ...dependencies, consentWorkflows, webhookWorkflows }),
    },
    maxConcurrentActivityTaskExecutions: concurrentCalls,
  });
  const heavyWorkers = await Promise.all(
    heavyQueues(taskQueue, dependencies).map(({ atOnce, ...queue }) =>
      Worker.create({ ...common, ...queue, maxConcurrentActivityTaskExecutions: atOnce }),
    ),
  );
  return { workers: [worker, ...heavyWorkers], webhookWorkflows };
}
