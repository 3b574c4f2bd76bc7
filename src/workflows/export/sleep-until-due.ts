/** The wait between two exports of a loop. */
import { condition } from '@temporalio/workflow';

import { fitsBeforeEnd } from '../../domain/schedule';
import { calls, failureCode } from '../activity-proxies';
import type { ExportLoop, LoopResult } from './export-loop';
import { answerExportNow } from './export-now';
import { enterState, showSleep } from './show-export';

/** Sleeps until the next export is due. @returns why the loop ends instead, if it does */
export async function sleepUntilDue(loop: ExportLoop): Promise<LoopResult['why'] | undefined> {
  const { consentId, accessType, policy } = loop.input;
  let isRenewalChecked = false;
  for (;;) {
    // The loop starts no export before it has read the requests.
    if (loop.readsUnderWay > 0) await condition(() => loop.readsUnderWay === 0);
    loop.woken = false;
    if (loop.stop !== undefined || loop.resources.length === 0) return 'stopped';
    if (loop.leaving !== undefined) return loop.leaving;

    const now = Date.now();
    const isFree = now >= loop.nextAtMs;
    const fits = fitsBeforeEnd(policy, Math.max(now, loop.nextAtMs), loop.endsAtMs, loop.longestMs);
    if (!isFree) answerExportNow(loop, { kind: 'locked', untilMs: loop.nextAtMs });
    if (isFree && !loop.paused) {
      // A request is granted even near the end: an export that may be too late is better than none.
      if (fits || loop.exportNowRequests.length > 0 || accessType === 'one_time') return undefined;
      if (!isRenewalChecked) {
        enterState(loop, 'sleeping', 'No further export fits before the grant ends; asking whether it was renewed.');
        isRenewalChecked = true;
        try {
          const step = calls(policy, Date.now() + policy.startWithinMs, 'renewed?');
          loop.endsAtMs = (await step.checkRenewal({ consentId })).endsAtMs;
        } catch (error) {
          if (failureCode(error, 'GOOGLE_UNAVAILABLE') === 'GRANT_ENDED') return 'grant_ended';
        }
        continue;
      }
    }
    const endsAtBefore = loop.endsAtMs;
    await wokenOrDue(loop, isFree);
    if (loop.endsAtMs !== endsAtBefore) isRenewalChecked = false;
  }
}

/** Not an `async` function, which would resolve one step later: histories of running loops depend on the order. */
function wokenOrDue(loop: ExportLoop, isFree: boolean): Promise<unknown> {
  showSleep(loop, isFree);
  const isWoken = () => loop.woken;
  if (loop.paused || isFree) return condition(isWoken);
  const summary = `next export ${new Date(loop.nextAtMs).toISOString()}`;
  return condition(isWoken, Math.max(1_000, loop.nextAtMs - Date.now()), { summary });
}
