/** The queues of a worker's heavy steps: what runs on each, and how many at once. */
import { createHeavyActivities } from './activities';
import type { ActivityDependencies } from './activities/dependencies';
import { createSlots } from './database/slots';
import { readingTaskQueueOf, transferTaskQueueOf, verificationTaskQueueOf } from './workflows/task-queues';

export interface HeavyQueue {
  readonly taskQueue: string;
  readonly activities: Partial<ReturnType<typeof createHeavyActivities>>;
  readonly atOnce: number;
}

/** They share the main thread, so that a short one is not behind long ones; each holds a few segments in memory. */
const verificationsAtOnce = 8;
/** Each has a thread (reading-thread.ts). */
const readingsAtOnce = 4;
/** Of the steps that workflows asked for under an earlier release. */
const oldStepsAtOnce = 4;

/** @param taskQueue the queue of the light steps */
export function heavyQueues(taskQueue: string, dependencies: ActivityDependencies): HeavyQueue[] {
  const { downloadArchive, verifyExport, ...readings } = createHeavyActivities(dependencies);
  const oldSlots = createSlots(oldStepsAtOnce);
  return [
    {
      taskQueue: transferTaskQueueOf(taskQueue),
      activities: {
        downloadArchive,
        // An earlier release asked for them here. They must not have as many slots as downloads.
        verifyExport: (request) => oldSlots(() => verifyExport(request)),
        readRecords: (request) => oldSlots(() => readings.readRecords(request)),
      },
      atOnce: dependencies.download.atOnce,
    },
    { taskQueue: verificationTaskQueueOf(taskQueue), activities: { verifyExport }, atOnce: verificationsAtOnce },
    { taskQueue: readingTaskQueueOf(taskQueue), activities: readings, atOnce: readingsAtOnce },
  ];
}
