/**
 * Every type of event for host apps: its meaning, its data and an example. The data holds ids, states, times and counts
 * only; other data of a row is never sent (payload.ts).
 */
import { z } from 'zod';

import { errorTable, type ErrorCode } from '../domain/error-codes';
import {
  consentStates,
  disabledReasons,
  exportStates,
  takeoverReasons,
  verdicts,
  type EventType,
} from '../domain/states';

export interface EventDescription {
  readonly description: string;
  /** The field `data` of the event, in addition to the ids and links that payload.ts adds. */
  readonly data: z.ZodObject;
  readonly example: Readonly<Record<string, unknown>>;
}

const described = <T extends z.ZodObject>(description: string, data: T, example: z.input<T>) => ({
  description,
  data,
  example,
});

const count = z.int().min(0);
const instant = z.iso.datetime();
const resources = z.array(z.string());
const errorCode = z.enum(Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]]).meta({ id: 'ErrorCode' });
const consentId = z.string().startsWith('con_');
const connectSessionId = z.string().startsWith('cns_');

const sessionData = z.object({ connectSessionId });
const failedSession = z.object({ connectSessionId, reason: errorCode.nullable() });
const nothing = z.object({});
const session = { connectSessionId: 'cns_01jd8m6n5ze3bv9d2rm4w5x6y7' };

/** The facts of an export at its end. */
const exportEnd = z.object({
  resources,
  verdict: z.enum(verdicts).nullable(),
  reason: errorCode.nullable(),
  parts: count.nullable(),
  files: count.nullable(),
  bytes: count.nullable(),
  /** The counts of its reading; null when there was nothing to read. */
  records: z
    .object({
      state: z.enum(['complete', 'partial', 'failed']),
      reason: errorCode.nullable(),
      cursor: count.nullable(),
      ...{ read: count.optional(), new: count.optional(), changed: count.optional() },
      gone: count.nullable().optional(),
      ...{ leftOut: count.optional(), problems: count.optional() },
    })
    .nullable(),
});
const counted = { read: 1204, new: 12, changed: 3, gone: 0, leftOut: 0, problems: 0 };
const readyExample = {
  ...{ resources: ['myactivity.search'], verdict: 'complete' as const, reason: null },
  ...{
    parts: 1,
    files: 4,
    bytes: 523_144,
    records: { state: 'complete' as const, reason: null, cursor: 3, ...counted },
  },
};
const failedExample = {
  ...{ resources: ['myactivity.search'], verdict: null, reason: 'ARCHIVE_FAILED' as const },
  ...{ parts: null, files: null, bytes: null, records: null },
};

export const eventTypes = {
  'connect_session.awaiting_confirmation': described(
    'The user came back from Google. The host app has to confirm whose account it is.',
    sessionData.extend({ confirmBy: instant }),
    { ...session, confirmBy: '2026-03-01T10:30:00.000Z' },
  ),
  'connect_session.connected': described(
    'The connect session led to a consent, or renewed one.',
    sessionData.extend({ consentId, renewed: z.boolean() }),
    { ...session, consentId: 'con_01jd8m6n5ze3bv9d2rm4w5x6y7', renewed: false },
  ),
  'connect_session.declined': described('The user declined at Google.', failedSession, {
    ...session,
    reason: 'CONSENT_DECLINED',
  }),
  'connect_session.failed': described('Nothing was connected, because of an error.', failedSession, {
    ...session,
    reason: 'CONNECT_INTERRUPTED',
  }),
  'connect_session.expired': described('The link expired before the user came back from Google.', sessionData, session),
  'connect_session.unconfirmed': described(
    'The host app did not confirm in time. Portage resets the authorization; the consent of the event exists only for this.',
    failedSession.extend({ consentId: consentId.optional() }),
    { ...session, consentId: 'con_01jd8m6n5ze3bv9d2rm4w5x6y7', reason: 'UNCONFIRMED' },
  ),
  'connect_session.cancelled': described(
    'The host app cancelled the session. If Portage had a grant, it resets the authorization; the consent of the event exists only for this.',
    sessionData.extend({ consentId: consentId.optional() }),
    session,
  ),
  'consent.connected': described(
    'A consent was stored, and its exports begin. `others` are the active consents that its user had already.',
    z.object({ requested: resources, granted: resources, others: z.array(consentId) }),
    { requested: ['myactivity.search', 'chrome.history'], granted: ['myactivity.search'], others: [] },
  ),
  'consent.confirmed': described('The host app’s confirmation of a connect session took effect.', sessionData, session),
  'consent.account_shared': described(
    'Another user is known to have connected the same Google account. Both get this event with the same id of the account.',
    z.object({ sharedAccountId: z.string().startsWith('acc_') }),
    { sharedAccountId: 'acc_01jd8m6n5ze3bv9d2rm4w5x6y7' },
  ),
  'consent.renewal_due': described(
    'The grant ends soon, and the user can renew it.',
    z.object({ endsAt: instant.nullable(), daysBefore: count }),
    { endsAt: '2026-09-01T09:30:00.000Z', daysBefore: 14 },
  ),
  'consent.renewed': described('The grant ends later than before.', z.object({ endsAt: instant, before: instant }), {
    endsAt: '2027-02-28T09:30:00.000Z',
    before: '2026-09-01T09:30:00.000Z',
  }),
  'consent.paused': described('No new export begins until the consent is resumed.', nothing, {}),
  'consent.resumed': described('Exports begin again.', nothing, {}),
  'consent.superseded': described(
    'A newer consent of the same user, `by`, exports these resources from now on. `because` is the reason.',
    z.object({ resources, by: consentId.nullable(), because: z.enum(takeoverReasons).nullable() }),
    {
      resources: ['myactivity.search'],
      by: 'con_01jd8mfw2vftvbcq5s1pnf9g3r',
      because: 'same_account_hint',
    },
  ),
  'consent.ended': described(
    'The consent ended; `state` is its final state.',
    z.object({ state: z.enum(consentStates), reason: errorCode.optional() }),
    { state: 'completed' },
  ),
  'export.started': described('Google began to prepare an archive.', z.object({ resources, adopted: z.boolean() }), {
    resources: ['myactivity.search'],
    adopted: false,
  }),
  'export.delayed': described(
    'An export has used up most of its time. The event is recorded once for each export.',
    z.object({ resources, state: z.enum(exportStates), deadlineAt: instant }),
    { resources: ['myactivity.search'], state: 'waiting', deadlineAt: '2026-03-08T09:30:00.000Z' },
  ),
  'export.ready': described('Every byte of the export is stored and verified.', exportEnd, readyExample),
  'export.partial': described('The delivered data is stored, and may be incomplete.', exportEnd, {
    ...readyExample,
    verdict: 'incomplete_at_google',
  }),
  'export.failed': described('Google’s data could not be obtained, or cannot be read.', exportEnd, failedExample),
  'records.available': described(
    'Records can be fetched: those after the cursor that the host app has, up to this one.',
    z.object({ resources, cursor: count, ...{ read: count, new: count, changed: count }, gone: count.nullable() }),
    { resources: ['myactivity.search'], cursor: 3, read: 1204, new: 12, changed: 3, gone: 0 },
  ),
  'data.deleted': described(
    'Stored data and its key are gone: of one export if the event names one, otherwise of the whole consent.',
    z.object({
      resource: z.string().optional(),
      ...{ exports: count.optional(), parts: count.optional(), segments: count.optional(), bytes: count.optional() },
    }),
    { exports: 2, parts: 2, segments: 2, bytes: 1_046_288 },
  ),
  'user.erased': described(
    'Everything of a user is deleted, as your app or an operator requested. The event names the deletion and its consents, not the user.',
    z.object({ erasureId: z.string().startsWith('ers_'), consentIds: z.array(consentId) }),
    { erasureId: 'ers_01jd8m6n5ze3bv9d2rm4w5x6y7', consentIds: ['con_01jd8m6n5ze3bv9d2rm4w5x6y7'] },
  ),
  'webhook_endpoint.disabled': described(
    'Portage no longer sends events to an endpoint of the host app.',
    z.object({ endpointId: z.string().startsWith('whe_'), reason: z.enum(disabledReasons) }),
    { endpointId: 'whe_01jd8m6n5ze3bv9d2rm4w5x6y7', reason: 'gone' },
  ),
  'webhook_endpoint.test': described(
    'The host app or an operator requested a test of an endpoint. No other endpoint gets it.',
    z.object({ endpointId: z.string().startsWith('whe_') }),
    { endpointId: 'whe_01jd8m6n5ze3bv9d2rm4w5x6y7' },
  ),
} satisfies Record<EventType, EventDescription>;

/** The data of an event of a type, as the recording code passes it. */
export type EventData<T extends EventType> = z.input<(typeof eventTypes)[T]['data']>;
