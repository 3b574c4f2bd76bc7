/** Waits until workflows have done what is due, so that a test's next word does not meet them in the middle of it. */
import { setTimeout as pause } from 'node:timers/promises';

import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';

const { PENDING_ACTIVITY_STATE_SCHEDULED: scheduled } = temporal.api.enums.v1.PendingActivityState;

const lookEveryMs = 40;
/** What waits for a fault to pass, or for a task of a worker that left, is not waited for. */
const mostLooks = 100;

/**
 * The time-skipping server (release 1.36.1) loses a workflow whose task cancels an activity that was completed while the
 * task was worked on: it refuses the task with ACTIVITY_UNKNOWN, and never gives it again nor times it out. Temporal's
 * own server keeps such an answer in its buffer and takes the task. So a consent is not told to stop while a step of it
 * is being done. To be called while time stands still.
 */
export async function settled(client: Client, workflowIds: readonly string[]): Promise<void> {
  let before = -1;
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const { events, isBusy } = await look(client, workflowIds);
    if (!isBusy && events === before) return;
    before = isBusy ? -1 : events;
    await pause(lookEveryMs);
  }
}

/** @returns how many events the histories have, and whether an activity of theirs is due or being done */
async function look(client: Client, workflowIds: readonly string[]): Promise<{ events: number; isBusy: boolean }> {
  const looks = await Promise.all(
    workflowIds.map(async (workflowId) => {
      const described = await describe(client, workflowId);
      if (described === undefined) return { events: 0, isBusy: false };
      const { pendingActivities, pendingChildren } = described.raw;
      const isDue = (pendingActivities ?? []).some(({ state, attempt }) => state !== scheduled || (attempt ?? 1) <= 1);
      const below = await look(
        client,
        (pendingChildren ?? []).map((child) => child.workflowId ?? ''),
      );
      return { events: described.historyLength + below.events, isBusy: isDue || below.isBusy };
    }),
  );
  return {
    events: looks.reduce((sum, { events }) => sum + events, 0),
    isBusy: looks.some(({ isBusy }) => isBusy),
  };
}

async function describe(client: Client, workflowId: string) {
  try {
    return await client.workflow.getHandle(workflowId).describe();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
