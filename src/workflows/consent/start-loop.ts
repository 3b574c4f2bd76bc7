/** Starts the workflow of an export loop, and keeps its result for the consent to settle. */
import {
  CancellationScope,
  ChildWorkflowFailure,
  isCancellation,
  ParentClosePolicy,
  patched,
  startChild,
} from '@temporalio/workflow';

import type { LoopPlan } from '../../activities/consent/plans';
import type { ExportOutcome } from '../../domain/outcome';
import type { Policy } from '../../domain/policy';
import type { LoopResult } from '../export/export-loop';
import { exportWorkflow } from '../export/export-workflow';
import { exportWorkflowId } from '../ids';
import { consentIdAttribute, exportStateAttribute, resourceAttribute } from '../search-attributes';
import type { LostLoop } from './consent-loops';
import type { LiveConsent } from './live-consent';

/** `live` gets the result as a change and passes it to {@link settleLoops}. */
export async function startLoop(consent: LiveConsent, plan: LoopPlan): Promise<void> {
  const { consentId, policy, endsAtMs, paused } = consent;
  const { resource, resources } = plan;
  const handle = await startChild(exportWorkflow, {
    workflowId: exportWorkflowId(consentId, resource),
    args: [{ ...plan, consentId, endsAtMs, paused, longestMs: 0, last: null, policy }],
    parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    staticSummary: `export of ${resource}`,
    typedSearchAttributes: [
      { key: consentIdAttribute, value: consentId },
      { key: resourceAttribute, value: resource },
      { key: exportStateAttribute, value: 'initiating' },
    ],
  });
  consent.loops.running.set(resource, { plan, handle, resources });
  const keep = (result: LoopResult | LostLoop): void => {
    consent.loops.results.push(result);
    consent.hasChanges = true;
  };
  void handle.result().then(keep, (error: unknown) => {
    const result = resultOfFailure(consent, plan, error);
    if (result !== undefined) keep(result);
  });
}

/** @returns the result for a loop that ended without one; undefined when the consent itself is cancelled */
function resultOfFailure(consent: LiveConsent, plan: LoopPlan, error: unknown): LoopResult | LostLoop | undefined {
  // When the consent's own workflow is cancelled, Temporal cancels its main function too.
  if (!(error instanceof ChildWorkflowFailure) || CancellationScope.current().consideredCancelled) return undefined;
  const continues = patched('lost loops go on');
  if (!continues && isCancellation(error)) return undefined;

  const { policy, loops } = consent;
  const { resource, resources } = plan;
  // After that time Google has no archive of one-time access any more: nothing could be downloaded.
  const isOver = plan.accessType === 'one_time' && Date.now() >= (plan.startByMs ?? 0) + policy.storeWithinMs;
  if (continues && !isOver) {
    const left = loops.running.get(resource)?.resources ?? resources;
    return { resource, resources: left, why: 'lost', nextAtMs: 0, last: null, plan };
  }
  return { resource, resources, why: 'refused', nextAtMs: 0, last: brokenOutcome(resource, policy) };
}

function brokenOutcome(resource: string, policy: Policy): ExportOutcome {
  return {
    resource,
    exportId: '',
    state: 'failed',
    verdict: null,
    errorCode: 'UNEXPECTED',
    parts: 0,
    bytes: 0,
    keptUntilMs: Date.now() + policy.storeWithinMs,
  };
}
