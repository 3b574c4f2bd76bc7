/**
 * The necessary parts of Temporal: the server, the namespace, the search attributes, and a worker at each task queue.
 */
import type { ConnectionLike } from '@temporalio/client';
import { optionalTsToMs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';

import { checkingTables } from '../database/failure';
import type { WorkerStore } from '../database/workers';
import { PortageError } from '../domain/error-codes';
import { taskQueuesOf } from '../workflows/task-queues';
import type { Check } from './readiness';
import { isRefused, missingSearchAttributes, namingNamespace } from './register-search-attributes';

export interface TemporalPlace {
  readonly connection: ConnectionLike;
  readonly namespace: string;
  readonly taskQueue: string;
}

/** The checks that server and worker need. A missing right to read a setting is no fault. */
export function temporalChecks({ connection, namespace }: TemporalPlace): Check[] {
  const away = 'TEMPORAL_UNAVAILABLE';
  const check = (name: string, look: () => Promise<unknown>): Check => ({
    name,
    away,
    run: (withinMs) => connection.withDeadline(Date.now() + withinMs, () => unlessRefused(look)),
  });
  return [
    { ...check('temporal', () => connection.workflowService.getSystemInfo({})), isQuick: true },
    check('namespace', () =>
      namingNamespace(namespace, () => connection.workflowService.describeNamespace({ namespace })),
    ),
    check('searchAttributes', async () => {
      const missing = await missingSearchAttributes({ connection, namespace });
      if (missing.length > 0) throw new PortageError('SEARCH_ATTRIBUTES_MISSING', { detail: missing.join(', ') });
    }),
  ];
}

/**
 * A poll ends after 50 seconds and the next one begins at once, so a poller that was last seen before that has ended.
 */
const pollLivesMs = 65_000;
const { TASK_QUEUE_TYPE_ACTIVITY, TASK_QUEUE_TYPE_WORKFLOW } = temporal.api.enums.v1.TaskQueueType;

/**
 * Checks that every task queue has a worker, and that no worker has a fault of its own.
 *
 * Temporal lists the pollers of a queue in the last minutes. A worker that has stopped in order is left out. A worker
 * with all its slots in use does not poll, but still counts.
 */
export function workersCheck(place: TemporalPlace, workers: WorkerStore, nowMs: () => number): Check {
  const { connection, namespace, taskQueue } = place;

  const pollers = async (queue: string, taskQueueType: temporal.api.enums.v1.TaskQueueType): Promise<string[]> => {
    const answer = await namingNamespace(namespace, () =>
      connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: queue }, taskQueueType }),
    );
    return answer.pollers.flatMap(({ identity, lastAccessTime }) =>
      nowMs() - (optionalTsToMs(lastAccessTime) ?? 0) < pollLivesMs ? [identity ?? ''] : [],
    );
  };

  const look = async (): Promise<void> => {
    const live = await checkingTables(() => workers.live());
    const stopped = await checkingTables(() => workers.stoppedIdentities());
    const isBusy = (queue: string) =>
      live.some(({ queues }) => queues.some(({ name, running }) => name === queue && running > 0));
    const kinds = taskQueuesOf(taskQueue).flatMap(({ name, runsWorkflows }) => [
      { name, kind: 'steps', type: TASK_QUEUE_TYPE_ACTIVITY },
      ...(runsWorkflows ? [{ name, kind: 'workflows', type: TASK_QUEUE_TYPE_WORKFLOW }] : []),
    ]);
    const served = await Promise.all(
      kinds.map(async ({ name, type }) => {
        const polling = await pollers(name, type);
        return polling.some((identity) => !stopped.has(identity)) || isBusy(name);
      }),
    );
    const without = kinds.filter((_, index) => served[index] !== true).map(({ name, kind }) => `${name} (${kind})`);
    // A fault that keeps a worker from polling is reported rather than a missing worker.
    for (const { identity, queues, faults } of live) {
      const [fault] = faults;
      // Another Portage may share the database, with its own queues.
      if (fault === undefined || !queues.some(({ name }) => kinds.some((kind) => kind.name === name))) continue;
      throw new PortageError(fault.code, { detail: `worker ${identity}: ${fault.check}: ${fault.message}` });
    }
    if (without.length > 0) throw new PortageError('WORKERS_MISSING', { detail: without.join(', ') });
  };

  return {
    name: 'workers',
    away: 'TEMPORAL_UNAVAILABLE',
    run: (withinMs) => connection.withDeadline(Date.now() + withinMs, () => unlessRefused(look)),
  };
}

async function unlessRefused(look: () => Promise<unknown>): Promise<void> {
  try {
    await look();
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
}
