/** Waits until workflows have done due work, so that a test's next message does not arrive in between. */
import { setTimeout as pause } from 'node:timers/promises';

import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { optionalTsToMs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';

const {
  EVENT_TYPE_WORKFLOW_TASK_SCHEDULED: taskScheduled,
  EVENT_TYPE_WORKFLOW_TASK_STARTED: taskStarted,
  EVENT_TYPE_WORKFLOW_TASK_COMPLETED: taskCompleted,
  EVENT_TYPE_WORKFLOW_TASK_FAILED: taskFailed,
  EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT: taskTimedOut,
} = temporal.api.enums.v1.EventType;
const taskEvents = [taskScheduled, taskStarted, taskCompleted, taskFailed, taskTimedOut];

const lookEveryMs = 40;
/** Longer waits, as for a task that went to a stopped worker, are not awaited. */
const mostLooks = 150;

/**
 * The time-skipping server (release 1.36.1) loses a workflow whose task cancels an activity that was completed while the
 * task was worked on: it refuses the task with ACTIVITY_UNKNOWN, and never gives it again nor times it out. Temporal's
 * own server keeps such an answer in its buffer and takes the task. So no test ends a consent while a step of it
 * runs. To be called while time stands still.
 */
export async function settled(client: Client, workflowIds: readonly string[]): Promise<void> {
  let before: string | undefined;
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const { seen, isBusy } = await look(client, workflowIds);
    if (!isBusy && seen === before) return;
    before = seen;
    await pause(lookEveryMs);
  }
}

/** @returns the state of these workflows and their children, and whether a step of theirs is due or being done */
async function look(client: Client, workflowIds: readonly string[]): Promise<{ seen: string; isBusy: boolean }> {
  const looks = await Promise.all(
    workflowIds.map(async (workflowId) => {
      const described = await describe(client, workflowId);
      if (described === undefined) return { seen: '', isBusy: false };
      const { pendingActivities, pendingChildren } = described.raw;
      // A step that waits for its next try ended the last one after its start; its state does not show this.
      const steps = (pendingActivities ?? []).map(({ lastStartedTime, lastAttemptCompleteTime }) => ({
        begun: optionalTsToMs(lastStartedTime) ?? Infinity,
        ended: optionalTsToMs(lastAttemptCompleteTime) ?? -Infinity,
      }));
      // A task that was open when its workflow was terminated stays open in its history.
      const isAtWork = described.status.name === 'RUNNING' && (await openTaskSince(client, workflowId)) !== undefined;
      const children = await look(
        client,
        (pendingChildren ?? []).map((child) => child.workflowId ?? ''),
      );
      return {
        seen: [described.historyLength, ...steps.map(({ begun }) => begun), children.seen].join(),
        isBusy: isAtWork || children.isBusy || steps.some(({ begun, ended }) => ended < begun),
      };
    }),
  );
  return { seen: looks.map(({ seen }) => seen).join(), isBusy: looks.some(({ isBusy }) => isBusy) };
}

/**
 * Reads the history for a workflow task that is waiting for a worker, or being worked on; a description by this server
 * does not show it.
 *
 * @returns the server's time, in milliseconds, since which there is one; undefined when there is none
 */
export async function openTaskSince(client: Client, workflowId: string): Promise<number | undefined> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const last = events?.findLast(({ eventType }) => eventType != null && taskEvents.includes(eventType));
  const isOpen = last?.eventType === taskScheduled || last?.eventType === taskStarted;
  return isOpen ? optionalTsToMs(last.eventTime) : undefined;
}

async function describe(client: Client, workflowId: string) {
  try {
    return await client.workflow.getHandle(workflowId).describe();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
