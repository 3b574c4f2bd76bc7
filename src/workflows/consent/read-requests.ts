/** What a consent was asked for, as the database has it: a message says no more than that there is something to be read. */
import { patched } from '@temporalio/workflow';

import { persistentCalls } from '../activity-proxies';
import { learnEnd, type LiveConsent } from './live-consent';

/** Marks runs in which messages carry no instructions. */
const requestsAreRead = 'requests are read from the database';

/** @param follow does what the message says, in a run of an earlier release */
export function receive(consent: LiveConsent, follow: () => void): void {
  if (patched(requestsAreRead)) consent.requests.areUnread = true;
  else follow();
  consent.hasChanges = true;
}

/** Takes over what the database has. To be called when a message came. */
export async function readRequests(consent: LiveConsent): Promise<void> {
  const { consentId, policy, requests } = consent;
  requests.areUnread = false;
  const read = await persistentCalls(policy, 'read what is asked for').readRequests({ consentId });
  requests.stop = read.stop ?? undefined;
  requests.pause = read.paused;
  requests.superseded.push(...read.superseded);
  learnEnd(consent, read.endsAtMs);
}
