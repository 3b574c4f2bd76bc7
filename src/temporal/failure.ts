/** Translates errors of Temporal's client and of the connection into PortageError; an outage of Temporal is retried. */
import {
  isGrpcCancelledError,
  isGrpcDeadlineError,
  isGrpcServiceError,
  NamespaceNotFoundError,
  ServiceError,
} from '@temporalio/client';

import { PortageError } from '../domain/error-codes';

/** Status codes of gRPC (https://grpc.io/docs/guides/status-codes/). */
const permissionDenied = 7;
const resourceExhausted = 8;
const unavailable = 14;
const unauthenticated = 16;

/**
 * @param error thrown by Temporal's client or worker
 * @param address host and port, for the message
 * @returns `TEMPORAL_UNAVAILABLE` for a Temporal that cannot be reached, has no room, answers too late, refuses the
 * credentials or lacks the namespace; undefined for a regular answer of Temporal, such as an unknown workflow
 */
export function temporalFailure(error: unknown, address: string): PortageError | undefined {
  if (error instanceof PortageError) return error.code === 'TEMPORAL_UNAVAILABLE' ? error : undefined;
  const outage = (more = '') => new PortageError('TEMPORAL_UNAVAILABLE', { detail: `${address}${more}`, cause: error });
  const namespace = missingNamespace(error);
  if (namespace !== undefined) {
    return outage(
      ` has no namespace ${namespace}. Create it with "temporal operator namespace create --namespace ${namespace}", ` +
        'or set TEMPORAL_NAMESPACE',
    );
  }
  if (isTooLate(error) || isTransportError(error)) return outage();
  const code = statusOf(error);
  if (code === permissionDenied || code === unauthenticated) {
    return outage(
      ' refuses these credentials. Check TEMPORAL_API_KEY, the TEMPORAL_TLS variables and TEMPORAL_NAMESPACE',
    );
  }
  return code === unavailable || code === resourceExhausted ? outage() : undefined;
}

/**
 * Whether the deadline of a call has passed. Portage never cancels a call, so the status "cancelled" also means this:
 * the server enforces the deadline too, and closes the call (https://grpc.io/docs/guides/deadlines/).
 */
export function isTooLate(error: unknown): boolean {
  return isGrpcDeadlineError(error) || isGrpcCancelledError(error);
}

/** @returns the status code of gRPC that a call ended with, if it did */
export function statusOf(error: unknown): number | undefined {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) ? cause.code : undefined;
}

/** Compared by name, since a server does not load the worker's library, which defines the class. */
function isTransportError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'TransportError';
}

function missingNamespace(error: unknown): string | undefined {
  if (error instanceof NamespaceNotFoundError) return error.namespace;
  const message = isGrpcServiceError(error) || isTransportError(error) ? error.message : '';
  return /\bNamespace (\S+) (?:is|was) not found/.exec(message)?.[1];
}
