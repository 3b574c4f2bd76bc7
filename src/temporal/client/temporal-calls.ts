/**
 * Calls to Temporal with a deadline, for commands that a person waits for. An error shows whether Temporal or a worker
 * did not answer.
 */
import { QueryNotRegisteredError, WorkflowUpdateRPCTimeoutOrCancelledError, type Client } from '@temporalio/client';

import { PortageError } from '../../domain/error-codes';
import { isTooLate, statusOf, temporalFailure } from '../failure';

export type TemporalCalls = ReturnType<typeof createTemporalCalls>;

const reachWithinMs = 5_000;

/** Status codes of gRPC (https://grpc.io/docs/guides/status-codes/). */
const failedPrecondition = 9;
const unavailable = 14;

/** @param deps `answerWithinMs`: how long Temporal, and a worker where one is needed, have for one answer */
export function createTemporalCalls(deps: { client: Client; address: string; answerWithinMs?: number | undefined }) {
  const { client, address, answerWithinMs = 10_000 } = deps;
  const outage = (cause: unknown) => new PortageError('TEMPORAL_UNAVAILABLE', { detail: address, cause });

  return {
    client,
    answerWithinMs,

    /** Checks that Temporal answers. @throws PortageError `TEMPORAL_UNAVAILABLE` */
    async reach(): Promise<void> {
      try {
        const deadline = Date.now() + Math.min(reachWithinMs, answerWithinMs);
        await client.withDeadline(deadline, () => client.connection.workflowService.getSystemInfo({}));
      } catch (error) {
        throw outage(error);
      }
    },

    /** A call that Temporal answers without a worker. @throws PortageError `TEMPORAL_UNAVAILABLE` */
    async callTemporal<T>(call: () => Promise<T>): Promise<T> {
      try {
        return await client.withDeadline(Date.now() + answerWithinMs, call);
      } catch (error) {
        throw temporalFailure(error, address) ?? error;
      }
    },

    /** A call that a worker answers. @throws PortageError `NO_WORKER`, `TEMPORAL_UNAVAILABLE` */
    async callWorker<T>(call: () => Promise<T>): Promise<T> {
      try {
        return await client.withDeadline(Date.now() + answerWithinMs, call);
      } catch (error) {
        if (statusOf(error) === unavailable) throw outage(error);
        // Temporal answers this immediately when no worker has polled lately, or its steps fail at every worker.
        if (
          isTooLate(error) ||
          // How a wait for an update ends at its deadline.
          error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
          statusOf(error) === failedPrecondition ||
          error instanceof QueryNotRegisteredError
        )
          throw new PortageError('NO_WORKER', { cause: error });
        throw temporalFailure(error, address) ?? error;
      }
    },
  };
}
