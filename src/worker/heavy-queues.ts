/**
 * The queues of a worker's heavy steps, and of steps that wait for host apps: the steps of each queue, and the slots.
 */
import { createHeavyActivities } from '../activities';
import type { ActivityDependencies } from '../activities/dependencies';
import { createSemaphore } from '../semaphore';
import {
  readingTaskQueueOf,
  transferTaskQueueOf,
  verificationTaskQueueOf,
  webhookTaskQueueOf,
} from '../workflows/task-queues';

export interface HeavyQueue {
  readonly taskQueue: string;
  readonly activities: Partial<ReturnType<typeof createHeavyActivities>>;
  readonly atOnce: number;
}

/**
 * They share the main thread: several at the same time, so that a short one does not wait for long ones. Each holds a
 * few segments in memory.
 */
const verificationsAtOnce = 8;
/** Each one has a thread (reading-thread.ts). */
const readingsAtOnce = 4;
/** Most of the time they wait for the servers of host apps. */
const webhooksAtOnce = 100;
/** Slots for steps that workflows requested under an earlier release. */
const oldStepsAtOnce = 4;

/** @param taskQueue the queue of the light steps */
export function heavyQueues(taskQueue: string, dependencies: ActivityDependencies): HeavyQueue[] {
  const steps = createHeavyActivities(dependencies);
  const oldSlots = createSemaphore(oldStepsAtOnce);
  return [
    {
      taskQueue: transferTaskQueueOf(taskQueue),
      activities: {
        downloadArchive: (request) => steps.downloadArchive(request),
        // An earlier release put them on this queue. They must not have as many slots as downloads.
        verifyExport: (request) => oldSlots(() => steps.verifyExport(request)),
        readRecords: (request) => oldSlots(() => steps.readRecords(request)),
      },
      atOnce: dependencies.download.atOnce,
    },
    {
      taskQueue: verificationTaskQueueOf(taskQueue),
      activities: { verifyExport: (request) => steps.verifyExport(request) },
      atOnce: verificationsAtOnce,
    },
    {
      taskQueue: readingTaskQueueOf(taskQueue),
      activities: {
        readRecords: (request) => steps.readRecords(request),
        readOverdueRecords: (request) => steps.readOverdueRecords(request),
      },
      atOnce: readingsAtOnce,
    },
    {
      taskQueue: webhookTaskQueueOf(taskQueue),
      activities: { deliverWebhooks: (stream) => steps.deliverWebhooks(stream) },
      atOnce: webhooksAtOnce,
    },
  ];
}
