/** Starts the workflows that send webhooks, for the events that the database lists as due. */
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type Client } from '@temporalio/client';

import type { WebhookStore, WebhookStream } from '../../database/webhooks';
import type { Policy } from '../../domain/policy';
import { webhookWorkflowId } from '../../workflows/ids';
import { wakeWebhookSignal } from '../../workflows/signals-and-queries';
import type { webhookWorkflow } from '../../workflows/webhook';
import { temporalFailure } from '../failure';

export type WebhookWorkflows = ReturnType<typeof createWebhookWorkflows>;

/** A workflow may end after Temporal reported it as running and before the signal; then it is started. */
const triesToWake = 3;

/** @param deps `timeoutMs`: how long one call to Temporal may take */
export function createWebhookWorkflows(deps: {
  client: Client;
  address: string;
  taskQueue: string;
  webhooks: WebhookStore;
  timeoutMs: number;
  now: () => Date;
}) {
  const { client, address, taskQueue, webhooks, timeoutMs, now } = deps;

  /**
   * Starts the workflow of a stream, or makes a running one look again. A plain start costs Temporal less than a signal
   * with start.
   */
  const wake = async ({ endpointId, stream }: WebhookStream, policy: Policy): Promise<void> => {
    const workflowId = webhookWorkflowId(endpointId, stream);
    for (let tries = 1; tries <= triesToWake; tries += 1) {
      try {
        const args: Parameters<typeof webhookWorkflow> = [{ endpointId, stream, policy }];
        await client.workflow.start<typeof webhookWorkflow>('webhookWorkflow', { workflowId, taskQueue, args });
        return;
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
      try {
        await client.workflow.getHandle(workflowId).signal(wakeWebhookSignal);
        return;
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    }
  };

  return {
    /**
     * Starts the workflows of due streams, unless another process does so. Safe to repeat.
     *
     * @returns how many streams
     * @throws PortageError `TEMPORAL_UNAVAILABLE`; streams that were not started are due again
     */
    async wakeDue(policy: Policy, limit: number): Promise<number> {
      const due = await webhooks.claimDue(now(), limit);
      for (const [index, stream] of due.entries()) {
        try {
          await client.withDeadline(Date.now() + timeoutMs, () => wake(stream, policy));
        } catch (error) {
          for (const left of due.slice(index)) await webhooks.releaseClaim(left);
          throw temporalFailure(error, address) ?? error;
        }
      }
      return due.length;
    },
  };
}
