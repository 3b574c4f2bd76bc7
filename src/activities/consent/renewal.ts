/** The check whether the user has renewed a grant, which only a fresh token shows, and the reminder to renew. */
import type { ActivityDependencies } from '../dependencies';
import { findConsent } from '../find-stored';

export type RenewalDependencies = Pick<ActivityDependencies, 'consents' | 'grants' | 'now'>;

export function renewalActivities({ consents, grants, now }: RenewalDependencies) {
  return {
    /**
     * Asks Google for a new token; the answer shows whether the user renewed.
     *
     * @throws PortageError `GRANT_ENDED` when Google accepts no token of the grant any more
     */
    async checkRenewal({ consentId }: { consentId: string }): Promise<{ endsAtMs: number | null }> {
      await grants.refresh(consentId);
      const { endsAt } = await findConsent(consents, consentId);
      return { endsAtMs: endsAt?.getTime() ?? null };
    },

    /**
     * Records an event that the grant can be renewed, unless the user has already renewed it.
     *
     * @param request `beforeEndMs` is how long before the end this reminder is; null at the end itself
     * @throws PortageError `GRANT_ENDED` when Google accepts no token of the grant any more
     */
    async remindRenewal(request: {
      consentId: string;
      endsAtMs: number | null;
      beforeEndMs: number | null;
    }): Promise<{ endsAtMs: number | null }> {
      const { consentId, beforeEndMs } = request;
      await grants.refresh(consentId);
      const { endsAt } = await findConsent(consents, consentId);
      const endsAtMs = endsAt?.getTime() ?? null;
      if (beforeEndMs !== null && endsAtMs === request.endsAtMs) await consents.remind(consentId, beforeEndMs, now());
      return { endsAtMs };
    },
  };
}
