/** Waits until workflows have done due work, so that a test's next message does not arrive in between. */
import { setTimeout as pause } from 'node:timers/promises';

import { WorkflowNotFoundError, type Client, type WorkflowExecutionDescription } from '@temporalio/client';
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
/** Longer waits, as for a task that the server lost, are not awaited. */
const mostMs = 20_000;

/**
 * The time-skipping server (release 1.36.1) loses a workflow whose task cancels an activity that was completed while the
 * task was worked on: it refuses the task with ACTIVITY_UNKNOWN, and never gives it again nor times it out. Temporal's
 * own server keeps such an answer in its buffer and takes the task. So no test ends a consent while a step of it
 * runs. To be called while time stands still.
 */
export async function settled(client: Client, workflowIds: readonly string[]): Promise<void> {
  let before: string | undefined;
  for (const beganAt = performance.now(); performance.now() < beganAt + mostMs;) {
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
      const begun = (pendingActivities ?? []).map(({ lastStartedTime }) => optionalTsToMs(lastStartedTime));
      // A task that was open when its workflow was terminated stays open in its history.
      const isAtWork = described.status.name === 'RUNNING' && (await workOf(client, described)).length > 0;
      const children = await look(
        client,
        (pendingChildren ?? []).map((child) => child.workflowId ?? ''),
      );
      return {
        seen: [described.historyLength, ...begun, children.seen].join(),
        isBusy: isAtWork || children.isBusy,
      };
    }),
  );
  return { seen: looks.map(({ seen }) => seen).join(), isBusy: looks.some(({ isBusy }) => isBusy) };
}

/**
 * What a worker has of a workflow, or is to get: its workflow task, and its steps. A description by this server does not
 * show the task, so its history is read.
 *
 * @returns the server's time, in milliseconds, of the last event of each of them; Infinity when it is unknown
 */
export async function openWork(client: Client, workflowId: string): Promise<number[]> {
  const described = await describe(client, workflowId);
  return described === undefined ? [] : workOf(client, described);
}

async function workOf(client: Client, described: WorkflowExecutionDescription): Promise<number[]> {
  const task = await openTaskSince(client, described);
  const steps = (described.raw.pendingActivities ?? [])
    // A step that waits for its next try ended the last one after its start; its state does not show this.
    .filter(({ lastStartedTime, lastAttemptCompleteTime }) => {
      const begun = optionalTsToMs(lastStartedTime);
      return begun === undefined || (optionalTsToMs(lastAttemptCompleteTime) ?? -Infinity) < begun;
    })
    .map(({ lastStartedTime, scheduledTime }) => optionalTsToMs(lastStartedTime ?? scheduledTime) ?? Infinity);
  return task === undefined ? steps : [task, ...steps];
}

/** Results by run and length of its history: reading a long one takes time, and each length has one result. */
const openTasks = new Map<string, number | undefined>();

async function openTaskSince(
  client: Client,
  { workflowId, runId, historyLength }: WorkflowExecutionDescription,
): Promise<number | undefined> {
  const key = `${runId} ${historyLength}`;
  if (openTasks.has(key)) return openTasks.get(key);
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const task = events?.findLast(({ eventType }) => eventType != null && taskEvents.includes(eventType));
  const isOpen = task?.eventType === taskScheduled || task?.eventType === taskStarted;
  const since = isOpen ? (optionalTsToMs(task.eventTime) ?? Infinity) : undefined;
  openTasks.set(`${runId} ${events?.length ?? 0}`, since);
  return since;
}

async function describe(client: Client, workflowId: string) {
  try {
    return await client.workflow.getHandle(workflowId).describe();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
