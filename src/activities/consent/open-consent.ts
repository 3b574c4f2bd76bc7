/** The step that a consent's workflow begins with. */
import type { Consent } from '../../database/consents';
import type { Policy } from '../../domain/policy';
import type { ActivityDependencies } from '../dependencies';
import { findConsent } from '../find-stored';
import { askAccess } from './ask-access';
import { planLoops } from './plan-loops';
import type { ConsentPlan } from './plans';
import { assignResources } from './split-resources';

export type OpeningDependencies = Pick<
  ActivityDependencies,
  'consents' | 'exports' | 'dataPortability' | 'grants' | 'now'
>;

const dayMs = 24 * 3_600_000;

export function openingActivities(deps: OpeningDependencies) {
  const { consents, now } = deps;

  return {
    /** Everything that the workflow of a consent needs at its start, from Google and from the database. */
    async openConsent({ consentId, policy }: { consentId: string; policy: Policy }): Promise<ConsentPlan> {
      const before = await findConsent(consents, consentId);
      const ended = before.state === 'active' || before.state === 'ending' ? null : before.state;
      const ending = ended === null ? endingOf(before) : null;
      // After a reset Google cannot be asked about the grant; every export had ended before it.
      const ask = () =>
        before.resetAt === null
          ? askAccess(deps, before)
          : { accessType: before.accessType ?? ('one_time' as const), oneTime: new Set<string>() };
      const access = ended === null && ending === null ? await ask() : undefined;
      // The request may have refreshed the token, and the answer may contain another end of the grant.
      const consent = await findConsent(consents, consentId);
      const accessType = access?.accessType ?? consent.accessType ?? 'one_time';
      const reminded = consent.remindedForEndsAt?.getTime() === consent.endsAt?.getTime();
      const { ownResources, supersedes } =
        access === undefined
          ? { ownResources: [], supersedes: [] }
          : await assignResources(consents, consent, accessType, now());
      return {
        ended,
        ending,
        grantEnded: ended === null && ending === null && access === undefined,
        accessType,
        granted: consent.grantedResources,
        endsAtMs: consent.endsAt?.getTime() ?? null,
        paused: consent.pausedAt !== null,
        known: {
          sinceMs: consent.createdAt.getTime(),
          remindedMs: reminded && consent.remindedDaysBefore !== null ? consent.remindedDaysBefore * dayMs : null,
        },
        loops: access === undefined ? [] : await planLoops(deps.exports, consent, access, ownResources, policy),
        supersedes,
      };
    },
  };
}

/**
 * The end that was requested of a consent before its workflow was lost. Earlier releases did not store the request, but
 * it shows in the row: the data is being deleted, or a time-based grant is being reset, which happens only on request.
 */
function endingOf({ state, accessType, dataDeletionAt, stopWanted }: Consent): ConsentPlan['ending'] {
  if (dataDeletionAt !== null) return 'deleted';
  return stopWanted ?? (state === 'ending' && accessType === 'time_based' ? 'cancelled' : null);
}
