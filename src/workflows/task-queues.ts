/** Two queues, so that heavy bytes never hold up a light step. */

/** Workflows and short calls. */
export const mainTaskQueue = 'portage';
/** Download and verification. */
export const transferTaskQueue = 'portage-transfers';
