/** Translates the errors of Google's client into Portage's own errors, in one place for every call. */
import { PortageError } from '../domain/error-codes';
import { failureCode } from './code-of-reason';
import { readFailure, type GoogleFailure } from './parse-error-answer';

/** Whether the access token was refused; the caller may refresh once and try again. */
export function isUnauthenticated(error: unknown): boolean {
  return readFailure(error).httpStatus === 401;
}

/**
 * The rate limit in a refusal: undefined when it has another cause, such as a lock, which concerns one resource of one
 * user (docs/google-api.md §5 row K).
 *
 * @param error thrown by Google's client, or its translation
 * @returns the time that Google asks for, if it names one
 */
export function rateLimit(error: unknown): { retryAfterMs: number | undefined } | undefined {
  const { httpStatus, reason, retryAfterMs } = readFailure(error instanceof PortageError ? error.cause : error);
  if (httpStatus !== 429 || reason?.startsWith('RESOURCE_EXHAUSTED_') === true) return undefined;
  return { retryAfterMs };
}

/**
 * @param error thrown by Google's client
 * @param call the method's name, for the message
 */
export function toPortageError(error: unknown, call: string): PortageError {
  if (error instanceof PortageError) return error;
  const failure = readFailure(error);
  const options = { detail: describe(call, failure), retryAfterMs: failure.retryAfterMs, cause: error };
  return new PortageError(failureCode(failure), options);
}

/** The call and the ids of the answer; Google's own sentence is left out, since it may contain user data. */
function describe(call: string, { httpStatus, status, reason }: GoogleFailure): string {
  const answer = [httpStatus ?? 'no answer', status, reason].filter((word) => word !== undefined).join(' ');
  return `${call}: ${answer}`;
}
