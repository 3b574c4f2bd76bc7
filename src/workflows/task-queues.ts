/** The task queues, divided by what their steps wait for: TEMPORAL_TASK_QUEUE for light steps, and four more. */

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

/** Of webhooks, which wait for the servers of host apps. */
export function webhookTaskQueueOf(taskQueue: string): string {
  return `${taskQueue}-webhooks`;
}
