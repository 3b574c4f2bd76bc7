/** Reads the requests for a consent from the database: a message only means that there are requests to read. */
import { patched } from '@temporalio/workflow';

import { persistentCalls } from '../activity-proxies';
import { setEndOfGrant, type LiveConsent } from './live-consent';

/** Marks runs in which messages contain no instructions. */
const requestsAreRead = 'requests are read from the database';

/** @param follow carries out the message, in a run of an earlier release */
export function receive(consent: LiveConsent, follow: () => void): void {
  if (patched(requestsAreRead)) consent.requests.areUnread = true;
  else follow();
  consent.hasChanges = true;
}

/** Takes over the requests from the database. To be called when a message has arrived. */
export async function readRequests(consent: LiveConsent): Promise<void> {
  const { consentId, policy, requests } = consent;
  requests.areUnread = false;
  const read = await persistentCalls(policy, 'read the requests').readRequests({ consentId });
  requests.stop = read.stop ?? undefined;
  requests.pause = read.paused;
  requests.superseded.push(...read.superseded);
  setEndOfGrant(consent, read.endsAtMs);
}
