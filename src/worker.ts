/** Runs workflows and activities until it is stopped. */
import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';

import { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';

import { createCallActivities, createHeavyActivities, createHousekeepingActivities } from './activities';
import type { ActivityDependencies } from './activities/dependencies';
import { createActivityInterceptor } from './activities/interceptor';
import { notingProgress } from './activities/progress';
import { createConsentWorkflows } from './consents/consent-workflows';
import { PortageError } from './domain/errors';
import { usualLimits, type Limits } from './domain/limits';
import type { QueueState } from './domain/worker-state';
import type { Logger } from './log';
import { outageWarningsOf } from './outage-warnings';
import { temporalFailure } from './temporal/failure';
import { createRuntimeLogger } from './temporal/runtime-logger';
import { transferTaskQueueOf } from './workflows/task-queues';

export interface WorkerSettings {
  readonly temporal: { readonly address: string; readonly namespace: string; readonly taskQueue: string };
  readonly dataConverter: DataConverter;
  readonly dependencies: ActivityDependencies;
  readonly logger: Logger;
  readonly limits?: Limits;
}

export interface RunningWorker {
  /** Settles when the worker ends; rejects when it broke. */
  readonly ended: Promise<void>;
  /** What it does at the moment, at each of its task queues. */
  queues(): QueueState[];
  /** Lets running steps finish or hand over, then disconnects. */
  stop(): Promise<void>;
}

/** Made by `npm run build` from `src/workflows/index.ts`. */
const workflowBundle = { codePath: join(__dirname, '../dist/workflow-bundle.js') };
/** Downloads are few, since each holds a stream open; calls are many and small. */
const concurrentTransfers = 4;
const concurrentCalls = 50;
const graceTime = '10 seconds';
/** The housekeeping’s calls to Temporal are short, and repeated at its next round. */
const callTimeoutMs = 10_000;
/** Between two tries to reach a Temporal that is away. */
const retryEveryMs = 1_000;
/** How often it is looked whether the runtime has given up. */
const lookEveryMs = 5_000;
/** A little more than running steps have to hand over. */
const putAwayMs = 15_000;

/** Sends what Temporal's runtime says through the same logger; signals stay with `main.ts`. Once per process. */
export function installRuntime(logger: Logger): void {
  Runtime.install({
    shutdownSignals: [],
    logger: createRuntimeLogger(logger),
    telemetryOptions: { logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } } },
  });
}

/**
 * Starts polling both task queues; waits for Temporal and for its namespace as long as it takes, and goes back to waiting
 * when the runtime gives up.
 *
 * @param signal ends the waiting at start
 */
export async function startWorker(settings: WorkerSettings, signal?: AbortSignal): Promise<RunningWorker> {
  const { temporal, logger } = settings;
  const stopping = new AbortController();
  let polling = await startPolling(settings, signal);
  logger.info({ taskQueue: temporal.taskQueue, address: temporal.address }, 'worker started');
  const keepPolling = async (): Promise<void> => {
    for (;;) {
      try {
        await polling.ended;
        return;
      } catch (error) {
        // The runtime waits for a Temporal that is away, but gives up after a minute without its namespace.
        if (!hasGivenUp(error, temporal.address)) throw error;
        await pause(retryEveryMs, undefined, { signal: stopping.signal });
        polling = await startPolling(settings, stopping.signal);
        // It may have been stopped just then.
        if (stopping.signal.aborted) polling.shutDown();
        else logger.info({ taskQueue: temporal.taskQueue, address: temporal.address }, 'worker started again');
      }
    }
  };
  const ended = keepPolling().catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });
  return {
    ended,
    queues: () => polling.queues(),
    async stop() {
      stopping.abort(new Error('the worker stops'));
      polling.shutDown();
      await ended;
      logger.info('worker stopped');
    },
  };
}

/**
 * Of a runtime that gave up, the SDK often says only that it could not put the worker away, in place of why
 * (`finalizeShutdown` in its core-bridge, 1.24.0).
 */
function hasGivenUp(error: unknown, address: string): boolean {
  const isHalfClosed = error instanceof Error && error.message.startsWith('Worker still in use');
  return isHalfClosed || temporalFailure(error, address) !== undefined;
}

interface Polling {
  /** Settles when every queue is left; rejects when one of them broke, which ends the others, too. */
  readonly ended: Promise<void>;
  queues(): QueueState[];
  shutDown(): void;
}

/**
 * A worker whose runtime gave up may wait for ever to be put away, and its run never ends.
 *
 * @returns `failed`, which rejects with PortageError `TEMPORAL_UNAVAILABLE` when one has failed and is still there at the next
 * look
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

/** @throws the signal's reason; what is no matter of a Temporal that is away */
async function startPolling(settings: WorkerSettings, signal?: AbortSignal): Promise<Polling> {
  const { temporal, logger } = settings;
  for (;;) {
    try {
      return await pollQueues(settings);
    } catch (error) {
      const away = temporalFailure(error, temporal.address);
      if (away === undefined) throw error;
      outageWarningsOf(logger).warn(away.code, { err: away }, 'waiting for Temporal');
      await pause(retryEveryMs, undefined, { signal });
    }
  }
}

async function pollQueues(settings: WorkerSettings): Promise<Polling> {
  const { address, namespace } = settings.temporal;
  const connection = await NativeConnection.connect({ address });
  const workers: Worker[] = [];
  try {
    // Asked before a worker is made, since one that was made can be ended by running it only.
    await connection.withDeadline(Date.now() + callTimeoutMs, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    workers.push(...(await createWorkers(settings, connection)));
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw error;
  }
  const shutDown = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const runs = workers.map((worker) => worker.run());
  const settled = Promise.allSettled(runs);
  const watch = watchFailed(workers, address);
  const ended = Promise.race([Promise.all(runs).then(() => undefined), watch.failed]).finally(async () => {
    watch.stop();
    shutDown();
    await Promise.race([settled, pause(putAwayMs, undefined, { ref: false })]);
    // One whose worker could not be put away may refuse; nobody uses it any more.
    await connection.close().catch(() => undefined);
  });
  const queues = () =>
    workers.map((worker) => {
      return { name: worker.options.taskQueue, running: worker.getStatus().numInFlightActivities };
    });
  return { ended, queues, shutDown };
}

async function createWorkers(settings: WorkerSettings, connection: NativeConnection): Promise<Worker[]> {
  const { logger, limits = usualLimits } = settings;
  const dependencies = notingProgress(settings.dependencies);
  const { address, taskQueue, namespace } = settings.temporal;
  const common: Omit<WorkerOptions, 'taskQueue'> = {
    connection,
    namespace,
    dataConverter: settings.dataConverter,
    interceptors: { activity: [createActivityInterceptor(logger, limits.progressMs)] },
    shutdownGraceTime: graceTime,
  };
  const client = new Client({ connection, namespace, dataConverter: settings.dataConverter });
  const { consents, now } = dependencies;
  const consentWorkflows = createConsentWorkflows({
    client,
    address,
    taskQueue,
    consents,
    timeoutMs: callTimeoutMs,
    now,
  });
  return [
    await Worker.create({
      ...common,
      taskQueue,
      workflowBundle,
      activities: {
        ...createCallActivities(dependencies),
        ...createHousekeepingActivities({ ...dependencies, consentWorkflows }),
      },
      maxConcurrentActivityTaskExecutions: concurrentCalls,
    }),
    await Worker.create({
      ...common,
      taskQueue: transferTaskQueueOf(taskQueue),
      activities: createHeavyActivities(dependencies),
      maxConcurrentActivityTaskExecutions: concurrentTransfers,
    }),
  ];
}
