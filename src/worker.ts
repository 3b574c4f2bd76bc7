/** Runs workflows and activities until it is stopped. */
import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';

import { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { NativeConnection, Runtime, Worker, type LogMetadata, type WorkerOptions } from '@temporalio/worker';

import { createCallActivities, createHousekeepingActivities } from './activities';
import type { ActivityDependencies } from './activities/dependencies';
import { createActivityInterceptor } from './activities/interceptor';
import { notingProgress } from './activities/progress';
import { createConsentWorkflows } from './consents/consent-workflows';
import { usualLimits, type Limits } from './domain/limits';
import type { Logger } from './log';
import { heavyQueues } from './worker-queues';

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
  /** Lets running steps finish or hand over, then disconnects. */
  stop(): Promise<void>;
}

/** Made by `npm run build` from `src/workflows/index.ts`. */
const workflowBundle = { codePath: join(__dirname, '../dist/workflow-bundle.js') };
/** They are short. */
const concurrentCalls = 50;
const graceTime = '10 seconds';
/** The housekeeping’s calls to Temporal are short, and repeated at its next round. */
const callTimeoutMs = 10_000;

/** Sends what Temporal's runtime says through the same logger; signals stay with `main.ts`. Once per process. */
export function installRuntime(logger: Logger): void {
  Runtime.install({
    shutdownSignals: [],
    logger: {
      log: (level, message, meta) => logger[levels[level]](fieldsOf(meta), message),
      trace: (message, meta) => logger.trace(fieldsOf(meta), message),
      debug: (message, meta) => logger.debug(fieldsOf(meta), message),
      info: (message, meta) => logger.info(fieldsOf(meta), message),
      warn: (message, meta) => logger.warn(fieldsOf(meta), message),
      error: (message, meta) => logger.error(fieldsOf(meta), message),
    },
    telemetryOptions: { logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } } },
  });
}

/** The SDK's inner handles, which say nothing to an operator. */
const innerFields = new Set(['taskToken', 'isLocal', 'namespace', 'activityId', 'workflowRunId', 'error']);

/** Who and what; `error` becomes `err`, for the serializer that removes secrets. */
function fieldsOf(meta: LogMetadata = {}): Record<string, unknown> {
  const fields = Object.fromEntries(Object.entries(meta).filter(([name]) => !innerFields.has(name)));
  return meta['error'] === undefined ? fields : { ...fields, err: meta['error'] };
}

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** Starts polling every task queue; waits for Temporal as long as it takes. */
export async function startWorker(settings: WorkerSettings, signal?: AbortSignal): Promise<RunningWorker> {
  const { logger, limits = usualLimits } = settings;
  const dependencies = notingProgress(settings.dependencies);
  const { taskQueue, namespace } = settings.temporal;
  const connection = await connect(settings, signal);
  const common: Omit<WorkerOptions, 'taskQueue'> = {
    connection,
    namespace,
    dataConverter: settings.dataConverter,
    interceptors: { activity: [createActivityInterceptor(logger, limits.progressMs)] },
    shutdownGraceTime: graceTime,
  };
  const client = new Client({ connection, namespace, dataConverter: settings.dataConverter });
  const { consents, now } = dependencies;
  const consentWorkflows = createConsentWorkflows({ client, taskQueue, consents, timeoutMs: callTimeoutMs, now });
  const workers = [
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
  ];
  for (const { atOnce, ...queue } of heavyQueues(taskQueue, dependencies)) {
    workers.push(await Worker.create({ ...common, ...queue, maxConcurrentActivityTaskExecutions: atOnce }));
  }
  const ended = Promise.all(workers.map((worker) => worker.run())).then(() => connection.close());
  logger.info({ taskQueue, address: settings.temporal.address }, 'worker started');
  return {
    ended,
    async stop() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
      logger.info('worker stopped');
    },
  };
}

/** The worker's connection fails at once when nothing listens, so waiting is ours. */
async function connect({ temporal, logger }: WorkerSettings, signal?: AbortSignal): Promise<NativeConnection> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await NativeConnection.connect({ address: temporal.address });
    } catch (error) {
      if (attempt % 15 === 1) logger.warn({ address: temporal.address, err: error }, 'waiting for Temporal');
      await pause(1_000, undefined, { signal });
    }
  }
}
