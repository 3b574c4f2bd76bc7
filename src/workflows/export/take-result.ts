/** Decides by the result of a cycle when the next export is due, or why none follows. */
import { patched } from '@temporalio/workflow';

import type { ExportOutcome } from '../../domain/outcome';
import { batchLoop, isRefusedPermanently } from '../../domain/schedule';
import type { ExportNowAnswer } from '../signals-and-queries';
import type { CycleUnderWay } from './begin-cycle';
import type { CycleResult } from './cycle';
import { nextAfter, type ExportLoop, type LoopResult } from './export-loop';
import { answerExportNow } from './export-now';
import { showOutcome } from './show-export';

/** Google has refused the start until a later time. @returns why the loop ends, if it does */
export function takeLock(
  loop: ExportLoop,
  lock: Extract<CycleResult, { kind: 'locked' }>,
): LoopResult['why'] | undefined {
  const { resource, accessType, policy } = loop.input;
  loop.endsAtMs = lock.endsAtMs;
  const atMs = nextAfter(loop, { startedAtMs: null, lockedUntilMs: lock.untilMs, refusedAtMs: null });
  // If our clock is ahead of Google's, the named time may have passed here: never ask again immediately (D22).
  loop.nextAtMs = Math.max(atMs, Date.now() + policy.pollEveryMs.min);
  loop.isOpen = true;
  answerExportNow(loop, { kind: 'locked', untilMs: loop.nextAtMs });
  return lock.forAll && accessType === 'time_based' && resource !== batchLoop ? 'batch_needed' : undefined;
}

/** The export has ended. @returns why the loop ends, if it does */
export function takeOutcome(
  loop: ExportLoop,
  outcome: ExportOutcome,
  { startedAtMs, isStarted }: CycleUnderWay,
): LoopResult['why'] | undefined {
  loop.isOpen = false;
  const before = loop.last;
  loop.last = outcome;
  answerExportNow(loop, answerOfEnded(outcome));
  showOutcome(loop, outcome, before);
  const why = whyLast(outcome, isStarted, loop);
  if (why !== undefined) return why;

  // A start that Google refuses is tried again a day later; a start that ran out of time has already waited for a day.
  if (!isStarted && outcome.errorCode !== 'START_OVERDUE') {
    const refused = { startedAtMs: null, lockedUntilMs: null, refusedAtMs: Date.now() };
    loop.nextAtMs = Math.max(loop.nextAtMs, nextAfter(loop, refused));
  }
  loop.longestMs = Math.max(loop.longestMs, Date.now() - startedAtMs);
  loop.cycle += 1;
  return undefined;
}

function whyLast(
  { errorCode }: ExportOutcome,
  isStarted: boolean,
  { input }: ExportLoop,
): LoopResult['why'] | undefined {
  const isOneTime = input.accessType === 'one_time';
  if (errorCode === 'GRANT_ENDED') return 'grant_ended';
  if (isRefusedPermanently(errorCode, false)) {
    const isLasting =
      isRefusedPermanently(errorCode, isStarted) || isOneTime || !patched('only a refused start is lasting');
    if (isLasting) return 'refused';
  }
  return isOneTime ? 'finished' : undefined;
}

function answerOfEnded({ exportId }: ExportOutcome): ExportNowAnswer {
  return exportId === '' ? { kind: 'ended' } : { kind: 'started', exportId };
}
