/** The activities as workflows call them: the queue, the time limits and the retries. */
import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  proxyActivities,
  TimeoutFailure,
  workflowInfo,
} from '@temporalio/workflow';

import type { Activities } from '../activities';
import { isErrorCode, isOutage, type ErrorCode } from '../domain/error-codes';
import { triesWithin, type Policy } from '../domain/policy';
import { readingTaskQueueOf, transferTaskQueueOf, verificationTaskQueueOf, webhookTaskQueueOf } from './task-queues';

/**
 * A dead worker, or a step without progress, is noticed after this time; the step is then tried again on another
 * worker.
 */
const heartbeatTimeout = '15 seconds' as const;

/** At least the longest pause between two tries, so that a step that is slightly late still gets its try. */
const timeUntil = (deadlineMs: number, policy: Policy) =>
  Math.max(policy.retryAfterMs.longest, deadlineMs - Date.now());

const retryOf = (policy: Policy) => ({
  initialInterval: policy.retryAfterMs.first,
  maximumInterval: policy.retryAfterMs.longest,
  backoffCoefficient: 2,
});

/**
 * Short calls to Google and the database.
 *
 * @param deadlineMs epoch time after which no further try is made
 */
export function calls(policy: Policy, deadlineMs: number, summary: string): Activities {
  return proxyActivities<Activities>({
    startToCloseTimeout: '3 minutes',
    heartbeatTimeout,
    scheduleToCloseTimeout: timeUntil(deadlineMs, policy),
    retry: retryOf(policy),
    summary,
  });
}

/**
 * Short calls that are repeated for as long as Google keeps an archive.
 *
 * @param summary purpose of the call, shown in Temporal's Web UI
 */
export function persistentCalls(policy: Policy, summary: string): Activities {
  return calls(policy, Date.now() + policy.storeWithinMs, summary);
}

/** Limit for one try of work on an archive; the next try keeps the finished work and does not repeat it. */
const longestTransfer = '24 hours' as const;

const heavy = (policy: Policy, summary: string) => ({
  startToCloseTimeout: longestTransfer,
  heartbeatTimeout,
  retry: retryOf(policy),
  summary,
});

/** Downloads: as long as Google keeps the archive. */
export function transfers(policy: Policy, deadlineMs: number, summary: string): Activities {
  return proxyActivities<Activities>({
    ...heavy(policy, summary),
    taskQueue: transferTaskQueueOf(workflowInfo().taskQueue),
    scheduleToCloseTimeout: timeUntil(deadlineMs, policy),
  });
}

/** The steps that verify stored archives. */
export function verifications(policy: Policy, deadlineMs: number, summary: string): Activities {
  return proxyActivities<Activities>({
    ...heavy(policy, summary),
    taskQueue: verificationTaskQueueOf(workflowInfo().taskQueue),
    scheduleToCloseTimeout: timeUntil(deadlineMs, policy),
  });
}

/**
 * Readings of verified archives. Time spent waiting for a slot must not count against them, so their time limit is
 * given as a number of tries, whose pauses add up to it.
 *
 * @param deadlineMs epoch time until which the step may wait for its slots
 */
export function readings(policy: Policy, withinMs: number, deadlineMs: number, summary: string): Activities {
  const { retry, ...options } = heavy(policy, summary);
  return proxyActivities<Activities>({
    ...options,
    taskQueue: readingTaskQueueOf(workflowInfo().taskQueue),
    scheduleToCloseTimeout: timeUntil(deadlineMs, policy),
    retry: { ...retry, maximumAttempts: triesWithin(policy, withinMs) },
  });
}

/** The steps that send webhooks; they are repeated while the database is unavailable. */
export function webhookSteps(policy: Policy, summary: string): Activities {
  return proxyActivities<Activities>({
    taskQueue: webhookTaskQueueOf(workflowInfo().taskQueue),
    startToCloseTimeout: '5 minutes',
    heartbeatTimeout,
    scheduleToCloseTimeout: timeUntil(Date.now() + policy.storeWithinMs, policy),
    retry: retryOf(policy),
    summary,
  });
}

/**
 * The code that a failed step ends with.
 *
 * @param overdue the code for a step whose time ran out
 * @throws the error itself when it is a cancellation, or not the failure of an activity
 */
export function failureCode(error: unknown, overdue: ErrorCode): ErrorCode {
  if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
  const { cause } = error;
  if (cause instanceof ApplicationFailure && cause.nonRetryable === true && isErrorCode(cause.type)) return cause.type;
  if (cause instanceof TimeoutFailure || cause instanceof ApplicationFailure) return overdue;
  throw error;
}

/**
 * The code of the peer that did not answer, when this is why a step failed or timed out. The step itself is correct.
 *
 * @returns the code of the outage, `STEP_STALLED` for a step that no worker could finish; undefined for anything else
 */
export function outageOf(error: unknown): ErrorCode | undefined {
  if (!(error instanceof ActivityFailure)) return undefined;
  const { cause } = error;
  if (cause instanceof TimeoutFailure) return outageOfFailure(cause.cause) ?? 'STEP_STALLED';
  return outageOfFailure(cause);
}

function outageOfFailure(cause: unknown): ErrorCode | undefined {
  const code = cause instanceof ApplicationFailure ? cause.type : undefined;
  return isErrorCode(code) && isOutage(code) ? code : undefined;
}
