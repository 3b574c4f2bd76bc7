/**
 * The workflow of one consent: it reads the grant, runs its loops, processes messages, and resets the authorization.
 */
import { upsertSearchAttributes } from '@temporalio/workflow';

import { consentWorkflowId } from '../ids';
import { refuseForeignInput } from '../own-id';
import { accessTypeAttribute } from '../search-attributes';
import { persistentCalls } from '../activity-proxies';
import { endAsRequested, endConsent, endFinished, endUnopened, endWithGrant, type ConsentResult } from './end-consent';
import { runLoops } from './run-loops';
import { beginConsent, type ConsentInput, type LiveConsent } from './live-consent';
import { openConsent } from './open-consent';
import { readRequests } from './read-requests';
import { receiveMessages } from './receive-messages';
import { showDetails, showEndOfGrant } from './show-consent';

export async function consentWorkflow(input: ConsentInput): Promise<ConsentResult> {
  refuseForeignInput(consentWorkflowId(input.consentId));
  const consent = beginConsent(input);
  receiveMessages(consent);
  showDetails(consent, 'Asking Google for the access type.');

  const result = await runConsent(consent);
  // A request may arrive too late to end the consent, or after its end, when it starts this workflow again.
  if (consent.requests.areUnread) await readRequests(consent);
  if (consent.requests.stop === 'deleted' && result.state !== 'deleted') {
    await persistentCalls(consent.policy, 'delete the stored data').deleteData({ consentId: consent.consentId });
    return { ...result, state: 'deleted' };
  }
  return result;
}

async function runConsent(consent: LiveConsent): Promise<ConsentResult> {
  const opened = await openConsent(consent);
  if ('errorCode' in opened) return await endUnopened(consent, opened.errorCode);

  const { plan } = opened;
  if (plan.ended !== null) return { state: plan.ended, exports: [] };
  // Workers of an earlier release leave `ending` out.
  if (plan.ending != null) {
    return await endAsRequested(consent, consent.requests.stop === 'deleted' ? 'deleted' : plan.ending);
  }
  if (plan.grantEnded) return await endWithGrant(consent);
  upsertSearchAttributes([{ key: accessTypeAttribute, value: plan.accessType }]);
  showEndOfGrant(consent);

  const over = await runLoops(consent, plan);
  switch (over.why) {
    case 'stop_requested':
      return await endAsRequested(consent, over.stop);
    case 'grant_ended':
      return await endWithGrant(consent);
    case 'superseded':
      return await endConsent(consent, 'superseded');
    case 'finished':
      return await endFinished(consent);
  }
}
