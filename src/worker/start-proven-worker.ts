/**
 * A worker that checks at start and every minute that it can do its work, and reports the result through the database.
 */
import { setTimeout as pause } from 'node:timers/promises';

import type { Logger } from '../log';
import type { Portage } from '../portage';
import type { PollingSettings } from './poll-task-queues';
import { openProbeConnection } from '../readiness/probe-connection';
import { unfitness, workerReadiness } from '../readiness/portage-readiness';
import { startWorker, type RunningWorker } from './start-worker';
import { taskQueuesOf } from '../workflows/task-queues';

/** Pause between two checks of a worker that must wait before it may work. */
const waitMs = 1_000;

export interface ProvenWorkerOptions {
  /** Ends the waiting before the start. */
  readonly signal?: AbortSignal;
  /** Settings that replace Portage's own. */
  readonly settings?: Partial<Pick<PollingSettings, 'dataConverter' | 'dependencies'>>;
}

/**
 * Starts a worker once the tables are of this release and the keys are those that sealed the stored data: with others
 * it would end valid consents. For everything else that is missing, the steps themselves are repeated.
 */
export async function startProvenWorker(
  portage: Portage,
  logger: Logger,
  { signal, settings }: ProvenWorkerOptions = {},
): Promise<RunningWorker> {
  const { config, dataConverter, limits, activityDependencies: dependencies } = portage;
  const { taskQueue } = config.temporal;
  const connection = openProbeConnection(config.temporal, limits.temporal);
  let worker: RunningWorker | undefined;
  const idle = taskQueuesOf(taskQueue).map(({ name }) => ({ name, running: 0 }));
  const readiness = workerReadiness(portage, connection, logger, () => worker?.queues() ?? idle);
  const end = async () => {
    await readiness.stop();
    await readiness.recordStop().catch((error: unknown) => {
      logger.warn({ err: error }, 'the end of the worker could not be recorded');
    });
    await connection.close();
  };
  try {
    await readiness.prove(['database', 'vaultKeys']);
    while (unfitness(readiness) !== undefined) {
      await readiness.round();
      await pause(waitMs, undefined, { signal });
    }
    const running = await startWorker(
      { temporal: config.temporal, policy: config.policy, dataConverter, dependencies, limits, logger, ...settings },
      signal,
    );
    worker = running;
    readiness.start();
    return {
      ...running,
      async stop() {
        await running.stop();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}
