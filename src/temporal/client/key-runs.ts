/** Finds the workflow runs whose payloads may be sealed with a given key, by the time at which the runs began. */
import { optionalTsToDate } from '@temporalio/common/lib/time';

import { PortageError } from '../../domain/error-codes';
import { housekeepingId } from '../../workflows/ids';
import { statusOf } from '../failure';
import type { TemporalCalls } from './temporal-calls';

export type KeyRuns = ReturnType<typeof createKeyRuns>;

/** A run of a workflow that has not closed. */
export interface OpenRun {
  readonly workflowId: string;
  readonly runId: string;
}

/** Status code of gRPC (https://grpc.io/docs/guides/status-codes/). */
const notFound = 5;

/**
 * Asks Temporal's visibility store, whose answers may be seconds old. Each call throws PortageError
 * `TEMPORAL_UNAVAILABLE` when Temporal does not answer.
 */
export function createKeyRuns(
  calls: TemporalCalls,
  { taskQueue, namespace }: { taskQueue: string; namespace: string },
) {
  const { client } = calls;
  const { workflowService } = client.connection;
  const quoted = `'${taskQueue.replaceAll("'", "''")}'`;
  const begunBefore = (at: Date) => `TaskQueue = ${quoted} AND StartTime <= '${at.toISOString()}'`;
  const openBefore = (at: Date) => `${begunBefore(at)} AND ExecutionStatus = 'Running'`;
  const closedBefore = (at: Date) => `${begunBefore(at)} AND ExecutionStatus != 'Running'`;
  const count = async (query: string) => (await calls.callTemporal(() => client.workflow.count(query))).count;

  return {
    /** How many runs that began until then have not closed. */
    countOpen: (begunUntil: Date): Promise<number> => count(openBefore(begunUntil)),

    /** @returns up to 1,000 of them */
    async listOpen(begunUntil: Date): Promise<OpenRun[]> {
      const { executions } = await calls.callTemporal(() =>
        workflowService.listWorkflowExecutions({ namespace, query: openBefore(begunUntil), pageSize: 1_000 }),
      );
      return executions.map(({ execution }) => ({
        workflowId: execution?.workflowId ?? '',
        runId: execution?.runId ?? '',
      }));
    },

    /**
     * Until when Temporal keeps the histories of the closed runs that began until then.
     *
     * @returns null when none is kept any more
     */
    async closedKeptUntil(begunUntil: Date): Promise<Date | null> {
      const { executions } = await calls.callTemporal(() =>
        workflowService.listWorkflowExecutions({ namespace, query: closedBefore(begunUntil), pageSize: 1 }),
      );
      const [newest] = executions;
      if (newest === undefined) return null;
      const { config } = await calls.callTemporal(() => workflowService.describeNamespace({ namespace }));
      const keptSeconds = config?.workflowExecutionRetentionTtl?.seconds;
      if (keptSeconds == null) {
        throw new PortageError('TEMPORAL_UNAVAILABLE', {
          detail: `the answer has no retention period for ${namespace}`,
        });
      }
      const keptMs = Number(keptSeconds) * 1_000;
      // The first one in the list closed last; if a store sorts differently, the current time is late enough for all.
      const closedAt = optionalTsToDate(newest.closeTime) ?? new Date();
      const isLast = (await count(`${closedBefore(begunUntil)} AND CloseTime > '${closedAt.toISOString()}'`)) === 0;
      return new Date((isLast ? closedAt.getTime() : Date.now()) + keptMs);
    },

    /**
     * The key that seals the input of the housekeeping's schedule; undefined when there is none, or it is not sealed.
     */
    async scheduleKey(): Promise<string | undefined> {
      try {
        const { schedule } = await calls.callTemporal(() =>
          workflowService.describeSchedule({ namespace, scheduleId: housekeepingId(taskQueue) }),
        );
        const keyId = schedule?.action?.startWorkflow?.input?.payloads?.[0]?.metadata?.['encryption-key-id'];
        return keyId == null ? undefined : Buffer.from(keyId).toString('utf8');
      } catch (error) {
        if (statusOf(error) === notFound) return undefined;
        throw error;
      }
    },
  };
}
