/** Reads and checks the request for a connect session. */
import { z } from 'zod';

import { exportedResources, type Consent, type ConsentStore } from '../database/consents';
import { PortageError } from '../domain/error-codes';
import { mayReturnTo } from '../domain/return-urls';
import type { RecordChoice } from '../domain/records';
import { isKind } from '../records/kinds';
import type { HostApp } from '../database/host-apps';
import { returnParameters } from './return-to-app';

/** What stands before an `@` looks like the host to people, and is none. */
const webUrl = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .refine((url) => new URL(url).username === '' && new URL(url).password === '', 'names a user or a password');

/** Where the browser comes back to; the parameters that Portage adds are not to be in it already. */
const returnAddress = webUrl.refine(
  (url) => Object.values(returnParameters).every((name) => !new URL(url).searchParams.has(name)),
  `has one of the parameters that Portage adds: ${Object.values(returnParameters).join(', ')}`,
);

const kind = z.string().refine(isKind, 'is no kind of record');

const connectSessionRequest = z
  .strictObject({
    /** The host app's own, opaque id of its user. */
    userId: z.string().min(1).max(200),
    /** How the connect page names the account that the data goes to. */
    userLabel: z
      .string()
      .min(1)
      .max(100)
      .regex(/^[^\p{Cc}\p{Cf}\u2028\u2029]*$/u, 'has control characters')
      .optional(),
    /** May be left out for a renewal, which then uses the resources of the consent. */
    resources: z.array(z.string().min(1).max(100)).min(1).max(100).optional(),
    returnUrl: returnAddress.optional(),
    /** The host app chooses data from this time on. */
    since: z.iso.datetime({ offset: true }).optional(),
    /** The records that the host app chooses (docs/records.md); Portage does not keep any others. */
    records: z
      .strictObject({
        kinds: z.array(kind).min(1).max(100).optional(),
        fields: z.record(kind, z.array(z.string().min(1).max(200)).max(100)).optional(),
        from: z.iso.datetime({ offset: true }).optional(),
        to: z.iso.datetime({ offset: true }).optional(),
        undated: z.enum(['keep', 'drop']).optional(),
      })
      .optional(),
    /** An active time-based consent of this user that the new grant extends. */
    renewsConsentId: z.string().min(1).max(100).optional(),
  })
  .refine(({ resources, renewsConsentId }) => resources !== undefined || renewsConsentId !== undefined, {
    path: ['resources'],
    message: 'is missing',
  })
  .refine(({ since, renewsConsentId }) => since === undefined || renewsConsentId === undefined, {
    path: ['since'],
    message: 'cannot be changed by a renewal',
  })
  .refine(({ records, renewsConsentId }) => records === undefined || renewsConsentId === undefined, {
    path: ['records'],
    message: 'cannot be changed by a renewal',
  });

export interface ConnectRequest {
  readonly userId: string;
  readonly userLabel: string | undefined;
  readonly resources: string[];
  readonly returnUrl: string | undefined;
  readonly since: Date | undefined;
  readonly keep: RecordChoice | undefined;
  readonly renewsConsentId: string | undefined;
}

const invalid = (detail: string) => new PortageError('REQUEST_INVALID', { detail: detail.slice(0, 500) });

/**
 * Reads the body of `POST /v1/connect-sessions`.
 *
 * @param caller the host app, the resources that there are, and how many of some Google can be asked for at once
 * @throws PortageError `REQUEST_INVALID` naming the fields, `RETURN_URL_NOT_ALLOWED`, `RESOURCE_UNKNOWN`, `RESOURCES_TOO_MANY`, `NOT_FOUND` for another host app's
 * consent, `CONSENT_NOT_RENEWABLE`
 */
export async function readConnectRequest(
  body: unknown,
  caller: {
    hostApp: HostApp;
    known: ReadonlySet<string>;
    fittingCount: (resources: readonly string[]) => number;
    consents: Pick<ConsentStore, 'find'>;
    now: Date;
  },
): Promise<ConnectRequest> {
  const read = connectSessionRequest.safeParse(body);
  if (!read.success) {
    throw invalid(read.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; '));
  }
  const { userId, userLabel, returnUrl, renewsConsentId, records: keep } = read.data;
  if (returnUrl === undefined && caller.hostApp.requiresConfirmation) {
    throw invalid('returnUrl: is missing; the browser brings the code there with which your app confirms the session');
  }
  if (returnUrl !== undefined && !mayReturnTo(returnUrl, caller.hostApp.returnUrls)) {
    throw new PortageError('RETURN_URL_NOT_ALLOWED', { detail: returnUrl.slice(0, 500) });
  }
  const resources = [...new Set(read.data.resources ?? [])];
  const unknown = resources.filter((resource) => !caller.known.has(resource));
  if (unknown.length > 0) throw new PortageError('RESOURCE_UNKNOWN', { detail: unknown.join(', ').slice(0, 200) });
  refuseTooMany(resources, caller.fittingCount(resources));
  const since = read.data.since === undefined ? undefined : new Date(read.data.since);
  if (since !== undefined && since > caller.now) throw invalid('since: lies in the future');
  if (renewsConsentId === undefined) return { userId, userLabel, resources, returnUrl, since, keep, renewsConsentId };

  const consent = await findRenewable(caller, userId, renewsConsentId);
  const granted = exportedResources(consent);
  const foreign = resources.filter((resource) => !granted.includes(resource));
  if (foreign.length > 0) throw invalid(`resources: the consent does not export ${foreign.join(', ')}`);
  return {
    userId,
    userLabel,
    resources: resources.length === 0 ? granted : resources,
    returnUrl,
    since: consent.since ?? undefined,
    keep: consent.keep ?? undefined,
    renewsConsentId,
  };
}

/** @throws PortageError `NOT_FOUND`, `REQUEST_INVALID`, `CONSENT_NOT_RENEWABLE` */
async function findRenewable(
  { consents, hostApp }: { consents: Pick<ConsentStore, 'find'>; hostApp: HostApp },
  userId: string,
  consentId: string,
): Promise<Consent> {
  const consent = await consents.find(consentId);
  if (consent?.hostAppId !== hostApp.id) throw new PortageError('NOT_FOUND', { detail: 'consent' });
  if (consent.userId !== userId) throw invalid('renewsConsentId: is a consent of another user');
  if (consent.state !== 'active' || consent.accessType !== 'time_based' || exportedResources(consent).length === 0) {
    const what = consent.state === 'active' ? (consent.accessType ?? 'not known yet') : consent.state;
    throw new PortageError('CONSENT_NOT_RENEWABLE', { detail: what });
  }
  return consent;
}

/** @throws PortageError `RESOURCES_TOO_MANY` naming those that are too many */
function refuseTooMany(resources: readonly string[], fitting: number): void {
  if (fitting >= resources.length) return;
  const over = resources.slice(fitting);
  const detail = `the first ${fitting} of ${resources.length} fit; too many are ${over.join(', ')}`;
  throw new PortageError('RESOURCES_TOO_MANY', { detail });
}
