/**
 * The task queues, divided by the resource that their steps wait for: TEMPORAL_TASK_QUEUE for light steps, and four
 * more.
 */

/**
 * The task queues that the workers of a Portage installation poll; `runsWorkflows`: the queue also has workflow tasks.
 */
export function taskQueuesOf(taskQueue: string): { readonly name: string; readonly runsWorkflows: boolean }[] {
  const heavy = [transferTaskQueueOf, verificationTaskQueueOf, readingTaskQueueOf, webhookTaskQueueOf];
  return [
    { name: taskQueue, runsWorkflows: true },
    ...heavy.map((nameOf) => ({ name: nameOf(taskQueue), runsWorkflows: false })),
  ];
}

/** For downloads, which wait for the network. Workflows of an earlier release also use it for the other heavy steps. */
export function transferTaskQueueOf(taskQueue: string): string {
  return `${taskQueue}-transfers`;
}

/** For verifications, which wait for the storage. */
export function verificationTaskQueueOf(taskQueue: string): string {
  return `${taskQueue}-verifications`;
}

/** For readings, each of which takes a thread. */
export function readingTaskQueueOf(taskQueue: string): string {
  return `${taskQueue}-readings`;
}

/** For webhooks, which wait for the servers of host apps. */
export function webhookTaskQueueOf(taskQueue: string): string {
  return `${taskQueue}-webhooks`;
}
