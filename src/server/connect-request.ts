/** Checks a request for a connect session against the host app, its consents, and Google's limits. */
import type { z } from 'zod';

import type { AccountHints } from '../database/account-hints';
import { exportedResources, type Consent, type ConsentStore } from '../database/consents';
import { PortageError } from '../domain/error-codes';
import { mayReturnTo } from '../domain/return-urls';
import type { RecordChoice } from '../domain/records';
import type { HostApp } from '../database/host-apps';
import type { connectSessionRequest } from './contract/connect-sessions';
import { bodyFault, invalidRequest } from './contract/read-request';

export interface ConnectRequest {
  readonly userId: string;
  readonly userLabel: string | undefined;
  readonly resources: string[];
  readonly returnUrl: string | undefined;
  readonly since: Date | undefined;
  readonly keep: RecordChoice | undefined;
  readonly renewsConsentId: string | undefined;
  readonly accountHintHash: string | undefined;
  readonly replacesConsentId: string | undefined;
}

const invalid = (field: string, detail: string, value?: string) => invalidRequest([bodyFault([field], detail, value)]);

/**
 * Checks the rules that the schema cannot express.
 *
 * @param asked the body of `POST /v1/connect-sessions`
 * @param caller the host app, the known resources, and how many of some resources one request to Google may name
 * @throws PortageError `REQUEST_INVALID` naming the fields, `RETURN_URL_NOT_ALLOWED`, `RESOURCE_UNKNOWN`,
 * `RESOURCES_TOO_MANY`, `NOT_FOUND` for another host app's consent, `CONSENT_NOT_RENEWABLE`, `CONSENT_NOT_REPLACEABLE`
 */
export async function checkConnectRequest(
  asked: z.output<typeof connectSessionRequest>,
  caller: {
    hostApp: HostApp;
    known: ReadonlySet<string>;
    fittingCount: (resources: readonly string[]) => number;
    consents: Pick<ConsentStore, 'find'>;
    accountHints: AccountHints;
    now: Date;
  },
): Promise<ConnectRequest> {
  const { userId, userLabel, returnUrl, renewsConsentId, records: keep, accountHint, replaces } = asked;
  if (returnUrl === undefined && caller.hostApp.requiresConfirmation) {
    throw invalid(
      'returnUrl',
      'is missing; the browser brings the code there with which your app confirms the session',
    );
  }
  if (returnUrl !== undefined && !mayReturnTo(returnUrl, caller.hostApp.returnUrls)) {
    throw new PortageError('RETURN_URL_NOT_ALLOWED', { detail: returnUrl.slice(0, 500) });
  }
  const resources = [...new Set(asked.resources ?? [])];
  refuseUnknown(resources, caller.known);
  refuseTooMany(resources, caller.fittingCount(resources));
  const since = asked.since === undefined ? undefined : new Date(asked.since);
  if (since !== undefined && since > caller.now) throw invalid('since', 'is in the future', asked.since);
  if (renewsConsentId === undefined) {
    if (replaces !== undefined) await checkReplaceable(caller, userId, replaces, resources);
    const user = { hostAppId: caller.hostApp.id, userId };
    return {
      ...{ userId, userLabel, resources, returnUrl, since, keep, renewsConsentId },
      accountHintHash: accountHint === undefined ? undefined : await caller.accountHints.hashOf(user, accountHint),
      replacesConsentId: replaces,
    };
  }

  const consent = await findRenewable(caller, userId, renewsConsentId);
  const granted = exportedResources(consent);
  const foreign = resources.filter((resource) => !granted.includes(resource));
  if (foreign.length > 0) throw invalid('resources', `the consent does not export ${foreign.join(', ')}`);
  return {
    userId,
    userLabel,
    resources: resources.length === 0 ? granted : resources,
    returnUrl,
    since: consent.since ?? undefined,
    keep: consent.keep ?? undefined,
    renewsConsentId,
    // When the grant does not cover the consent, it becomes a new consent. With the same hint, the new consent takes
    // over resources, as for one Google account.
    accountHintHash: consent.accountHintHash ?? undefined,
    replacesConsentId: undefined,
  };
}

interface Owner {
  readonly consents: Pick<ConsentStore, 'find'>;
  readonly hostApp: HostApp;
}

/** @throws PortageError `NOT_FOUND`, `REQUEST_INVALID` */
async function findOwn(
  { consents, hostApp }: Owner,
  field: 'renewsConsentId' | 'replaces',
  userId: string,
  consentId: string,
): Promise<Consent> {
  const consent = await consents.find(consentId);
  if (consent?.hostAppId !== hostApp.id) {
    const faults = [bodyFault([field], 'is no consent of your app', consentId)];
    throw new PortageError('NOT_FOUND', { detail: 'consent', faults });
  }
  if (consent.userId !== userId) throw invalid(field, 'is a consent of another user', consentId);
  return consent;
}

/** @throws PortageError `NOT_FOUND`, `REQUEST_INVALID`, `CONSENT_NOT_REPLACEABLE` */
async function checkReplaceable(
  owner: Owner,
  userId: string,
  consentId: string,
  resources: readonly string[],
): Promise<void> {
  const consent = await findOwn(owner, 'replaces', userId, consentId);
  const { state, accessType } = consent;
  // Its access type may not be known yet.
  if (state === 'active' && accessType !== 'one_time') {
    const exported = exportedResources(consent);
    if (resources.some((resource) => exported.includes(resource))) return;
    throw invalid('replaces', 'exports none of the resources that are asked for', consentId);
  }
  const detail = state === 'active' ? 'one_time' : state;
  const faults = [bodyFault(['replaces'], `is ${detail}`, consentId)];
  throw new PortageError('CONSENT_NOT_REPLACEABLE', { detail, faults });
}

/** @throws PortageError `NOT_FOUND`, `REQUEST_INVALID`, `CONSENT_NOT_RENEWABLE` */
async function findRenewable(owner: Owner, userId: string, consentId: string): Promise<Consent> {
  const consent = await findOwn(owner, 'renewsConsentId', userId, consentId);
  if (consent.state !== 'active' || consent.accessType !== 'time_based' || exportedResources(consent).length === 0) {
    const what = consent.state === 'active' ? (consent.accessType ?? 'not known yet') : consent.state;
    throw new PortageError('CONSENT_NOT_RENEWABLE', { detail: what });
  }
  return consent;
}

/** @throws PortageError `RESOURCE_UNKNOWN` naming the unknown ones */
function refuseUnknown(resources: readonly string[], known: ReadonlySet<string>): void {
  const unknown = resources.filter((resource) => !known.has(resource));
  if (unknown.length === 0) return;
  const faults = unknown.map((each) => bodyFault(['resources', resources.indexOf(each)], 'is not a resource', each));
  throw new PortageError('RESOURCE_UNKNOWN', { detail: unknown.join(', ').slice(0, 200), faults });
}

/** @throws PortageError `RESOURCES_TOO_MANY` naming the excess ones */
function refuseTooMany(resources: readonly string[], fitting: number): void {
  if (fitting >= resources.length) return;
  const over = resources.slice(fitting);
  const detail = `the first ${fitting} of ${resources.length} fit; too many are ${over.join(', ')}`;
  throw new PortageError('RESOURCES_TOO_MANY', { detail, faults: [bodyFault(['resources'], detail)] });
}
