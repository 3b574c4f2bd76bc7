/** Signals a consent's workflow that its grant was renewed, if Temporal answers. */
import type { Client } from '@temporalio/client';

import type { Logger } from '../log';
import { outageWarningsOf } from '../limit-outage-warnings';
import { temporalFailure } from '../temporal/failure';
import { consentWorkflowId } from '../workflows/ids';
import { renewedSignal } from '../workflows/signals-and-queries';

export type SignalRenewal = ReturnType<typeof createRenewalSignal>;

/** The user waits for the answer to the callback meanwhile. */
const signalTimeoutMs = 3_000;

/**
 * @returns a function that never throws: a workflow that misses the signal reads the later end at its next reminder, at
 * the end that it knows, or when it starts
 */
export function createRenewalSignal(deps: { client: Client; address: string; logger: Logger }) {
  const { client, address, logger } = deps;
  const warnings = outageWarningsOf(logger);
  return async (consentId: string, endsAt: Date): Promise<void> => {
    try {
      await client.withDeadline(Date.now() + signalTimeoutMs, () =>
        client.workflow.getHandle(consentWorkflowId(consentId)).signal(renewedSignal, { endsAtMs: endsAt.getTime() }),
      );
    } catch (error) {
      const message = 'renewal stored, its workflow reads it later';
      const away = temporalFailure(error, address);
      if (away === undefined) logger.warn({ consentId, err: error }, message);
      else warnings.warn(away.code, { consentId, err: away }, message);
    }
  };
}
