/** The first step of a consent's workflow: read the state of the consent from Google and from the database. */
import type { ConsentPlan } from '../../activities/consent/plans';
import type { ErrorCode } from '../../domain/error-codes';
import { calls, failureCode } from '../activity-proxies';
import type { LiveConsent } from './live-consent';

/** @returns the plan of the consent, or the code with which the step failed until its deadline */
export async function openConsent(
  consent: LiveConsent,
): Promise<{ readonly plan: ConsentPlan } | { readonly errorCode: ErrorCode }> {
  const { consentId, policy } = consent;
  let plan: ConsentPlan;
  try {
    const deadlineMs = Date.now() + policy.startWithinMs;
    plan = await calls(policy, deadlineMs, 'ask for the access type').openConsent({ consentId, policy });
  } catch (error) {
    return { errorCode: failureCode(error, 'START_OVERDUE') };
  }
  consent.accessType = plan.accessType;
  consent.endsAtMs = plan.endsAtMs;
  consent.endKnown = plan.known;
  consent.paused = plan.paused;
  return { plan };
}
