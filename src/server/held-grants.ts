/** Makes consents of grants that were received and not stored in full: a server died, or the database was away. */
import { setTimeout as pause } from 'node:timers/promises';

import type { ServerDependencies } from './dependencies';
import { createGrantKeeper } from './grant-keeper';

type HeldGrantsDependencies = Pick<
  ServerDependencies,
  'connectSessions' | 'consents' | 'tokens' | 'oauth' | 'vault' | 'consentStarter' | 'tellRenewed' | 'logger' | 'now'
>;

/** Whoever took the answer has stored it after this long, or will not do so any more. */
const heldForMs = 2 * 60_000;
const roundSize = 100;

export function createHeldGrants(deps: HeldGrantsDependencies) {
  const { connectSessions, consents, consentStarter, tellRenewed, logger, now } = deps;
  const grantKeeper = createGrantKeeper(deps);

  /** One round over those that are held; safe beside other servers, since of each grant one consent is made. */
  const keepAll = async (): Promise<void> => {
    const before = new Date(now().getTime() - heldForMs);
    for (const session of await connectSessions.withHeldGrant(before, roundSize)) {
      const about = { connectSessionId: session.id };
      try {
        const kept = await grantKeeper.resume(session);
        if (kept === undefined) continue;
        logger.warn({ ...about, consentId: kept.consentId }, 'a grant that was held is stored');
        if (kept.renewedUntil !== undefined) await tellRenewed(kept.consentId, kept.renewedUntil);
        else {
          const consent = await consents.find(kept.consentId);
          if (consent !== undefined) await consentStarter.tryStart(consent);
        }
      } catch (error) {
        logger.warn({ ...about, err: error }, 'a grant that is held could not be stored yet');
      }
    }
  };

  return {
    keepAll,

    /** Goes over them again and again. @returns a function that stops this */
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
