/** The error code of a failure of Google, by its reason and status (docs/google-api.md §5, §11). */
import type { ErrorCode } from '../domain/error-codes';

/** The values that decide the code of a failure. */
export interface Refusal {
  /** HTTP status; undefined when there was no answer. */
  readonly httpStatus: number | undefined;
  /** Canonical status such as `RESOURCE_EXHAUSTED`, or the OAuth error such as `invalid_grant`. */
  readonly status: string | undefined;
  /** Reason of the detail that decides (docs/google-api.md §4). */
  readonly reason: string | undefined;
  /** The origin of the reason: the service, or Google's platform in front of it. */
  readonly domain: string | undefined;
}

/** Reasons of Google's platform for which the operator has to change the project (`google/api/error_reason.proto`). */
const setUpReasons: readonly string[] = [
  'SERVICE_DISABLED',
  'BILLING_DISABLED',
  'CONSUMER_INVALID',
  'CONSUMER_SUSPENDED',
  'USER_PROJECT_DENIED',
];

/** The reasons that decisions depend on; Google may add others (docs/google-api.md Q17). */
export const knownReasons = new Set([
  'ALREADY_EXISTS_ONE_TIME',
  'ALREADY_EXISTS_TIME_BASED',
  'RESOURCE_EXHAUSTED_ONE_TIME',
  'RESOURCE_EXHAUSTED_TIME_BASED',
  ...setUpReasons,
]);

/**
 * Whether Google refuses the operator's Google Cloud project, for every user and resource (docs/google-api.md §5 row
 * G).
 */
function isNotSetUp({ reason }: Refusal): boolean {
  return reason !== undefined && setUpReasons.includes(reason);
}

/** Whether the reason is one of Google's platform, which refuses calls to any API (https://google.aip.dev/193). */
export function isFromPlatform(refusal: Refusal): boolean {
  return refusal.domain === 'googleapis.com' || isNotSetUp(refusal);
}

/** Decides on the reason first, the status second, the HTTP code last. */
export function failureCode(refusal: Refusal): ErrorCode {
  const { httpStatus, status } = refusal;
  if (isNotSetUp(refusal)) return 'GOOGLE_NOT_SET_UP';
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
