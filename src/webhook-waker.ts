/** Checks every second whether events have to be sent, so that they do not wait for the next round of housekeeping. */
import { setTimeout as pause } from 'node:timers/promises';

import { isOutage, PortageError } from './domain/error-codes';
import type { Policy } from './domain/policy';
import type { Logger } from './log';
import { outageWarningsOf } from './limit-outage-warnings';
import type { WebhookWorkflows } from './temporal/client/webhook-workflows';

/** One query of an index that is empty unless something has to be sent. */
const everyMs = 1_000;
/** After a failure: Temporal or the database is unavailable. */
const afterFailureMs = 10_000;
const atOnce = 100;

/** @returns a function that ends it */
export function keepWakingWebhooks(workflows: WebhookWorkflows, policy: Policy, logger: Logger): () => Promise<void> {
  const warnings = outageWarningsOf(logger);
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      let waitMs = everyMs;
      try {
        if ((await workflows.wakeDue(policy, atOnce)) === atOnce) waitMs = 0;
      } catch (error) {
        waitMs = afterFailureMs;
        const message = 'webhooks could not be started';
        if (error instanceof PortageError && isOutage(error.code)) warnings.warn(error.code, { err: error }, message);
        else logger.warn({ err: error }, message);
      }
      await pause(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}
