/** Giving a grant back to Google: not before every archive is safe, since Google may discard the archives with it. */
import { condition } from '@temporalio/workflow';

import type { ErrorCode } from '../../domain/error-codes';
import { failureCode, persistentCalls } from '../activity-proxies';
import type { LiveConsent } from './live-consent';
import { readRequests } from './read-requests';
import { showDetails } from './show-consent';

/** @returns the code with which Google refused it to the last */
export async function resetAuthorization(consent: LiveConsent): Promise<ErrorCode | undefined> {
  const { consentId, policy } = consent;
  consent.state = 'ending';
  showDetails(consent, 'Giving the grant back to Google.');
  try {
    await persistentCalls(policy, 'give the grant back').resetAuthorization({ consentId });
    return undefined;
  } catch (error) {
    return failureCode(error, 'GOOGLE_UNAVAILABLE');
  }
}

/**
 * Waits for as long as Google may have an archive that is not stored completely, or until a request to stop arrives.
 *
 * @param keptUntilMs epoch time until which Google keeps it
 */
export async function keepGrantUntil(consent: LiveConsent, keptUntilMs: number): Promise<void> {
  const { requests } = consent;
  showDetails(consent, 'The grant is kept while Google still holds an archive that is not safe.');
  const summary = 'an archive that is not safe is still at Google';
  const hasMessage = () => requests.areUnread || requests.stop !== undefined;
  while (requests.stop === undefined) {
    if (requests.areUnread) await readRequests(consent);
    else if (!(await condition(hasMessage, Math.max(1_000, keptUntilMs - Date.now()), { summary }))) return;
  }
}
