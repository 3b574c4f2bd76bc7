/** Reminders that the grant can be renewed, and the check at its end whether it was renewed. */
import { isCancellation } from '@temporalio/workflow';

import { nextReminder } from '../../domain/schedule';
import { calls, failureCode } from '../activity-proxies';
import { setEndOfGrant, type LiveConsent } from './live-consent';

export interface RenewalCheck {
  readonly atMs: number;
  /** How long before the end of the grant the host app is reminded; null at the end itself. */
  readonly beforeEndMs: number | null;
}

/** @returns the check that is due next; undefined when none is due, or while one is under way */
export function nextRenewalCheck(consent: LiveConsent): RenewalCheck | undefined {
  const { policy, accessType, endsAtMs, endKnown, isCheckingRenewal } = consent;
  if (accessType !== 'time_based' || isCheckingRenewal) return undefined;
  const reminder = nextReminder(policy, { endsAtMs, ...endKnown });
  if (reminder !== undefined) return reminder;
  return endsAtMs === null ? undefined : { atMs: endsAtMs, beforeEndMs: null };
}

/**
 * Starts a renewal check at the same time as the other work of the workflow; `runLoops` gets the result as a change.
 */
export function startRenewalCheck(consent: LiveConsent, { beforeEndMs }: RenewalCheck): void {
  consent.isCheckingRenewal = true;
  void checkRenewal(consent, beforeEndMs).finally(() => {
    consent.isCheckingRenewal = false;
    consent.hasChanges = true;
  });
}

/** Reminds the host app, or finds out at the end of the grant whether it was renewed. */
async function checkRenewal(consent: LiveConsent, beforeEndMs: number | null): Promise<void> {
  const { consentId, policy } = consent;
  // Whether the user has renewed shows only when the token is refreshed (docs/google-api.md §10, Q6).
  const summary = beforeEndMs === null ? 'has the grant ended?' : 'remind the host app';
  const before = consent.endsAtMs;
  try {
    const answer = await calls(policy, Date.now() + policy.startWithinMs, summary).remindRenewal({
      consentId,
      endsAtMs: before,
      beforeEndMs,
    });
    setEndOfGrant(consent, answer.endsAtMs);
  } catch (error) {
    // Temporal cancels the main function too; nothing awaits this promise.
    if (isCancellation(error)) return;
    if (failureCode(error, 'GOOGLE_UNAVAILABLE') === 'GRANT_ENDED') consent.grantEnded = true;
  }
  if (consent.endsAtMs === before) {
    consent.endKnown.remindedMs = beforeEndMs;
    if (beforeEndMs === null) consent.grantEnded = true;
  }
}
