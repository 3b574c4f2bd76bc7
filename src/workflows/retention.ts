/**
 * Deletes data when its retention time is over: one workflow for each Portage installation, asleep until the next
 * export is due.
 */
import { allHandlersFinished, condition, continueAsNew, setCurrentDetails, setHandler } from '@temporalio/workflow';

import type { RetentionApplied } from '../activities/retention';
import type { Policy, Retention } from '../domain/policy';
import { retentionSettingsSignal, type RetentionInput } from './signals-and-queries';
import { calls, failureCode } from './activity-proxies';

/**
 * A sleeping workflow looks again after this time at the latest, because of deletions that were interrupted elsewhere.
 */
const longestSleepMs = 24 * 3_600_000;
/** Rounds of one run: some 1,000 events. */
const roundsPerRun = 100;

export async function retentionWorkflow(input: RetentionInput): Promise<void> {
  const { policy } = input;
  let isSignalled = false;
  // A message means that the configuration may have changed; the step reads the settings in force.
  setHandler(retentionSettingsSignal, () => {
    isSignalled = true;
  });

  for (let round = 0; round < roundsPerRun; round += 1) {
    isSignalled = false;
    const { wakeAtMs, retention } = await applyRetention(policy);
    // An export that ends or is confirmed from now on has its whole time left, so nothing can be due earlier.
    const longestMs = Math.min(longestSleepMs, retention?.afterMs ?? longestSleepMs);
    const sleepMs = Math.min(longestMs, (wakeAtMs ?? Number.POSITIVE_INFINITY) - Date.now());
    // Never immediately: if the database's clock is a little behind, nothing would be due yet, again and again.
    const pauseMs = Math.max(sleepMs, Math.min(longestMs, policy.retryAfterMs.first));
    const until = new Date(Date.now() + pauseMs).toISOString();
    setCurrentDetails(`${wordsOf(retention)} Looks again at ${until}.`);
    await condition(() => isSignalled, pauseMs, { summary: `look again at ${until}` });
  }
  await condition(allHandlersFinished);
  await continueAsNew<typeof retentionWorkflow>(input);
}

interface Round {
  /** Epoch time at which the next data is due; null when none is. */
  readonly wakeAtMs: number | null;
  /** How long data is kept; null: forever; undefined when the step was run by a worker of an earlier release. */
  readonly retention: Retention | null | undefined;
}

async function applyRetention(policy: Policy): Promise<Round> {
  setCurrentDetails('Deleting data whose retention time is over.');
  try {
    const step = calls(policy, Date.now() + policy.storeWithinMs, 'delete data whose retention time is over');
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
