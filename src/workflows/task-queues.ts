/** Two queues, so that heavy bytes never hold up a light step: TEMPORAL_TASK_QUEUE, and one beside it for transfers. */

/** The task queues that the workers of a Portage poll; `runsWorkflows`: besides steps. */
export function taskQueuesOf(taskQueue: string): { readonly name: string; readonly runsWorkflows: boolean }[] {
  return [
    { name: taskQueue, runsWorkflows: true },
    { name: transferTaskQueueOf(taskQueue), runsWorkflows: false },
  ];
}

/** The queue of download and verification, beside the queue of the workflows that ask for them. */
export function transferTaskQueueOf(taskQueue: string): string {
  return `${taskQueue}-transfers`;
}
