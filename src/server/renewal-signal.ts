/** Tells a consent's workflow that its grant was renewed, where Temporal can be reached. */
import type { Client } from '@temporalio/client';

import type { Logger } from '../log';
import { consentWorkflowId } from '../workflows/ids';
import { renewedSignal } from '../workflows/messages';

export type TellRenewed = ReturnType<typeof createRenewalSignal>;

/** The user waits for the answer to the callback meanwhile. */
const signalTimeoutMs = 3_000;

/**
 * @returns a function that never throws: a workflow that was not reached finds the later end at its next reminder, at
 * the end that it knows, or when it starts
 */
export function createRenewalSignal({ client, logger }: { client: Client; logger: Logger }) {
  return async (consentId: string, endsAt: Date): Promise<void> => {
    try {
      await client.withDeadline(Date.now() + signalTimeoutMs, () =>
        client.workflow.getHandle(consentWorkflowId(consentId)).signal(renewedSignal, { endsAtMs: endsAt.getTime() }),
      );
    } catch (error) {
      logger.warn({ consentId, err: error }, 'renewal stored, its workflow learns of it later');
    }
  };
}
