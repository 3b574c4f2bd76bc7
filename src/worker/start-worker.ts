/** Runs workflows and activities until it is stopped. */
import { setTimeout as pause } from 'node:timers/promises';

import { Runtime } from '@temporalio/worker';

import type { QueueState } from '../domain/worker-state';
import type { Logger } from '../log';
import { outageWarningsOf } from '../limit-outage-warnings';
import { pollQueues, type Polling, type PollingSettings } from './poll-task-queues';
import { temporalFailure } from '../temporal/failure';
import { createRuntimeLogger } from '../temporal/runtime-logger';

export interface RunningWorker {
  /** Settles when the worker ends; rejects when it failed. */
  readonly ended: Promise<void>;
  /** The work under way at each of its task queues. */
  queues(): QueueState[];
  /** Lets running steps finish or hand over, then disconnects. */
  stop(): Promise<void>;
}

/** Pause between two tries to reach Temporal. */
const retryEveryMs = 1_000;

/**
 * Sends the log messages of Temporal's runtime through the same logger; `main.ts` handles signals. To be called once
 * per process.
 */
export function installRuntime(logger: Logger): void {
  Runtime.install({
    shutdownSignals: [],
    logger: createRuntimeLogger(logger),
    telemetryOptions: { logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } } },
  });
}

/**
 * Starts polling every task queue. It waits for Temporal and its namespace without limit, and waits again when the
 * runtime gives up.
 *
 * @param signal ends the waiting at start
 */
export async function startWorker(settings: PollingSettings, signal?: AbortSignal): Promise<RunningWorker> {
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
        // The runtime waits while Temporal is unavailable, but gives up after a minute without its namespace.
        if (!hasGivenUp(error, temporal.address)) throw error;
        await pause(retryEveryMs, undefined, { signal: stopping.signal });
        polling = await startPolling(settings, stopping.signal);
        // It may have been stopped in the meantime.
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
 * After the runtime gave up, the SDK often reports only that it could not shut the worker down, and not why
 * (`finalizeShutdown` in its core-bridge, 1.24.0).
 */
function hasGivenUp(error: unknown, address: string): boolean {
  const isHalfClosed = error instanceof Error && error.message.startsWith('Worker still in use');
  return isHalfClosed || temporalFailure(error, address) !== undefined;
}

/** @throws the signal's reason, and every error that is not an outage of Temporal */
async function startPolling(settings: PollingSettings, signal?: AbortSignal): Promise<Polling> {
  const { temporal, logger } = settings;
  for (;;) {
    try {
      return await pollQueues(settings);
    } catch (error) {
      const outage = temporalFailure(error, temporal.address);
      if (outage === undefined) throw error;
      outageWarningsOf(logger).warn(outage.code, { err: outage }, 'waiting for Temporal');
      await pause(retryEveryMs, undefined, { signal });
    }
  }
}
