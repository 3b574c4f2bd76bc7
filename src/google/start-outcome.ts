/** The outcomes of a request to start an archive job or to retry a failed one (docs/google-api.md §2, §3, §5). */
import { PortageError } from '../domain/error-codes';
import type { AccessType } from '../domain/states';
import { isFromPlatform } from './code-of-reason';
import { bareJobId, lockedUntil, previousJobIds } from './lock-details';
import { readFailure } from './parse-error-answer';

/** The outcome of a request to start an archive job. */
export type InitiateOutcome =
  | { readonly kind: 'started'; readonly archiveJobId: string; readonly accessType: AccessType | undefined }
  /** The identical request is already running: the API's only form of idempotency. */
  | { readonly kind: 'running'; readonly archiveJobId: string }
  /** A one-time resource was exported before. */
  | { readonly kind: 'exhausted'; readonly previousJobIds: string[] }
  /** A time-based resource was exported less than a day ago. */
  | { readonly kind: 'locked'; readonly until: Date | undefined; readonly previousJobIds: string[] };

/** The outcome of a request to retry a failed job. */
export type RetryOutcome =
  | { readonly kind: 'started'; readonly archiveJobId: string }
  /** Refused: most likely because an earlier retry worked and its answer was lost (docs/google-api.md §3). */
  | { readonly kind: 'refused'; readonly refusal: Exclude<InitiateOutcome, { kind: 'started' }> };

/**
 * The refusals of a start that are regular outcomes: decided by the reason; without a known reason, by the status and
 * the details.
 */
export function refusalOf(error: unknown, now: Date): Exclude<InitiateOutcome, { kind: 'started' }> | undefined {
  if (error instanceof PortageError) return undefined;
  const failure = readFailure(error);
  const runningJobId = bareJobId(failure.metadata['job_id'] ?? '');
  const running = runningJobId === '' ? undefined : ({ kind: 'running', archiveJobId: runningJobId } as const);
  switch (failure.reason) {
    case 'ALREADY_EXISTS_ONE_TIME':
    case 'ALREADY_EXISTS_TIME_BASED':
      return running;
    case 'RESOURCE_EXHAUSTED_ONE_TIME':
      return { kind: 'exhausted', previousJobIds: previousJobIds(failure) };
    case 'RESOURCE_EXHAUSTED_TIME_BASED':
      return { kind: 'locked', until: lockedUntil(failure, now), previousJobIds: previousJobIds(failure) };
  }
  // Google's guide names FAILED_PRECONDITION for a second start within a day (docs/google-api.md Q2). An unknown reason
  // with a time to wait for is also that lock, not a rate limit. An unknown reason that only names jobs is about a
  // one-time resource, whose archive has to be adopted (Q17, docs/known-defects.md D16, D57).
  if (isFromPlatform(failure)) return undefined;
  if (failure.status === 'ALREADY_EXISTS') return running;
  const jobs = previousJobIds(failure);
  const isLock = failure.status === 'RESOURCE_EXHAUSTED' && failure.metadata['timestamp_after_24hrs'] !== undefined;
  if (isLock || failure.status === 'FAILED_PRECONDITION') {
    return { kind: 'locked', until: lockedUntil(failure, now), previousJobIds: jobs };
  }
  if (failure.status === 'RESOURCE_EXHAUSTED' && jobs.length > 0) return { kind: 'exhausted', previousJobIds: jobs };
  return undefined;
}
