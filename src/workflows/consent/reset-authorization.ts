/** Resets the authorization: not before every archive is stored safely, since Google may delete the archives then. */
import { condition } from '@temporalio/workflow';

import type { ErrorCode } from '../../domain/error-codes';
import { failureCode, persistentCalls } from '../activity-proxies';
import type { LiveConsent } from './live-consent';
import { readRequests } from './read-requests';
import { showDetails } from './show-consent';

/** @returns the code of Google's last refusal, when it refused every try */
export async function resetAuthorization(consent: LiveConsent): Promise<ErrorCode | undefined> {
  const { consentId, policy } = consent;
  consent.state = 'ending';
  showDetails(consent, 'Resetting the authorization at Google.');
  try {
    await persistentCalls(policy, 'reset the authorization').resetAuthorization({ consentId });
    return undefined;
  } catch (error) {
    return failureCode(error, 'GOOGLE_UNAVAILABLE');
  }
}

/**
 * Waits while Google may have an archive that is not stored completely, or until a request to stop arrives.
 *
 * @param keptUntilMs epoch time until which Google keeps it
 */
export async function keepGrantUntil(consent: LiveConsent, keptUntilMs: number): Promise<void> {
  const { requests } = consent;
  showDetails(consent, 'The grant is kept while Google still has an archive that is not stored.');
  const summary = 'an archive that is not stored is still at Google';
  const hasMessage = () => requests.areUnread || requests.stop !== undefined;
  while (requests.stop === undefined) {
    if (requests.areUnread) await readRequests(consent);
    else if (!(await condition(hasMessage, Math.max(1_000, keptUntilMs - Date.now()), { summary }))) return;
  }
}
