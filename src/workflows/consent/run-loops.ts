/**
 * The main part of a consent's workflow, while its exports run. It passes promises of its steps on unchanged: one more
 * `await` could change the order of the commands of running workflows, because loops and renewal checks run at the same
 * time.
 */
import { condition, getExternalWorkflowHandle, isCancellation } from '@temporalio/workflow';

import type { ConsentPlan } from '../../activities/consent/plans';
import type { StopWanted } from '../../domain/states';
import { consentWorkflowId } from '../ids';
import { supersededSignal } from '../signals-and-queries';
import { persistentCalls } from '../activity-proxies';
import { nextRenewalCheck, startRenewalCheck, type RenewalCheck } from './check-renewal';
import { isIdle } from './consent-loops';
import { isEnding, type LiveConsent } from './live-consent';
import { readRequests } from './read-requests';
import { settleLoops } from './settle-loops';
import { showDetails, showEndOfGrant } from './show-consent';
import { leaveBatch, pauseLoops, renewLoops, stopLoops, supersedeLoops } from './signal-loops';
import { startLoop } from './start-loop';

/** The reason why no export follows. */
export type LifeOver =
  | { readonly why: 'stop_requested'; readonly stop: StopWanted }
  | { readonly why: 'grant_ended' }
  /** Newer consents have taken over every resource. */
  | { readonly why: 'superseded' }
  | { readonly why: 'finished' };

/** Keeps the loops running and processes messages, results of loops and renewal checks, until every loop has ended. */
export async function runLoops(consent: LiveConsent, plan: ConsentPlan): Promise<LifeOver> {
  const { consentId, policy, requests } = consent;
  await takeOver(consent, plan.supersedes);
  for (const loop of plan.loops) await startLoop(consent, loop);

  let isStopping = false;
  let loopsEndAtMs = consent.endsAtMs;
  for (;;) {
    consent.hasChanges = false;
    if (requests.areUnread) await readRequests(consent);
    await settleLoops(consent);

    if (requests.pause !== undefined && requests.pause !== consent.paused) {
      consent.paused = requests.pause;
      const summary = consent.paused ? 'record the pause' : 'record that it is resumed';
      await persistentCalls(policy, summary).setPaused({ consentId, paused: consent.paused });
      await pauseLoops(consent);
    }
    if (requests.superseded.length > 0) {
      const resources = requests.superseded.splice(0);
      await persistentCalls(policy, 'a newer consent takes over').supersede({ consentId, resources });
      await supersedeLoops(consent, resources);
    }
    if (requests.splitWorked) {
      requests.splitWorked = false;
      await leaveBatch(consent);
    }
    if (consent.endsAtMs !== loopsEndAtMs) {
      loopsEndAtMs = consent.endsAtMs;
      showEndOfGrant(consent);
      await renewLoops(consent, loopsEndAtMs);
    }
    if (isEnding(consent) && !isStopping) {
      isStopping = true;
      await stopLoops(consent, requests.stop === undefined ? 'finish' : 'abandon');
    }

    const check = isStopping ? undefined : nextRenewalCheck(consent);
    if (check !== undefined && Date.now() >= check.atMs) {
      startRenewalCheck(consent, check);
      continue;
    }
    if (isIdle(consent.loops)) return whyOver(consent, plan.granted);
    showDetails(consent, consent.paused ? 'Paused: no new export is started.' : '');
    await changesOr(consent, check);
  }
}

/** Notifies older consents of the user which resources this consent exports from now on. */
async function takeOver({ consentId }: LiveConsent, supersedes: ConsentPlan['supersedes']): Promise<void> {
  for (const { consentId: older, resources } of supersedes) {
    // A consent that has ended in the meantime has no resources to take over.
    const handle = getExternalWorkflowHandle(consentWorkflowId(older));
    await handle.signal(supersededSignal, { resources, by: consentId }).catch((error: unknown) => {
      if (isCancellation(error)) throw error;
    });
  }
}

/** Waits for changes, at most until the next renewal check is due. */
function changesOr(consent: LiveConsent, check: RenewalCheck | undefined): Promise<unknown> {
  const hasChanges = () => consent.hasChanges;
  if (check === undefined) return condition(hasChanges);
  const summary = check.beforeEndMs === null ? 'the grant ends' : 'reminder: the grant can be renewed';
  return condition(hasChanges, Math.max(1_000, check.atMs - Date.now()), { summary });
}

function whyOver({ requests, grantEnded, loops }: LiveConsent, granted: readonly string[]): LifeOver {
  if (requests.stop !== undefined) return { why: 'stop_requested', stop: requests.stop };
  if (grantEnded) return { why: 'grant_ended' };
  return { why: granted.every((resource) => loops.superseded.has(resource)) ? 'superseded' : 'finished' };
}
