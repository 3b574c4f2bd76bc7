/** Queues by what a step waits for, each with slots of its own: TEMPORAL_TASK_QUEUE for light steps, and three beside it. */

/** The task queues that the workers of a Portage poll; `runsWorkflows`: besides steps. */
export function taskQueuesOf(taskQueue: string): { readonly name: string; readonly runsWorkflows: boolean }[] {
  const heavy = [transferTaskQueueOf, verificationTaskQueueOf, readingTaskQueueOf];
  return [
    { name: taskQueue, runsWorkflows: true },
    ...heavy.map((nameOf) => ({ name: nameOf(taskQueue), runsWorkflows: false })),
  ];
}

/** Of downloads, which wait for the network. Those of an earlier release ask here for the other heavy steps, too. */
export function transferTaskQueueOf(taskQueue: string): string {
  return `${taskQueue}-transfers`;
}

/** Of verifications, which wait for the storage. */
export function verificationTaskQueueOf(taskQueue: string): string {
  return `${taskQueue}-verifications`;
}

/** Of readings, which take a thread each. */
export function readingTaskQueueOf(taskQueue: string): string {
  return `${taskQueue}-readings`;
}
