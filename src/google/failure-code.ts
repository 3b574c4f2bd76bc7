/** Google's failures into the closed error table, once, for every call (docs/google-api.md §5, §11). */
import { PortageError } from '../domain/error-codes';
import { isNotSetUp, readFailure, type GoogleFailure } from './read-failure';

/** Whether the access token was refused; the caller may refresh once and try again. */
export function isUnauthenticated(error: unknown): boolean {
  return readFailure(error).httpStatus === 401;
}

/**
 * What a refusal says of the rate of calls: nothing when it has another cause, such as a lock, which concerns one resource
 * of one user (docs/google-api.md §5 row K).
 *
 * @param error what Google's client threw, or its translation
 * @returns the time that Google asks for, where it names one
 */
export function rateLimit(error: unknown): { retryAfterMs: number | undefined } | undefined {
  const { httpStatus, reason, retryAfterMs } = readFailure(error instanceof PortageError ? error.cause : error);
  if (httpStatus !== 429 || reason?.startsWith('RESOURCE_EXHAUSTED_') === true) return undefined;
  return { retryAfterMs };
}

/**
 * Decides on the reason first, the status second, the HTTP code last.
 *
 * @param error what Google's client threw
 * @param call the method's name, for the message
 */
export function toPortageError(error: unknown, call: string): PortageError {
  if (error instanceof PortageError) return error;
  const failure = readFailure(error);
  const options = { detail: describe(call, failure), retryAfterMs: failure.retryAfterMs, cause: error };
  return new PortageError(codeOf(failure), options);
}

function codeOf(failure: GoogleFailure) {
  const { httpStatus, status } = failure;
  if (isNotSetUp(failure)) return 'GOOGLE_NOT_SET_UP';
  switch (status) {
    case 'invalid_grant':
    case 'invalid_token':
    case 'UNAUTHENTICATED':
      return 'GRANT_ENDED';
    case 'invalid_client':
    case 'unauthorized_client':
      return 'GOOGLE_NOT_SET_UP';
    case 'PERMISSION_DENIED':
      return 'SCOPE_MISSING';
    case 'NOT_FOUND':
      return 'ARCHIVE_EXPIRED';
    case 'RESOURCE_EXHAUSTED':
      return 'GOOGLE_RATE_LIMITED';
    case 'INVALID_ARGUMENT':
    case 'FAILED_PRECONDITION':
      return 'GOOGLE_REFUSED';
  }
  if (httpStatus === undefined || httpStatus >= 500 || httpStatus === 408) return 'GOOGLE_UNAVAILABLE';
  if (httpStatus === 401) return 'GRANT_ENDED';
  if (httpStatus === 429) return 'GOOGLE_RATE_LIMITED';
  return 'GOOGLE_UNEXPECTED';
}

/** The call and what identifies the answer; Google's own sentence stays out, since it may hold user data. */
function describe(call: string, { httpStatus, status, reason }: GoogleFailure): string {
  const answer = [httpStatus ?? 'no answer', status, reason].filter((word) => word !== undefined).join(' ');
  return `${call}: ${answer}`;
}
