/**
 * The messages and queries of a consent's workflow. A message contains no instruction: it makes the workflow read the
 * requests from the database.
 */
import { setHandler } from '@temporalio/workflow';

import {
  cancelSignal,
  consentStatusQuery,
  deleteSignal,
  pauseSignal,
  renewedSignal,
  resumeSignal,
  splitWorkedSignal,
  supersededSignal,
} from '../signals-and-queries';
import { setEndOfGrant, type LiveConsent } from './live-consent';
import { receive } from './read-requests';

/**
 * Signals that arrived earlier are handled immediately, in the order of the handlers here: running histories depend on
 * it.
 */
export function receiveMessages(consent: LiveConsent): void {
  const { requests, loops, outcomes } = consent;
  setHandler(consentStatusQuery, () => {
    const { state, accessType, endsAtMs, paused } = consent;
    return { state, accessType, endsAtMs, paused, loops: [...loops.running.keys()], exports: [...outcomes.values()] };
  });
  setHandler(pauseSignal, () => {
    receive(consent, () => (requests.pause = true));
  });
  setHandler(resumeSignal, () => {
    receive(consent, () => (requests.pause = false));
  });
  setHandler(cancelSignal, () => {
    receive(consent, () => (requests.stop ??= 'cancelled'));
  });
  setHandler(deleteSignal, () => {
    receive(consent, () => (requests.stop = 'deleted'));
  });
  // What a message says is used in runs of an earlier release only; a stranger's message may say nothing.
  setHandler(supersededSignal, (message) => {
    receive(consent, () => requests.superseded.push(...message.resources));
  });
  setHandler(splitWorkedSignal, () => {
    requests.splitWorked = true;
    consent.hasChanges = true;
  });
  setHandler(renewedSignal, (message) => {
    receive(consent, () => setEndOfGrant(consent, message.endsAtMs));
  });
}
