/** The steps that a consent's workflows wait for, from Temporal's description of a workflow, which needs no worker. */
import { WorkflowNotFoundError } from '@temporalio/client';
import { decodeOptionalFailureToOptionalError } from '@temporalio/common/lib/internal-non-workflow';
import { optionalTsToDate } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';

import { PortageError } from '../../domain/error-codes';
import { consentWorkflowId, loopOf } from '../../workflows/ids';
import type { TemporalCalls } from './temporal-calls';

export interface PendingStep {
  /** The loop that waits for it; null for the consent's own workflow. */
  readonly loop: string | null;
  /** Name of the activity. */
  readonly step: string;
  /** How many tries were begun, this one included. */
  readonly attempts: number;
  /** When the present try began, or the last one did. */
  readonly startedAt: Date | null;
  /** The failure of the last try: one of our codes, or Temporal's own text. */
  readonly lastError: { readonly code: string; readonly message: string } | null;
  /** Null while a try runs. */
  readonly nextTryAt: Date | null;
}

export type PendingSteps =
  | { readonly workflow: 'running' | 'closed' | 'missing'; readonly steps: readonly PendingStep[] }
  /** Temporal does not answer. */
  | { readonly workflow: 'unknown'; readonly steps: readonly PendingStep[]; readonly error: PortageError };

type Described = temporal.api.workflowservice.v1.IDescribeWorkflowExecutionResponse;
type Activity = temporal.api.workflow.v1.IPendingActivityInfo;

/** A step throws this code while Google prepares the archive. It is not a failure. */
const noFailures: ReadonlySet<string> = new Set(['ARCHIVE_RUNNING']);

/** Whether the last try of a step failed, so that the step is repeated. */
export function isFailing({ lastError }: PendingStep): boolean {
  return lastError !== null && !noFailures.has(lastError.code);
}

/** @returns a function that asks Temporal for the pending steps of a consent and of its loops */
export function createPendingSteps(calls: TemporalCalls) {
  const { client } = calls;
  const describe = (workflowId: string) => calls.callTemporal(() => client.workflow.getHandle(workflowId).describe());

  const stepsOf = (described: Described, loop: string | null): Promise<PendingStep[]> =>
    Promise.all((described.pendingActivities ?? []).map((activity) => toStep(activity, loop)));

  const toStep = async (activity: Activity, loop: string | null): Promise<PendingStep> => {
    const runs = activity.state === temporal.api.enums.v1.PendingActivityState.PENDING_ACTIVITY_STATE_STARTED;
    const next = optionalTsToDate(activity.nextAttemptScheduleTime) ?? optionalTsToDate(activity.scheduledTime);
    return {
      loop,
      step: activity.activityType?.name ?? '',
      attempts: activity.attempt ?? 1,
      startedAt: optionalTsToDate(activity.lastStartedTime) ?? null,
      lastError: await lastErrorOf(activity),
      nextTryAt: runs ? null : (next ?? null),
    };
  };

  const lastErrorOf = async ({ lastFailure }: Activity): Promise<PendingStep['lastError']> => {
    if (lastFailure == null) return null;
    const code = lastFailure.applicationFailureInfo?.type ?? (lastFailure.timeoutFailureInfo == null ? '' : 'TIMEOUT');
    try {
      const error = await decodeOptionalFailureToOptionalError(client.options.loadedDataConverter, lastFailure);
      return { code: code === '' ? 'UNEXPECTED' : code, message: error?.message ?? '' };
    } catch {
      // Sealed with a key that is not configured here.
      return { code: code === '' ? 'UNEXPECTED' : code, message: '' };
    }
  };

  return async (consentId: string): Promise<PendingSteps> => {
    try {
      const { raw, closeTime } = await describe(consentWorkflowId(consentId));
      if (closeTime !== undefined) return { workflow: 'closed', steps: [] };
      const ofLoops = (raw.pendingChildren ?? []).map(async ({ workflowId }) => {
        try {
          const child = await describe(workflowId ?? '');
          return await stepsOf(child.raw, loopOf(workflowId ?? ''));
        } catch (error) {
          // It ended meanwhile.
          if (error instanceof WorkflowNotFoundError) return [];
          throw error;
        }
      });
      const all = await Promise.all([stepsOf(raw, null), ...ofLoops]);
      return { workflow: 'running', steps: all.flat() };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return { workflow: 'missing', steps: [] };
      if (error instanceof PortageError) return { workflow: 'unknown', steps: [], error };
      throw error;
    }
  };
}
