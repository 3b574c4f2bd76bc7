/** Starts the workflow of a stored consent, at the callback or later: a stored consent never stays without one. */
import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy, type Client } from '@temporalio/client';

import type { Consent, ConsentStore } from '../database/consents';
import type { Policy } from '../domain/policy';
import type { Logger } from '../log';
import type { consentWorkflow } from '../workflows/consent';
import { consentWorkflowId } from '../workflows/ids';
import {
  accessTypeAttribute,
  consentEndsAtAttribute,
  consentIdAttribute,
  consentStateAttribute,
} from '../workflows/search-attributes';

export type ConsentStarter = ReturnType<typeof createConsentStarter>;

/** A request must not wait for a Temporal that is away; the reconciler comes back to it. */
const startTimeoutMs = 3_000;
/** How many consents one round of the reconciler starts. */
const roundSize = 100;

export function createConsentStarter(deps: {
  client: Client;
  taskQueue: string;
  consents: ConsentStore;
  policy: Policy;
  logger: Logger;
  now: () => Date;
}) {
  const { client, consents, logger, now } = deps;

  /** Safe to repeat: a workflow that runs or ran already is found by its id. */
  const start = async (consent: Consent): Promise<void> => {
    await client.withDeadline(Date.now() + startTimeoutMs, () =>
      client.workflow.start<typeof consentWorkflow>('consentWorkflow', {
        workflowId: consentWorkflowId(consent.id),
        taskQueue: deps.taskQueue,
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
        staticSummary: `consent to ${consent.grantedResources.length} resources`,
        typedSearchAttributes: [
          { key: consentIdAttribute, value: consent.id },
          { key: consentStateAttribute, value: consent.state },
          ...(consent.accessType === null ? [] : [{ key: accessTypeAttribute, value: consent.accessType }]),
          ...(consent.endsAt === null ? [] : [{ key: consentEndsAtAttribute, value: consent.endsAt }]),
        ],
        args: [{ consentId: consent.id, policy: deps.policy }],
      }),
    );
    await consents.markWorkflowStarted(consent.id, now());
    logger.info({ consentId: consent.id }, 'consent workflow started');
  };

  /** Starts one consent's workflow, or leaves it to the next round when Temporal is away. Never throws. */
  const tryStart = async (consent: Consent): Promise<void> => {
    try {
      await start(consent);
    } catch (error) {
      logger.warn({ consentId: consent.id, err: error }, 'consent stored, its workflow starts later');
    }
  };

  return {
    tryStart,

    /**
     * Looks for stored consents without a workflow until it is stopped.
     *
     * @param everyMs pause between two rounds
     * @returns a function that stops it and waits for the round under way
     */
    reconcile(everyMs: number): () => Promise<void> {
      let timer: NodeJS.Timeout | undefined;
      let stopped = false;
      let round: Promise<void> = Promise.resolve();
      const startMissing = async (): Promise<void> => {
        for (const consent of await consents.withoutWorkflow(roundSize)) {
          if (stopped) return;
          await tryStart(consent);
        }
      };
      const run = (): void => {
        round = startMissing()
          .catch((error: unknown) => logger.warn({ err: error }, 'consents without workflow could not be listed'))
          .then(() => {
            if (!stopped) timer = setTimeout(run, everyMs);
          });
      };
      run();
      return async () => {
        stopped = true;
        clearTimeout(timer);
        await round;
      };
    },
  };
}
