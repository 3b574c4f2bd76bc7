/**
 * Makes consents of grants that were received but not stored as consents: a server died, or the database did not
 * answer.
 */
import { setTimeout as pause } from 'node:timers/promises';

import type { ServerDependencies } from './dependencies';
import { startOrRenewWorkflow, type FollowingDependencies } from './start-or-renew-workflow';
import { createGrantReceiver } from './receive-grant';

type HeldGrantsDependencies = FollowingDependencies &
  Pick<ServerDependencies, 'config' | 'tokens' | 'clientsAtGoogle' | 'vault'>;

/** After this time, the server that received the answer has stored it, or will never store it. */
const heldForMs = 2 * 60_000;
const roundSize = 100;

export function createHeldGrants(deps: HeldGrantsDependencies) {
  const { connectSessions, logger, now } = deps;
  const grantReceiver = createGrantReceiver(deps);

  /** One round over the held grants. Several servers may do it at once: each grant becomes only one consent. */
  const keepAll = async (): Promise<void> => {
    const before = new Date(now().getTime() - heldForMs);
    for (const session of await connectSessions.withHeldGrant(before, roundSize)) {
      const about = { connectSessionId: session.id };
      try {
        const kept = await grantReceiver.resume(session);
        if (kept === undefined) continue;
        logger.warn({ ...about, consentId: kept.consentId }, 'a grant that was held is stored');
        await startOrRenewWorkflow(deps, session, kept);
      } catch (error) {
        logger.warn({ ...about, err: error }, 'a grant that is held could not be stored yet');
      }
    }
  };

  return {
    keepAll,

    /** Repeats the round regularly. @returns a function that stops it */
    keepWatching(everyMs: number): () => Promise<void> {
      const stopping = new AbortController();
      const run = async () => {
        while (!stopping.signal.aborted) {
          await keepAll().catch((error: unknown) => logger.debug({ err: error }, 'held grants were not looked at'));
          await pause(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
        }
      };
      const running = run();
      return async () => {
        stopping.abort();
        await running;
      };
    },
  };
}
