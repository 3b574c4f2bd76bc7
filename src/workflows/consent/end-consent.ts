/** The ends of a consent: on request, with its grant, or because every export is done. */
import { patched, upsertSearchAttributes } from '@temporalio/workflow';

import type { ErrorCode } from '../../domain/error-codes';
import { mayBeAtGoogle, type ExportOutcome } from '../../domain/outcome';
import { hasRunOut } from '../../domain/schedule';
import type { EndedConsentState, StopWanted } from '../../domain/states';
import { consentStateAttribute } from '../search-attributes';
import { persistentCalls } from '../activity-proxies';
import { resetAuthorization, keepGrantUntil } from './reset-authorization';
import type { LiveConsent } from './live-consent';
import { readRequests } from './read-requests';
import { showDetails } from './show-consent';

export interface ConsentResult {
  readonly state: EndedConsentState;
  readonly exports: readonly ExportOutcome[];
}

/** Marks runs in which a consent that Portage ends resets the authorization, for time-based access too. */
const resetsEveryGrant = 'every grant is given back';

/** Deletes the tokens and records the end. The authorization must be reset before. */
export async function endConsent(
  consent: LiveConsent,
  state: EndedConsentState,
  errorCode?: ErrorCode,
): Promise<ConsentResult> {
  const { consentId, policy, outcomes } = consent;
  const code = errorCode === undefined ? {} : { errorCode };
  await persistentCalls(policy, 'delete the tokens and record the end').endConsent({ consentId, state, ...code });
  consent.state = state;
  upsertSearchAttributes([{ key: consentStateAttribute, value: state }]);
  showDetails(consent, '');
  return { state, exports: [...outcomes.values()] };
}

/** Ends a consent whose access type could not be determined. */
export async function endUnopened(consent: LiveConsent, errorCode: ErrorCode): Promise<ConsentResult> {
  const { consentId, policy, requests } = consent;
  if (patched(resetsEveryGrant)) {
    // An export of an earlier, lost run may be open, and its archive may be at Google.
    const { untilMs } = await persistentCalls(policy, 'is an archive at Google?').keptAtGoogle({ consentId, policy });
    if (untilMs !== null) await keepGrantUntil(consent, untilMs);
    if (requests.areUnread) await readRequests(consent);
    if (requests.stop !== undefined) return await endAsRequested(consent, requests.stop);
    await resetAuthorization(consent);
  }
  return await endConsent(consent, 'failed', errorCode);
}

/**
 * Ends a consent at the user's or operator's request. When the request is to delete, it first deletes the stored data.
 */
export async function endAsRequested(consent: LiveConsent, stop: StopWanted): Promise<ConsentResult> {
  const { consentId, policy } = consent;
  if (stop === 'deleted') await persistentCalls(policy, 'delete the stored data').deleteData({ consentId });
  return await endConsent(consent, stop, await resetAuthorization(consent));
}

/**
 * Ends a consent whose grant Google ended: the grant has expired if its end has passed; otherwise the user removed it.
 */
export function endWithGrant(consent: LiveConsent): Promise<ConsentResult> {
  return hasRunOut(consent.policy, consent.endsAtMs, Date.now())
    ? endConsent(consent, 'expired')
    : endConsent(consent, 'revoked', 'GRANT_ENDED');
}

/**
 * Ends a consent for which no further export follows: for time-based access, because Google refuses all resources that
 * are left.
 */
export async function endFinished(consent: LiveConsent): Promise<ConsentResult> {
  const { accessType, requests } = consent;
  const outcomes = [...consent.outcomes.values()];
  const failed = outcomes.find((outcome) => outcome.state === 'failed');
  if (accessType === 'time_based' && !patched(resetsEveryGrant)) {
    return await endConsent(consent, 'failed', failed?.errorCode ?? 'UNEXPECTED');
  }
  const keptUntilMs = unsafeUntil(outcomes);
  if (keptUntilMs !== undefined) {
    await keepGrantUntil(consent, keptUntilMs);
    if (requests.stop !== undefined) return await endAsRequested(consent, requests.stop);
  }
  if (accessType === 'time_based') {
    await resetAuthorization(consent);
    return await endConsent(consent, 'failed', failed?.errorCode ?? 'UNEXPECTED');
  }
  // The stored data stays. When the reset failed, Google ends the grant automatically after 14 days.
  const refusal = await resetAuthorization(consent);
  const errorCode = refusal ?? (failed === undefined ? undefined : (failed.errorCode ?? 'UNEXPECTED'));
  return errorCode === undefined
    ? await endConsent(consent, 'completed')
    : await endConsent(consent, 'failed', errorCode);
}

/**
 * @returns epoch time until which Google keeps an archive that is not stored safely; undefined when all archives are
 */
function unsafeUntil(outcomes: readonly ExportOutcome[]): number | undefined {
  // Runs of an earlier release decide by this alone. `patched` adds two events to the history, so it is called only
  // where the two releases would decide differently.
  let unsafe = outcomes.filter(({ verdict, errorCode }) => verdict === 'corrupt' || errorCode === 'UNEXPECTED');
  const others = outcomes.filter((outcome) => !unsafe.includes(outcome) && mayBeAtGoogle(outcome, Date.now()));
  if (others.length > 0 && patched(resetsEveryGrant)) unsafe = [...unsafe, ...others];
  return unsafe.length === 0 ? undefined : Math.max(...unsafe.map((outcome) => outcome.keptUntilMs));
}
