/** Resets the authorization at Google, unless another consent forbids it. */
import { ApplicationFailure, log } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';

import { PortageError } from '../../domain/error-codes';
import type { Policy } from '../../domain/policy';
import type { ActivityDependencies } from '../dependencies';
import { findConsent } from '../find-stored';

export type ResetDependencies = Pick<
  ActivityDependencies,
  'consents' | 'connectSessions' | 'exports' | 'dataPortability' | 'grants' | 'now'
>;

/** How often to look again whether the user has left Google's consent screen. */
const connectingRetryMs = 60_000;

export function resetActivities(deps: ResetDependencies) {
  const { consents, connectSessions, exports, dataPortability, grants, now } = deps;

  return {
    /**
     * Until when Google may keep an archive of this consent that is not downloaded yet: the archive of an open export,
     * from the time its request was stored.
     *
     * @returns epoch time; null when there is none
     */
    async keptAtGoogle(request: { consentId: string; policy: Policy }): Promise<{ untilMs: number | null }> {
      const { consentId, policy } = request;
      const open = (await exports.listOpen(consentId)).filter(({ verdict }) => verdict === null);
      const until = open.map(
        ({ initiatedAt, requestedAt }) => (initiatedAt ?? requestedAt).getTime() + policy.storeWithinMs,
      );
      const untilMs = Math.max(0, ...until);
      return { untilMs: untilMs > now().getTime() ? untilMs : null };
    },

    /**
     * Resets the authorization at Google, which ends every grant of the user in the project. Not while another consent
     * of the user, or one that is known to hold the same account, is active or being given (docs/google-api.md §8,
     * docs/known-defects.md D39). It is done once; a refusal is recorded and the step is repeated.
     *
     * @returns whether Google was called; `kept` when another consent forbids it
     */
    async resetAuthorization({ consentId }: { consentId: string }): Promise<{ reset: 'done' | 'kept' }> {
      await consents.beginEnding(consentId);
      const consent = await findConsent(consents, consentId);
      if (consent.resetAt !== null) return { reset: 'done' };
      const { hostAppId, userId } = consent;
      if (userId !== null && (await connectSessions.isConnecting(hostAppId, userId, now()))) {
        throw ApplicationFailure.create({
          type: 'USER_IS_CONNECTING',
          message: 'The user is at Google’s consent screen; a reset now could end the grant being given',
          category: ApplicationFailureCategory.BENIGN,
          nextRetryDelay: connectingRetryMs,
        });
      }
      const siblings = [...(await consents.activeSiblings(consent)), ...(await consents.activeSharers(consentId))];
      if (siblings.length > 0) {
        log.info('authorization not reset: it would end other consents', {
          consentId,
          siblings: siblings.map(({ id }) => id),
        });
        await consents.recordReset(consentId, 'kept', now());
        return { reset: 'kept' };
      }
      try {
        await grants.call(consentId, 'authorization.reset', (token) => dataPortability.resetAuthorization(token));
      } catch (error) {
        // After a reset whose answer was lost the token is invalid, as it is when the user has removed the grant
        // meanwhile.
        const isOver = error instanceof PortageError && error.code === 'GRANT_ENDED';
        await consents.recordReset(consentId, isOver ? 'already_ended' : 'refused', now());
        if (isOver) return { reset: 'done' };
        throw error;
      }
      await consents.recordReset(consentId, 'done', now());
      return { reset: 'done' };
    },
  };
}
