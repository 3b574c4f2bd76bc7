/** Keeps the Temporal Schedule of the housekeeping there and in step with the configuration. */
import { setTimeout as pause } from 'node:timers/promises';

import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';

import type { Policy } from '../../domain/policy';
import type { Logger } from '../../log';
import { outageWarningsOf } from '../../outage-warnings';
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
/** While Temporal is away it is tried again this often, or as often as the rounds where those come sooner. */
const retryEveryMs = 10_000;
/** What is not for want of Temporal is said once, then every so many tries. */
const tellEvery = 30;

/**
 * Makes the schedule, brings one that is there into step, and looks at each round whether it is still there: a Temporal
 * that lost its data gets it again. Safe for any number of servers at once; the one that started last decides.
 *
 * @returns a function that stops this and leaves the schedule where it is
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
        const told = 'housekeeping could not be scheduled yet';
        const away = temporalFailure(error, settings.address);
        if (away !== undefined) warnings.warn(away.code, { err: away }, told);
        else if (failures % tellEvery === 0) logger.warn({ err: error }, told);
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

/** Makes the schedule unless it is there. @param update whether one that is there is brought into step */
async function ensureHousekeeping(settings: HousekeepingSettings, update: boolean): Promise<void> {
  const { client, taskQueue, policy, everyMs } = settings;
  const scheduleId = housekeepingId(taskQueue);
  const wanted = {
    spec: { intervals: [{ every: everyMs }] },
    // One round is as good as many after an outage.
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
    // An operator who paused it keeps it paused.
    if (update) await client.schedule.getHandle(scheduleId).update(({ state }) => ({ ...wanted, state }));
  }
}

/** For a Portage that is not coming back. */
export async function removeHousekeeping(client: Client, taskQueue: string): Promise<void> {
  const handle = client.schedule.getHandle(housekeepingId(taskQueue));
  await client.withDeadline(Date.now() + timeoutMs, () => handle.delete());
}
