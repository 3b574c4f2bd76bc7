/** The activities as workflows call them: which queue, how long, how often again. */
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

/** A worker that died, or whose step makes no progress, is noticed after this long; the step is tried again elsewhere. */
const heartbeatTimeout = '15 seconds' as const;

/** Never less than the longest pause between two tries, so that a step that is late by a moment still has its try. */
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
 * @param summary what the call is for, as Temporal's Web UI shows it
 */
export function persistentCalls(policy: Policy, summary: string): Activities {
  return calls(policy, Date.now() + policy.storeWithinMs, summary);
}

/** One try of work on an archive; what it has done by then stays, and is not done again by the next one. */
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
 * Readings of what is verified. Waiting for a slot is not their fault: the time that they have counts in tries, whose
 * pauses take that time together.
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

/** The steps that send webhooks; they are repeated while the database is away. */
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
 * @throws the error itself when it is a cancellation, or no activity's failure at all
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
 * @returns the code of the outage, `STEP_STALLED` for a step that no worker came to its end with; undefined for anything else
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
