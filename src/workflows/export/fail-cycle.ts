/** A failure of an export is an outcome, not an error, so that it harms no other export. */
import { CancellationScope, isCancellation } from '@temporalio/workflow';

import type { ErrorCode } from '../../domain/error-codes';
import { failureCode, persistentCalls } from '../activity-proxies';
import type { Cycle, CycleResult } from './cycle';

export async function failCycle(cycle: Cycle, errorCode: ErrorCode): Promise<CycleResult> {
  const { request, progress, keptUntilMs } = cycle;
  const { consentId, resource, resources, policy } = request;
  const stored = await persistentCalls(policy, `record ${errorCode}`).failExport({
    consentId,
    resource,
    resources,
    cycle: request.cycle,
    errorCode,
  });
  progress.enter('failed', `Ended: ${errorCode}.`);
  return {
    kind: 'ended',
    outcome: { resource, ...stored, state: 'failed', verdict: null, errorCode, keptUntilMs },
  };
}

/**
 * @param overdue the code for a step whose time ran out
 * @param takenForOverdue codes that have the same meaning here
 * @throws the error itself when the whole workflow is cancelled
 */
export async function failCycleWith(
  cycle: Cycle,
  error: unknown,
  overdue: ErrorCode,
  takenForOverdue: readonly ErrorCode[] = [],
): Promise<CycleResult> {
  const isGivenUp = cycle.scope.consideredCancelled && !CancellationScope.current().consideredCancelled;
  if (isCancellation(error) && isGivenUp) return await failCycle(cycle, 'EXPORT_STOPPED');
  const code = failureCode(error, overdue);
  return await failCycle(cycle, takenForOverdue.includes(code) ? overdue : code);
}
