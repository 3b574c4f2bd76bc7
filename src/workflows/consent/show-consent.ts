/** The state of a consent's workflow in Temporal's Web UI. */
import { patched, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';

import { consentEndsAtAttribute } from '../search-attributes';
import type { LiveConsent } from './live-consent';

/** Marks runs whose search attribute follows the end of the grant, which a renewal changes. */
const endIsShown = 'the end of the grant is shown';

/**
 * Shows the state of the consent and how its exports ended.
 *
 * @param more the workflow's present work, in a sentence; empty for nothing in particular
 */
export function showDetails({ state, outcomes }: LiveConsent, more: string): void {
  const rows = [...outcomes.values()].map(
    (outcome) => `| \`${outcome.resource}\` | ${outcome.state} | ${outcome.verdict ?? outcome.errorCode ?? ''} |`,
  );
  const table = rows.length === 0 ? [] : ['', '| resource | state | verdict |', '|---|---|---|', ...rows];
  setCurrentDetails([`Consent **${state}**. ${more}`, ...table].join('\n'));
}

/** Updates the search attribute when the end of the grant is known and has changed. */
export function showEndOfGrant(consent: LiveConsent): void {
  const { endsAtMs } = consent;
  if (endsAtMs === null || endsAtMs === consent.shownEndsAtMs || !patched(endIsShown)) return;
  consent.shownEndsAtMs = endsAtMs;
  upsertSearchAttributes([{ key: consentEndsAtAttribute, value: new Date(endsAtMs) }]);
}
