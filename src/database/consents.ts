/**
 * Consents: made in one transaction with their tokens and their event, and ended in one transaction. The statements are
 * in the folder `consents`, by purpose.
 */
import type { Vault } from '../vault';
import { announcedQueries } from './consents/announced-changes';
import { createQueries } from './consents/create-consent';
import { eventQueries } from './consents/events';
import { unconfirmedQueries } from './consents/end-unconfirmed';
import { findQueries } from './consents/find-consents';
import { keptGrantQueries } from './consents/kept-grants';
import { stateQueries } from './consents/state-changes';
import { sameAccountQueries } from './consents/same-account';
import { takeoverQueries } from './consents/takeovers';
import type { Database } from './database';
import type { Consent } from './rows';

export type { Takeover } from './consents/takeovers';
export type { Consent, Event } from './rows';
export type ConsentStore = ReturnType<typeof createConsentStore>;

/**
 * The resources that a consent's loops still export: the granted ones, without those that a newer consent has taken
 * over.
 */
export function exportedResources(consent: Pick<Consent, 'grantedResources' | 'supersededResources'>): string[] {
  return consent.grantedResources.filter((resource) => !consent.supersededResources.includes(resource));
}

export function createConsentStore(db: Database, vault: Vault) {
  return {
    ...createQueries(db, vault),
    ...unconfirmedQueries(db, vault),
    ...findQueries(db),
    ...stateQueries(db),
    ...takeoverQueries(db),
    ...announcedQueries(db),
    ...sameAccountQueries(db),
    ...keptGrantQueries(db),
    ...eventQueries(db),
  };
}
