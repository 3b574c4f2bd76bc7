/**
 * The loop of one resource, or of a batch: an export, and with time-based access the next one a day later, until its
 * consent stops it.
 */
import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  patched,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';

import type { LoopPlan } from '../activities/consent';
import type { ExportOutcome } from '../domain/outcome';
import type { Policy } from '../domain/policy';
import { resourceTitle } from '../domain/resources';
import {
  batchLoop,
  fitsBeforeEnd,
  freeAtMs,
  isRefusedForGood,
  spreadOf,
  withMargin,
  type LastStart,
} from '../domain/schedule';
import type { EndedExportState, ExportState } from '../domain/states';
import { consentWorkflowId } from './ids';
import { runCycle, type Started } from './export-cycle';
import {
  addResourcesSignal,
  exportNowUpdate,
  exportStatusQuery,
  joinBatchSignal,
  leaveBatchSignal,
  pauseSignal,
  removeResourcesSignal,
  renewedSignal,
  resumeSignal,
  splitWorkedSignal,
  stopSignal,
  type ExportNowAnswer,
} from './messages';
import { errorCodeAttribute, exportStateAttribute } from './search-attributes';
import { calls, failureCode } from './steps';

/** Everything that a loop has to know of its past and its future; carried from run to run. */
export interface ExportInput extends LoopPlan {
  readonly consentId: string;
  readonly endsAtMs: number | null;
  readonly paused: boolean;
  /** How long the longest export of this loop took. */
  readonly longestMs: number;
  readonly last: ExportOutcome | null;
  readonly policy: Policy;
}

/** Why a loop ended, and where it stood. */
export interface LoopResult {
  readonly resource: string;
  readonly resources: readonly string[];
  readonly why:
    | 'finished'
    | 'stopped'
    /** Google takes no token of the grant any more. */
    | 'grant_ended'
    /** Google refuses this resource for good. */
    | 'refused'
    /** Google's lock counts for all resources together: it has to go into the batch. */
    | 'batch_needed'
    | 'joined_batch'
    /** The batch: its last resource is to be tried on its own. */
    | 'split'
    /** The batch: all of its resources go on in loops of their own. */
    | 'left_batch';
  readonly nextAtMs: number;
  readonly last: ExportOutcome | null;
}

/** Marks runs that tell each phase of an export as a search attribute, not its end alone. */
const phasesAreShown = 'phases are shown';

/** Above this, a run continues as a new one; far below the server's own limits (https://docs.temporal.io/cloud/limits). */
const longestHistory = 2_000;

export async function exportWorkflow(input: ExportInput): Promise<LoopResult> {
  const { consentId, resource, accessType, policy, splitAtMs } = input;
  const spread = spreadOf(`${consentId}/${resource}`);
  const startAfter = (last: LastStart) => withMargin(policy, freeAtMs(policy, last), spread);
  const titles = () => resources.map(resourceTitle).join(', ');

  let { cycle, nextAtMs, startByMs, endsAtMs, paused, longestMs, isProbe, last } = input;
  let resources = [...input.resources];
  let state: ExportState | 'sleeping' = 'sleeping';
  let sinceMs = Date.now();
  /** What the search attribute says. */
  let shown: ExportState = last?.state ?? 'initiating';
  let exportId: string | undefined;
  let stop: 'finish' | 'abandon' | undefined;
  let leaving: 'joined_batch' | 'left_batch' | undefined;
  /** Set by every message; a sleeping loop looks at its state again. */
  let woken = false;
  /** Those who wish for an export now and wait for the answer. */
  const wishes: { answer?: ExportNowAnswer }[] = [];
  let scope = new CancellationScope();
  const consent = getExternalWorkflowHandle(consentWorkflowId(consentId));

  const wake = (): void => {
    woken = true;
  };
  const give = (answer: ExportNowAnswer): void => {
    for (const wish of wishes.splice(0)) wish.answer = answer;
  };
  const isStaying = () => stop === undefined && leaving === undefined;

  setHandler(exportStatusQuery, () => ({ state, sinceMs, resources, exportId, nextAtMs, paused }));
  setHandler(pauseSignal, () => {
    paused = true;
    give({ kind: 'paused' });
    wake();
  });
  setHandler(resumeSignal, () => {
    paused = false;
    wake();
  });
  setHandler(renewedSignal, (renewed) => {
    endsAtMs = renewed.endsAtMs;
    wake();
  });
  setHandler(stopSignal, ({ how }) => {
    stop = stop === 'abandon' ? stop : how;
    // A download is brought home even then: Google has spent the right to export on it.
    if (stop === 'abandon' && (state === 'initiating' || state === 'waiting')) scope.cancel();
    give({ kind: 'ended' });
    wake();
  });
  setHandler(joinBatchSignal, () => {
    leaving = 'joined_batch';
    wake();
  });
  setHandler(leaveBatchSignal, () => {
    leaving = 'left_batch';
    wake();
  });
  setHandler(addResourcesSignal, (added) => {
    resources = [...new Set([...resources, ...added.resources])];
  });
  setHandler(removeResourcesSignal, (removed) => {
    resources = resources.filter((each) => !removed.resources.includes(each));
    wake();
  });
  setHandler(exportNowUpdate, async (): Promise<ExportNowAnswer> => {
    if (stop !== undefined) return { kind: 'ended' };
    if (state !== 'sleeping' && state !== 'initiating') return { kind: 'started', exportId: exportId ?? '' };
    if (paused && state === 'sleeping') return { kind: 'paused' };
    const wish: (typeof wishes)[number] = {};
    wishes.push(wish);
    wake();
    await condition(() => wish.answer !== undefined);
    return wish.answer ?? { kind: 'ended' };
  });

  const enter = (next: ExportState | 'sleeping', details: string): void => {
    if (next !== state) sinceMs = Date.now();
    state = next;
    showPhase(next);
    setCurrentDetails(`**${titles()}** (\`${resource}\`, export ${cycle})\n\n${details}`);
  };

  /** The end of an export is shown with its error code, by the loop. */
  const showPhase = (next: ExportState | 'sleeping'): void => {
    if (!isPhase(next) || next === shown || !patched(phasesAreShown)) return;
    shown = next;
    upsertSearchAttributes([{ key: exportStateAttribute, value: next }]);
  };

  /** Sleeps until the next export is due. @returns why the loop ends instead, if it does */
  const due = async (): Promise<LoopResult['why'] | undefined> => {
    let renewalChecked = false;
    for (;;) {
      woken = false;
      if (stop !== undefined || resources.length === 0) return 'stopped';
      if (leaving !== undefined) return leaving;
      const now = Date.now();
      const isFree = now >= nextAtMs;
      const fits = fitsBeforeEnd(policy, Math.max(now, nextAtMs), endsAtMs, longestMs);
      if (!isFree) give({ kind: 'locked', untilMs: nextAtMs });
      if (isFree && !paused) {
        // A wish is granted even near the end: better an export that may come too late than none.
        if (fits || wishes.length > 0 || accessType === 'one_time') return undefined;
        if (!renewalChecked) {
          enter('sleeping', 'No further export fits before the grant ends; asking whether it was renewed.');
          renewalChecked = true;
          try {
            ({ endsAtMs } = await calls(policy, Date.now() + policy.startWithinMs, 'renewed?').checkRenewal({
              consentId,
            }));
          } catch (error) {
            if (failureCode(error, 'GOOGLE_UNAVAILABLE') === 'GRANT_ENDED') return 'grant_ended';
          }
          continue;
        }
      }
      const endsAtBefore = endsAtMs;
      if (paused) {
        enter('sleeping', 'Paused: no new export is started.');
        await condition(() => woken);
      } else if (isFree) {
        enter('sleeping', 'The last export before the end of the grant is done.');
        await condition(() => woken);
      } else {
        const at = new Date(nextAtMs).toISOString();
        enter('sleeping', `The next export is due at ${at}.${last === null ? '' : ` The last one: ${last.state}.`}`);
        await condition(() => woken, Math.max(1_000, nextAtMs - Date.now()), { summary: `next export ${at}` });
      }
      if (endsAtMs !== endsAtBefore) renewalChecked = false;
    }
  };

  /** Ends the loop; a request that was stored but never became a job is closed first. */
  const end = async (why: LoopResult['why'], openCycle: boolean): Promise<LoopResult> => {
    give({ kind: 'ended' });
    if (openCycle) {
      const record = calls(policy, Date.now() + policy.storeWithinMs, 'close the request that was not started');
      await record.failExport({ consentId, resource, resources, cycle, errorCode: 'EXPORT_STOPPED' });
    }
    await condition(allHandlersFinished);
    return { resource, resources, why, nextAtMs, last };
  };

  /** Whether the request of this cycle is stored already, although Google has not started it. */
  let isOpen = false;
  for (;;) {
    const why = await due();
    if (why !== undefined) return await end(why, isOpen);
    if (splitAtMs !== null && resources.length > 1 && Date.now() >= splitAtMs) return await end('split', isOpen);

    scope = new CancellationScope();
    const startedAtMs = Date.now();
    const progress = {
      isStarted: false,
      enter,
      async started(start: Started): Promise<void> {
        progress.isStarted = true;
        ({ exportId, endsAtMs } = start);
        const { initiatedAtMs, lockedUntilMs } = start;
        nextAtMs = startAfter({ startedAtMs: initiatedAtMs, lockedUntilMs, refusedAtMs: null });
        give({ kind: 'started', exportId });
        if (isProbe) await consent.signal(splitWorkedSignal);
        isProbe = false;
      },
    };
    const startBy = startByMs ?? startedAtMs + policy.startWithinMs;
    const request = { consentId, resource, resources, cycle, accessType, startByMs: startBy, policy };
    const done = await runCycle(request, progress, scope);
    state = 'sleeping';
    sinceMs = Date.now();
    startByMs = null;

    if (done.kind === 'locked') {
      endsAtMs = done.endsAtMs;
      const atMs = startAfter({ startedAtMs: null, lockedUntilMs: done.untilMs, refusedAtMs: null });
      // Where our clock is ahead of Google's, the named time may have passed here: never ask again at once (D22).
      nextAtMs = Math.max(atMs, Date.now() + policy.pollEveryMs.min);
      isOpen = true;
      give({ kind: 'locked', untilMs: nextAtMs });
      if (done.forAll && accessType === 'time_based' && resource !== batchLoop) return await end('batch_needed', true);
      continue;
    }

    isOpen = false;
    const before = last;
    last = done.outcome;
    const { errorCode } = done.outcome;
    give(endedAnswer(done.outcome));
    if (done.outcome.state !== before?.state || errorCode !== before.errorCode || done.outcome.state !== shown) {
      // Each change is a write of its own to the visibility store, so only what an operator filters by is told.
      shown = done.outcome.state;
      upsertSearchAttributes([
        { key: exportStateAttribute, value: done.outcome.state },
        { key: errorCodeAttribute, value: errorCode },
      ]);
    }
    if (errorCode === 'GRANT_ENDED') return await end('grant_ended', false);
    if (isRefusedForGood(errorCode, false)) {
      const isLasting =
        isRefusedForGood(errorCode, progress.isStarted) ||
        accessType === 'one_time' ||
        !patched('only a refused start is lasting');
      if (isLasting) return await end('refused', false);
    }
    if (accessType === 'one_time') return await end('finished', false);
    // What cannot be started at all is tried again a day later; one that ran out of time has waited for a day already.
    if (!progress.isStarted && errorCode !== 'START_OVERDUE') {
      nextAtMs = Math.max(nextAtMs, startAfter({ startedAtMs: null, lockedUntilMs: null, refusedAtMs: Date.now() }));
    }
    longestMs = Math.max(longestMs, Date.now() - startedAtMs);
    cycle += 1;

    const { historyLength, continueAsNewSuggested, runStartTime } = workflowInfo();
    const isOld = Date.now() - runStartTime.getTime() >= policy.continueAfterMs;
    if ((isOld || continueAsNewSuggested || historyLength > longestHistory) && isStaying()) {
      await condition(allHandlersFinished);
      // Built after the wait, so that a message that came meanwhile is carried over.
      const next = { cycle, nextAtMs, startByMs, endsAtMs, paused, longestMs, isProbe, last, resources };
      if (isStaying()) return await continueAsNew<typeof exportWorkflow>({ ...input, ...next });
    }
  }
}

/** The states of an export that is under way. */
function isPhase(state: ExportState | 'sleeping'): state is Exclude<ExportState, EndedExportState> {
  return state !== 'sleeping' && state !== 'ready' && state !== 'partial' && state !== 'failed';
}

function endedAnswer(outcome: ExportOutcome): ExportNowAnswer {
  return outcome.exportId === '' ? { kind: 'ended' } : { kind: 'started', exportId: outcome.exportId };
}
