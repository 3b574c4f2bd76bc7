/** Processes the results of loops that have ended, and starts their next run: again, alone, or in the batch. */
import { patched } from '@temporalio/workflow';

import type { LoopPlan } from '../../activities/consent/plans';
import { batchLoop } from '../../domain/schedule';
import type { LoopResult } from '../export/export-loop';
import { addResourcesSignal } from '../signals-and-queries';
import { persistentCalls } from '../activity-proxies';
import type { LostLoop } from './consent-loops';
import { isEnding, type LiveConsent } from './live-consent';
import { joinBatch, reach } from './signal-loops';
import { startLoop } from './start-loop';

/** No loop is started once the consent is ending, which one of the results may cause. */
export async function settleLoops(consent: LiveConsent): Promise<void> {
  const { running, results, parked } = consent.loops;
  for (let result = results.shift(); result !== undefined; result = results.shift()) {
    const plan = running.get(result.resource)?.plan;
    running.delete(result.resource);
    if (result.last !== null) consent.outcomes.set(result.resource, result.last);
    if (result.why === 'grant_ended') consent.grantEnded = true;
    if (!isEnding(consent)) await startNext(consent, result, plan);
    if (result.resource === batchLoop) results.push(...parked.splice(0));
  }
}

/** @param plan the plan that the loop was started with */
async function startNext(
  consent: LiveConsent,
  result: LoopResult | LostLoop,
  plan: LoopPlan | undefined,
): Promise<void> {
  const { consentId, policy, loops } = consent;
  const resources = result.resources.filter((each) => !loops.superseded.has(each));
  if (resources.length === 0) return;
  const { nextAtMs } = result;
  const planAlone = (resource: string) =>
    persistentCalls(policy, 'one export of its own').planLoop({ consentId, resource });
  switch (result.why) {
    case 'lost':
      await resumeLoop(consent, result.resource, { ...result.plan, resources });
      return;
    case 'batch_needed':
    case 'joined_batch':
      await putIntoBatch(consent, result, resources);
      return;
    case 'split': {
      const [probe, ...rest] = [...resources].reverse();
      const request = { consentId, resources: rest, policy };
      const batch = await persistentCalls(policy, 'one less in the batch').planBatch(request);
      await startLoop(consent, { ...batch, nextAtMs });
      // This loop waits a little longer than the batch, so that the batch can start first in every case.
      const probeAtMs = Date.now() + 2 * policy.exportMarginMs;
      if (probe !== undefined) {
        await startLoop(consent, { ...(await planAlone(probe)), nextAtMs: probeAtMs, isProbe: true });
      }
      return;
    }
    case 'left_batch':
      await persistentCalls(policy, 'one export for each resource again').endBatch({ consentId });
      for (const resource of resources) await startLoop(consent, { ...(await planAlone(resource)), nextAtMs });
      return;
    case 'stopped':
      // Another workflow stopped this loop. When its own consent stops a loop, the consent is ending or the resources
      // are superseded, and this code is not reached.
      if (plan !== undefined && patched('loops that their consent did not stop go on')) {
        await resumeLoop(consent, result.resource, { ...plan, resources });
      }
      return;
    case 'finished':
    case 'grant_ended':
    case 'refused':
  }
}

/**
 * Starts a loop again that was lost, or that was not stopped by its consent. The loop continues its export, and does
 * not start the next export too early.
 */
async function resumeLoop(consent: LiveConsent, resource: string, plan: LoopPlan): Promise<void> {
  const { consentId, policy, loops } = consent;
  const before = loops.losses.get(resource) ?? 0;
  loops.losses.set(resource, before + 1);
  const pauseMs = Math.min(policy.exportEveryMs, policy.retryAfterMs.first * 2 ** before);
  const resume = persistentCalls(policy, 'continue a loop that was lost');
  const resumed = await resume.resumeLoop({ consentId, plan, policy });
  await startLoop(consent, { ...resumed, nextAtMs: Math.max(resumed.nextAtMs, Date.now() + pauseMs) });
}

/** Puts resources into the batch and starts the batch if it does not run; every other loop then has to join it. */
async function putIntoBatch(consent: LiveConsent, result: LoopResult, resources: readonly string[]): Promise<void> {
  const { consentId, policy, loops } = consent;
  const batch = loops.running.get(batchLoop);
  if (batch !== undefined) {
    batch.resources = [...batch.resources, ...resources];
    const isReached = await reach(() => batch.handle.signal(addResourcesSignal, { resources }));
    if (!isReached) loops.parked.push(result);
    return;
  }
  const plan = await persistentCalls(policy, 'share one export a day').planBatch({ consentId, resources, policy });
  await startLoop(consent, { ...plan, nextAtMs: result.nextAtMs });
  await joinBatch(consent);
}
