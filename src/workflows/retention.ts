/** Keeps data no longer than it should be: one workflow for a Portage, asleep until the time of the next export is over. */
import { allHandlersFinished, condition, continueAsNew, setCurrentDetails, setHandler } from '@temporalio/workflow';

import type { RetentionApplied } from '../activities/retention';
import type { Policy, Retention } from '../domain/policy';
import { retentionSettingsSignal, type RetentionInput } from './signals-and-queries';
import { calls, failureCode } from './activity-proxies';

/** A sleeping workflow looks again after this long at the latest, for deletions that were broken off elsewhere. */
const longestSleepMs = 24 * 3_600_000;
/** Rounds of one run: some 1,000 events. */
const roundsPerRun = 100;

export async function retentionWorkflow(input: RetentionInput): Promise<void> {
  const { policy } = input;
  let isSignalled = false;
  // A message says that the configuration may be another one; what holds is read by the step.
  setHandler(retentionSettingsSignal, () => {
    isSignalled = true;
  });

  for (let round = 0; round < roundsPerRun; round += 1) {
    isSignalled = false;
    const { wakeAtMs, retention } = await applyRetention(policy);
    // Whatever ends or is confirmed from now on has all of its time before it, so nothing can be due earlier.
    const longestMs = Math.min(longestSleepMs, retention?.afterMs ?? longestSleepMs);
    const sleepMs = Math.min(longestMs, (wakeAtMs ?? Number.POSITIVE_INFINITY) - Date.now());
    // Never at once: where the database's clock is a little behind, nothing would be due yet, again and again.
    const pauseMs = Math.max(sleepMs, Math.min(longestMs, policy.retryAfterMs.first));
    const until = new Date(Date.now() + pauseMs).toISOString();
    setCurrentDetails(`${wordsOf(retention)} Looks again at ${until}.`);
    await condition(() => isSignalled, pauseMs, { summary: `look again at ${until}` });
  }
  await condition(allHandlersFinished);
  await continueAsNew<typeof retentionWorkflow>(input);
}

interface Round {
  /** Epoch time at which something is due again; null when nothing is. */
  readonly wakeAtMs: number | null;
  /** How long data is kept; null: for ever; undefined when the step did not say, as a worker of an earlier release. */
  readonly retention: Retention | null | undefined;
}

async function applyRetention(policy: Policy): Promise<Round> {
  setCurrentDetails('Deleting what was kept long enough.');
  try {
    const step = calls(policy, Date.now() + policy.storeWithinMs, 'delete what was kept long enough');
    const { nextAtMs, retention }: Partial<RetentionApplied> = await step.applyRetention();
    return { wakeAtMs: nextAtMs ?? null, retention };
  } catch (error) {
    // The step was tried for two weeks and logged each failure; the next round starts again.
    failureCode(error, 'STORAGE_UNAVAILABLE');
    return { wakeAtMs: Date.now() + policy.retryAfterMs.longest, retention: undefined };
  }
}

function wordsOf(retention: Round['retention']): string {
  if (retention === undefined) return 'How long data is kept is not known at the moment.';
  if (retention === null) return 'Everything is kept.';
  const from = retention.from === 'end' ? 'its end' : 'the delivery that the host app confirmed';
  return `The data of an export is kept for ${retention.afterMs} ms from ${from}.`;
}
