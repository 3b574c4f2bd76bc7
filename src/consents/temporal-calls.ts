/** Calls to Temporal that somebody waits for: none longer than a deadline, and each failure says who did not answer. */
import {
  isGrpcCancelledError,
  isGrpcDeadlineError,
  isGrpcServiceError,
  NamespaceNotFoundError,
  QueryNotRegisteredError,
  ServiceError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';

import { PortageError } from '../domain/errors';

export type TemporalCalls = ReturnType<typeof createTemporalCalls>;

const reachWithinMs = 5_000;

/** Status codes of gRPC (https://grpc.io/docs/guides/status-codes/). */
const failedPrecondition = 9;
const unavailable = 14;

/** @param deps `answerWithinMs`: how long Temporal, and a worker where one is needed, have for one answer */
export function createTemporalCalls(deps: { client: Client; address: string; answerWithinMs?: number | undefined }) {
  const { client, address, answerWithinMs = 10_000 } = deps;
  const away = (cause: unknown, more = '') =>
    new PortageError('TEMPORAL_UNAVAILABLE', { detail: `${address}${more}`, cause });

  return {
    client,
    answerWithinMs,

    /** @throws PortageError `TEMPORAL_UNAVAILABLE`: what goes wrong after this is not for want of Temporal */
    async reach(): Promise<void> {
      try {
        const deadline = Date.now() + Math.min(reachWithinMs, answerWithinMs);
        await client.withDeadline(deadline, () => client.connection.workflowService.getSystemInfo({}));
      } catch (error) {
        throw away(error);
      }
    },

    /** A call that Temporal answers by itself. @throws PortageError `TEMPORAL_UNAVAILABLE` */
    async ofTemporal<T>(call: () => Promise<T>): Promise<T> {
      try {
        return await client.withDeadline(Date.now() + answerWithinMs, call);
      } catch (error) {
        if (error instanceof NamespaceNotFoundError) throw away(error, ` has no namespace ${error.namespace}`);
        if (isTooLate(error) || codeOf(error) === unavailable) throw away(error);
        throw error;
      }
    },

    /** A call that a worker answers. @throws PortageError `NO_WORKER`, `TEMPORAL_UNAVAILABLE` */
    async ofWorker<T>(call: () => Promise<T>): Promise<T> {
      try {
        return await client.withDeadline(Date.now() + answerWithinMs, call);
      } catch (error) {
        if (codeOf(error) === unavailable) throw away(error);
        // Temporal says so at once when no worker has asked it for work lately, or its steps fail at every worker.
        if (
          isTooLate(error) ||
          // How a wait for an update ends at its deadline.
          error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
          codeOf(error) === failedPrecondition ||
          error instanceof QueryNotRegisteredError
        )
          throw new PortageError('NO_WORKER', { cause: error });
        throw error;
      }
    },
  };
}

/**
 * Whether the deadline of a call has passed. Nobody calls one off, so "cancelled" means this as well: the server keeps the
 * deadline too, and closes the call (https://grpc.io/docs/guides/deadlines/).
 */
function isTooLate(error: unknown): boolean {
  return isGrpcDeadlineError(error) || isGrpcCancelledError(error);
}

function codeOf(error: unknown): number | undefined {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) ? cause.code : undefined;
}
