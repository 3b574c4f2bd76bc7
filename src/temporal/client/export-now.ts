/** Asks the loops of a consent for an export now, and collects their answers. */
import { WorkflowNotFoundError, WorkflowUpdateFailedError, WorkflowUpdateStage } from '@temporalio/client';

import { exportedResources, type Consent } from '../../database/consents';
import { PortageError } from '../../domain/error-codes';
import { batchLoop } from '../../domain/schedule';
import { exportWorkflowId } from '../../workflows/ids';
import { exportNowUpdate, type ExportNowAnswer } from '../../workflows/signals-and-queries';
import type { ConsentProgress } from './consent-progress';
import type { TemporalCalls } from './temporal-calls';

/** The outcome of a request for an export now, for one loop. */
export interface LoopAnswer {
  /** A resource, or `batch`. */
  readonly loop: string;
  readonly answer:
    | ExportNowAnswer
    /** The loop has the request, and Google’s answer to it did not come in time. */
    | { readonly kind: 'pending' }
    /** No worker handled the request in time, although one answered for another loop. */
    | { readonly kind: 'unanswered' }
    /** No such loop runs: it has ended, or has not begun. */
    | { readonly kind: 'not_running' };
}

/**
 * Asks one loop or all of them, and also the batch when it may have the resource.
 *
 * @returns the answer of each loop that was asked
 * @throws PortageError `WORKFLOW_MISSING`, `NO_WORKER`, `TEMPORAL_UNAVAILABLE`
 */
export async function requestExportNow(
  deps: { calls: TemporalCalls; progress: (consentId: string) => Promise<ConsentProgress> },
  consent: Consent,
  resource: string | undefined,
): Promise<LoopAnswer[]> {
  const { calls, progress } = deps;
  const { id: consentId } = consent;
  await calls.reach();
  const loops = resource === undefined ? exportedResources(consent) : [resource];
  const answers = await Promise.all(loops.map((loop) => askLoop(calls, consentId, loop)));
  const mayBeShared = consent.batchedAt !== null && answers.some(isNotRunning);
  const batch = mayBeShared ? await askLoop(calls, consentId, batchLoop) : undefined;
  const all =
    batch === undefined || isNotRunning(batch)
      ? answers
      : [...answers.filter((answer) => !isNotRunning(answer)), batch];
  if (all.every(({ answer }) => answer.kind === 'unanswered')) throw new PortageError('NO_WORKER');
  if (all.every(isNotRunning)) {
    const consentProgress = await progress(consentId);
    if (consentProgress.workflow === 'unknown') throw consentProgress.error;
    if (consentProgress.workflow !== 'running') throw new PortageError('WORKFLOW_MISSING', { detail: consentId });
  }
  return all;
}

async function askLoop(calls: TemporalCalls, consentId: string, loop: string): Promise<LoopAnswer> {
  const handle = calls.client.workflow.getHandle(exportWorkflowId(consentId, loop));
  let isAccepted = false;
  try {
    const waitForStage = WorkflowUpdateStage.ACCEPTED;
    const update = await calls.callWorker(() => handle.startUpdate(exportNowUpdate, { waitForStage }));
    isAccepted = true;
    return { loop, answer: await calls.callWorker(() => update.result()) };
  } catch (error) {
    const isGone = error instanceof WorkflowNotFoundError;
    if (isGone && !isAccepted) return { loop, answer: { kind: 'not_running' } };
    // The loop closed before it could answer.
    if (isGone || error instanceof WorkflowUpdateFailedError) return { loop, answer: { kind: 'ended' } };
    if (!(error instanceof PortageError) || error.code !== 'NO_WORKER') throw error;
    return { loop, answer: { kind: isAccepted ? 'pending' : 'unanswered' } };
  }
}

const isNotRunning = ({ answer }: LoopAnswer): boolean => answer.kind === 'not_running';
