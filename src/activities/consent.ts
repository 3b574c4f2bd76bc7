/** Steps on the grant itself: what kind it is, giving it back, forgetting it. */
import { ApplicationFailure, log } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';

import { PortageError, type ErrorCode } from '../domain/errors';
import type { AccessType, EndedConsentState } from '../domain/states';
import type { ActivityDependencies } from './dependencies';

/** How often to look again whether the user has left Google's consent screen. */
const connectingRetryMs = 60_000;

type ConsentDependencies = Pick<
  ActivityDependencies,
  'consents' | 'connectSessions' | 'dataPortability' | 'grants' | 'now'
>;

export function createConsentActivities({
  consents,
  connectSessions,
  dataPortability,
  grants,
  now,
}: ConsentDependencies) {
  const find = async (consentId: string) => {
    const consent = await consents.find(consentId);
    if (consent === undefined) throw new PortageError('NOT_FOUND', { detail: `consent ${consentId}` });
    return consent;
  };

  return {
    /**
     * Asks Google which access the user chose. What the token response told is kept beside it: a mismatch is logged,
     * and Google's present answer counts (docs/google-api.md §6).
     */
    async checkAccess({ consentId }: { consentId: string }): Promise<{ accessType: AccessType }> {
      const consent = await find(consentId);
      const { oneTime, timeBased } = await grants.call(consentId, 'accessType.check', (token) =>
        dataPortability.checkAccessType(token),
      );
      // A job is one-time as soon as one of its resources is, so the stricter kind counts for the consent.
      const told: AccessType | undefined =
        oneTime.length > 0 ? 'one_time' : timeBased.length > 0 ? 'time_based' : undefined;
      const accessType = told ?? consent.accessType ?? 'one_time';
      if (consent.accessType !== null && consent.accessType !== accessType) {
        log.warn('access type differs from the token response', { consentId, before: consent.accessType, accessType });
      }
      await consents.setAccessType(consentId, accessType);
      return { accessType };
    },

    /**
     * Gives the grant back to Google, which ends every grant of the user in the project: never while another consent
     * of the user is active or being given (docs/google-api.md §8). Done once.
     *
     * @returns whether Google was asked; `kept` when another consent forbids it
     */
    async resetAuthorization({ consentId }: { consentId: string }): Promise<{ reset: 'done' | 'kept' }> {
      await consents.beginEnding(consentId);
      const consent = await find(consentId);
      if (consent.resetAt !== null) return { reset: 'done' };
      if (await connectSessions.isConnecting(consent.hostAppId, consent.userId, now())) {
        throw ApplicationFailure.create({
          type: 'USER_IS_CONNECTING',
          message: 'The user is at Google’s consent screen; a reset now could end the grant being given',
          category: ApplicationFailureCategory.BENIGN,
          nextRetryDelay: connectingRetryMs,
        });
      }
      const siblings = await consents.activeSiblings(consent);
      if (siblings.length > 0) {
        log.info('grant not reset: the user has other consents', { consentId, siblings });
        return { reset: 'kept' };
      }
      try {
        await grants.call(consentId, 'authorization.reset', (token) => dataPortability.resetAuthorization(token));
      } catch (error) {
        // A reset whose answer was lost has ended the token, and so has a user who took the grant back meanwhile.
        if (!(error instanceof PortageError) || error.code !== 'GRANT_ENDED') throw error;
      }
      await consents.markReset(consentId, now());
      return { reset: 'done' };
    },

    /** Ends the consent: revokes what Google reset, forgets the tokens, tells the host app. */
    async endConsent(request: { consentId: string; state: EndedConsentState; errorCode?: ErrorCode }): Promise<void> {
      const { consentId, state, errorCode } = request;
      const consent = await find(consentId);
      // Revoking may end the user's other grants as a reset does, so only what was reset is revoked.
      if (consent.resetAt !== null) await grants.revoke(consentId);
      await consents.end(consentId, state, errorCode, now());
      log.info('consent ended', { consentId, consentState: state, errorCode });
    },
  };
}
