/** Keeps the housekeeping's Temporal Schedule in place, with the settings of the configuration. */
import { setTimeout as pause } from 'node:timers/promises';

import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';

import type { Policy } from '../../domain/policy';
import type { Logger } from '../../log';
import { outageWarningsOf } from '../../limit-outage-warnings';
import { temporalFailure } from '../failure';
import type { housekeepingWorkflow } from '../../workflows/housekeeping';
import { housekeepingId } from '../../workflows/ids';

export interface HousekeepingSettings {
  readonly client: Client;
  /** Temporal's host and port. */
  readonly address: string;
  readonly taskQueue: string;
  readonly policy: Policy;
  /** Pause between two rounds; Temporal counts in whole seconds. */
  readonly everyMs: number;
}

const timeoutMs = 5_000;
/** The pause between two tries while Temporal does not answer; the pause between two rounds, if that is shorter. */
const retryEveryMs = 10_000;
/** A failure that is not an outage of Temporal is logged at the first try and then at every 30th. */
const warnEvery = 30;

/**
 * Creates the schedule or updates the existing one, and checks at each round that it still exists: after Temporal has
 * lost its data, the schedule is created again. Safe for any number of servers at once: the settings of the server that
 * started last apply.
 *
 * @returns a function that stops the checks; the schedule stays
 */
export function keepHousekeeping(settings: HousekeepingSettings, logger: Logger): () => Promise<void> {
  const { client, everyMs } = settings;
  const warnings = outageWarningsOf(logger);
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    let inStep = false;
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        const update = !inStep;
        await client.withDeadline(Date.now() + timeoutMs, () => ensureHousekeeping(settings, update));
        if (failures > 0 || !inStep) logger.info({ everyMs }, 'housekeeping scheduled');
        [inStep, failures] = [true, 0];
      } catch (error) {
        const message = 'housekeeping could not be scheduled yet';
        const outage = temporalFailure(error, settings.address);
        if (outage !== undefined) warnings.warn(outage.code, { err: outage }, message);
        else if (failures % warnEvery === 0) logger.warn({ err: error }, message);
        failures += 1;
      }
      const waitMs = failures === 0 ? everyMs : Math.min(everyMs, retryEveryMs);
      await pause(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}

/** Creates the schedule unless it exists. @param update whether an existing schedule gets the present settings */
export async function ensureHousekeeping(
  settings: Omit<HousekeepingSettings, 'address'>,
  update: boolean,
): Promise<void> {
  const { client, taskQueue, policy, everyMs } = settings;
  const scheduleId = housekeepingId(taskQueue);
  const wanted = {
    spec: { intervals: [{ every: everyMs }] },
    // After an outage, one round does the work of all missed ones.
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10 seconds' as const },
    action: {
      type: 'startWorkflow' as const,
      workflowType: 'housekeepingWorkflow',
      workflowId: scheduleId,
      taskQueue,
      args: [{ policy }] satisfies Parameters<typeof housekeepingWorkflow>,
    },
  };
  try {
    await client.schedule.create({ ...wanted, scheduleId });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    // If an operator has paused it, it stays paused.
    if (update) await client.schedule.getHandle(scheduleId).update(({ state }) => ({ ...wanted, state }));
  }
}

/** Deletes the schedule, for an installation that is being removed. */
export async function removeHousekeeping(client: Client, taskQueue: string): Promise<void> {
  const handle = client.schedule.getHandle(housekeepingId(taskQueue));
  await client.withDeadline(Date.now() + timeoutMs, () => handle.delete());
}
