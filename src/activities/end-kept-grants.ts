/** The step of a round of housekeeping that ends grants that were kept because of another consent of their user. */
import { log } from '@temporalio/activity';

import type { Consent } from '../database/consents';
import { isOutage, PortageError } from '../domain/error-codes';
import type { ActivityDependencies } from './dependencies';
import { cancellationSignal } from './progress';

export type KeptGrantDependencies = Pick<
  ActivityDependencies,
  'consents' | 'connectSessions' | 'dataPortability' | 'grants' | 'now'
>;

/** Each one takes up to three calls to Google. */
const endedAtOnce = 20;

export function keptGrantActivities(deps: KeptGrantDependencies) {
  const { consents, connectSessions, dataPortability, grants, now } = deps;

  /**
   * Whether a reset might end a grant that another consent uses, or that is being given
   * (consent/reset-authorization.ts).
   */
  const mightHarm = async ({ id, hostAppId, userId }: Consent): Promise<boolean> =>
    (userId !== null && (await connectSessions.isConnecting(hostAppId, userId, now()))) ||
    (await consents.activeSharers(id)).length > 0;

  const reset = async ({ id, resetAt }: Consent): Promise<void> => {
    if (resetAt !== null) return;
    try {
      await grants.call(id, 'authorization.reset', (token) => dataPortability.resetAuthorization(token));
    } catch (error) {
      // If both grants were of one account, the reset of the other consent has ended this one.
      const isOver = error instanceof PortageError && error.code === 'GRANT_ENDED';
      await consents.recordReset(id, isOver ? 'already_ended' : 'refused', now());
      if (!isOver) throw error;
      return;
    }
    await consents.recordReset(id, 'done', now());
  };

  return {
    /**
     * Resets and revokes the grants that no longer have to be kept, and deletes their tokens. When Google refuses one,
     * a later round tries again.
     */
    async endKeptGrants({ limit }: { readonly limit: number }): Promise<void> {
      for (const consent of await consents.listKeptGrants(now(), Math.min(limit, endedAtOnce))) {
        cancellationSignal().throwIfAborted();
        const { id, grantKeptUntil } = consent;
        if (grantKeptUntil !== null && grantKeptUntil <= now()) {
          // By then Google has ended the grant automatically.
          await consents.endKeptGrant(id, now());
          continue;
        }
        if (await mightHarm(consent)) continue;
        try {
          await reset(consent);
          await grants.revoke(id);
        } catch (error) {
          // When Google is unavailable, no other grant could be ended either.
          if (!(error instanceof PortageError) || isOutage(error.code)) throw error;
          log.warn('a kept grant could not be ended', { consentId: id, errorCode: error.code });
          continue;
        }
        await consents.endKeptGrant(id, now());
        log.info('a kept grant was ended at Google', { consentId: id });
      }
    },
  };
}
