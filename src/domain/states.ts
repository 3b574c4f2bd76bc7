/** The states of a consent, an export and a connect session, as readable strings. */

/** Which kind of access the user picked on Google's screen (docs/google-api.md §6). */
export const accessTypes = ['one_time', 'time_based'] as const;
export type AccessType = (typeof accessTypes)[number];

/**
 * `active` while there is something to export; `ending` while the authorization is being reset at Google, whatever the
 * reason; every other state is final and is the reason of the end.
 */
export const consentStates = [
  'active',
  'ending',
  'completed',
  'expired',
  'revoked',
  'cancelled',
  'superseded',
  'deleted',
  'unconfirmed',
  'failed',
] as const;
export type ConsentState = (typeof consentStates)[number];
export type EndedConsentState = Exclude<ConsentState, 'active' | 'ending'>;
/**
 * The end states that can be requested for a consent; `unconfirmed` when the host app did not confirm whose account it
 * is.
 */
export type StopWanted = Extract<EndedConsentState, 'cancelled' | 'deleted' | 'unconfirmed'>;

/**
 * The states of one export: `initiating` (the request is stored), `waiting` (Google prepares the archive),
 * `downloading`, `verifying`, `reading` (its records), then one of the final states. `ready` means every byte was
 * verified; `partial` means that the delivered data is stored, and is known or suspected to be incomplete; `failed`
 * means that Google's data could not be obtained.
 */
export const exportStates = [
  'initiating',
  'waiting',
  'downloading',
  'verifying',
  'reading',
  'ready',
  'partial',
  'failed',
] as const;
export type ExportState = (typeof exportStates)[number];
export type EndedExportState = Extract<ExportState, 'ready' | 'partial' | 'failed'>;

/** A part is `downloading` as soon as it has a number, and `stored` when every byte of it is stored. */
export const partStates = ['downloading', 'stored'] as const;
export type PartState = (typeof partStates)[number];

/** The result of the verification of an archive (docs/google-api.md §A2). */
export const verdicts = ['complete', 'incomplete_at_google', 'unverified', 'corrupt'] as const;
export type Verdict = (typeof verdicts)[number];

/**
 * The states of a connect session: from the host app's request over Google's answer to the host app's confirmation;
 * `expired` when no answer arrived while its link was valid, `unconfirmed` when no confirmation arrived in time,
 * `cancelled` by its host app.
 */
export const connectSessionStates = [
  'created',
  'started',
  'awaiting_confirmation',
  'connected',
  'declined',
  'failed',
  'expired',
  'unconfirmed',
  'cancelled',
] as const;
export type ConnectSessionState = (typeof connectSessionStates)[number];

/** The types of events for the host app; src/events/event-types.ts has the meaning and the data of each. */
export const eventTypeNames = [
  'connect_session.awaiting_confirmation',
  'connect_session.connected',
  'connect_session.declined',
  'connect_session.failed',
  'connect_session.expired',
  'connect_session.unconfirmed',
  'connect_session.cancelled',
  'consent.connected',
  'consent.confirmed',
  'consent.account_shared',
  'consent.renewal_due',
  'consent.renewed',
  'consent.paused',
  'consent.resumed',
  'consent.superseded',
  'consent.ended',
  'export.started',
  'export.delayed',
  'export.ready',
  'export.partial',
  'export.failed',
  'records.available',
  'data.deleted',
  'user.erased',
  'webhook_endpoint.disabled',
  'webhook_endpoint.test',
] as const;
export type EventType = (typeof eventTypeNames)[number];

/**
 * The result of a reset: `done` when Google confirmed it, `kept` when another consent of the user might have been
 * harmed, `already_ended` when Google no longer knew the grant, `refused` while Portage repeats it.
 */
export const resetAnswers = ['done', 'kept', 'already_ended', 'refused'] as const;
export type ResetAnswer = (typeof resetAnswers)[number];

/**
 * Why a newer consent exports resources in place of an older one of the same user: the connect session named the older
 * one in `replaces`, both have the same account hint, or neither has one.
 */
export const takeoverReasons = ['replaces', 'same_account_hint', 'no_account_hint'] as const;
export type TakeoverReason = (typeof takeoverReasons)[number];

/**
 * The reason why the end of a grant at Google is delayed: another consent, the user at Google's screen, or Google
 * itself.
 */
export const grantWaitReasons = ['other_consents', 'user_is_connecting', 'google_refuses'] as const;
export type GrantWaitReason = (typeof grantWaitReasons)[number];

/**
 * Whether the user can renew a time-based grant at Google: `not_needed` while too much time is left, `ended` when only
 * a new connection helps, `not_offered` when there is no period to renew.
 */
export const renewalStates = ['not_needed', 'possible', 'ended', 'not_offered'] as const;
export type RenewalState = (typeof renewalStates)[number];

/** The state that a verdict leads to. */
export function exportStateOf(verdict: Verdict): EndedExportState {
  if (verdict === 'complete') return 'ready';
  return verdict === 'corrupt' ? 'failed' : 'partial';
}

/**
 * Why a webhook endpoint is disabled: it answered that it no longer exists, failed for days, or an operator or its host
 * app disabled it.
 */
export const disabledReasons = ['gone', 'failing', 'operator', 'host_app'] as const;
export type DisabledReason = (typeof disabledReasons)[number];

/** A delivery is `pending` until the endpoint accepted it, or its last try failed. */
export const deliveryStates = ['pending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];
