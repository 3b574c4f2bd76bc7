/** The workflow of a stored consent, seen from outside: how it is started, and whether it runs. */
import {
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
  type Client,
  type WorkflowStartOptions,
} from '@temporalio/client';

import type { Consent, ConsentStore } from '../../database/consents';
import type { Policy } from '../../domain/policy';
import { temporalFailure } from '../failure';
import type { consentWorkflow } from '../../workflows/consent/consent-workflow';
import { consentWorkflowId } from '../../workflows/ids';
import {
  accessTypeAttribute,
  consentEndsAtAttribute,
  consentIdAttribute,
  consentStateAttribute,
} from '../../workflows/search-attributes';

export type ConsentWorkflows = ReturnType<typeof createConsentWorkflows>;

/** The type under which the worker registers the workflow. */
export const consentWorkflowType = 'consentWorkflow';

/**
 * The start options of a consent's workflow, the same for every caller: a running workflow is left unchanged, and a
 * closed one is started again.
 */
export function consentStartOptions(
  consent: Consent,
  { taskQueue, policy }: { taskQueue: string; policy: Policy },
): WorkflowStartOptions<typeof consentWorkflow> {
  return {
    workflowId: consentWorkflowId(consent.id),
    taskQueue,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    // The new run reads its state from the database, and ends immediately when the consent has ended.
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    staticSummary: `consent to ${consent.grantedResources.length} resources`,
    typedSearchAttributes: [
      { key: consentIdAttribute, value: consent.id },
      { key: consentStateAttribute, value: consent.state },
      ...(consent.accessType === null ? [] : [{ key: accessTypeAttribute, value: consent.accessType }]),
      ...(consent.endsAt === null ? [] : [{ key: consentEndsAtAttribute, value: consent.endsAt }]),
    ],
    args: [{ consentId: consent.id, policy }],
  };
}

/**
 * Each call throws PortageError `TEMPORAL_UNAVAILABLE` when Temporal does not answer.
 *
 * @param timeoutMs how long one call to Temporal may take
 */
export function createConsentWorkflows(deps: {
  client: Client;
  address: string;
  taskQueue: string;
  consents: ConsentStore;
  timeoutMs: number;
  now: () => Date;
}) {
  const { client, address, taskQueue, consents, timeoutMs, now } = deps;
  const inTime = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await client.withDeadline(Date.now() + timeoutMs, call);
    } catch (error) {
      throw temporalFailure(error, address) ?? error;
    }
  };

  return {
    /** Starts the workflow unless it runs, and records that it was started. Safe to repeat. */
    async start(consent: Consent, policy: Policy): Promise<void> {
      const options = consentStartOptions(consent, { taskQueue, policy });
      await inTime(() => client.workflow.start<typeof consentWorkflow>(consentWorkflowType, options));
      await consents.markWorkflowStarted(consent.id, now());
    },

    /** Whether the workflow is open. False when it has closed, or when Temporal does not know it. */
    async isRunning(consentId: string): Promise<boolean> {
      try {
        const handle = client.workflow.getHandle(consentWorkflowId(consentId));
        const { closeTime } = await inTime(() => handle.describe());
        return closeTime === undefined;
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return false;
        throw error;
      }
    },
  };
}
