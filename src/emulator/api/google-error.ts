/** Google's error envelope, google.rpc.Status as JSON (docs/google-api.md §4). */
import { jsonReply, Refusal } from '../http/reply';

const statuses = {
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  RESOURCE_EXHAUSTED: 429,
} as const;

export type GoogleStatus = keyof typeof statuses;

const detailType = (name: string) => `type.googleapis.com/google.rpc.${name}`;

/** An error answer of the API; `details` are complete google.rpc messages. */
export function googleError(status: GoogleStatus, message: string, details: object[] = []): Refusal {
  const code = statuses[status];
  const error = { code, message, status, ...(details.length > 0 && { details }) };
  const reply = jsonReply(code, { error });
  if (status === 'UNAUTHENTICATED') reply.headers['www-authenticate'] = 'Bearer realm="https://accounts.google.com/"';
  return new Refusal(reply);
}

/** `metadata` values are always strings (§4). The domain is not documented; the service's name is the usual one. */
export function errorInfo(reason: string, metadata: Record<string, string>): object {
  return { '@type': detailType('ErrorInfo'), reason, domain: 'dataportability.googleapis.com', metadata };
}

export function debugInfo(detail: string): object {
  return { '@type': detailType('DebugInfo'), detail };
}

/** A fault in one field of the request body. */
export function badField(field: string, description: string): Refusal {
  const violation = { '@type': detailType('BadRequest'), fieldViolations: [{ field, description }] };
  return googleError('INVALID_ARGUMENT', `${description} (${field})`, [violation]);
}
