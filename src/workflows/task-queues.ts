/** Two queues, so that heavy bytes never hold up a light step. */

/** Workflows and short calls. */
export const mainTaskQueue = 'portage';

/** Download and verification, beside the queue of the workflows that ask for them. */
export function transferTaskQueueOf(taskQueue: string): string {
  return `${taskQueue}-transfers`;
}
