/** What a consent's workflow may be told and asked. Handlers change the shared state only; `live` follows the changes. */
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
} from '../messages';
import { learnEnd, type LiveConsent } from './live-consent';

/** Signals that came before are handled at once, in the order of the handlers here: running histories depend on it. */
export function receiveMessages(consent: LiveConsent): void {
  const { requests, loops, outcomes } = consent;
  setHandler(consentStatusQuery, () => {
    const { state, accessType, endsAtMs, paused } = consent;
    return { state, accessType, endsAtMs, paused, loops: [...loops.running.keys()], exports: [...outcomes.values()] };
  });
  setHandler(pauseSignal, () => {
    requests.pause = true;
    consent.hasChanges = true;
  });
  setHandler(resumeSignal, () => {
    requests.pause = false;
    consent.hasChanges = true;
  });
  setHandler(cancelSignal, () => {
    requests.stop ??= 'cancelled';
    consent.hasChanges = true;
  });
  setHandler(deleteSignal, () => {
    requests.stop = 'deleted';
    consent.hasChanges = true;
  });
  setHandler(supersededSignal, ({ resources }) => {
    requests.superseded.push(...resources);
    consent.hasChanges = true;
  });
  setHandler(splitWorkedSignal, () => {
    requests.splitWorked = true;
    consent.hasChanges = true;
  });
  setHandler(renewedSignal, ({ endsAtMs }) => {
    learnEnd(consent, endsAtMs);
    consent.hasChanges = true;
  });
}
