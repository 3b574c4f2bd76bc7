/** The entries of the audit log. They hold no personal data of users, because they stay after the data is deleted. */

/** The steps of a deletion in order: it is requested; from then on nothing can be read; then nothing is left. */
export const deletionActions = ['deletion.begun', 'key.destroyed', 'data.deleted'] as const;

export type AuditAction =
  | (typeof deletionActions)[number]
  // API keys and host apps
  | 'api_key.created'
  | 'api_key.rotated'
  | 'api_key.accepted'
  | 'api_key.revoked'
  | 'host_app.changed'
  // Where events are sent
  | 'webhook_endpoint.created'
  | 'webhook_endpoint.changed'
  | 'webhook_endpoint.secrets_rotated'
  | 'webhook_endpoint.enabled'
  | 'webhook_endpoint.disabled'
  | 'webhook_endpoint.replayed'
  | 'webhook_endpoint.tested'
  | 'webhook_endpoint.deleted'
  | 'webhook_endpoint.failures_listed'
  // Users and their consents
  | 'connect_session.created'
  /** A browser was the first to open the link; from then on the link works only in this browser. */
  | 'connect_session.opened'
  | 'connect_session.confirmed'
  | 'connect_session.cancelled'
  /** "This is not my device": the browser opens no page of its users any more. */
  | 'browser.forgotten'
  | 'consent.granted'
  | 'consent.renewed'
  | 'consent.renewal_begun'
  | 'consent.paused'
  | 'consent.resumed'
  | 'consent.cancelled'
  | 'consent.deleted'
  | 'consent.export_requested'
  | 'delivery.confirmed'
  | 'user.deletion_requested'
  /** A changing request without an action of its own; `details` has its method and route, without ids. */
  | 'request.made'
  // Personal data
  | 'consents.listed'
  | 'consent.shown'
  | 'export.verified'
  | 'records.read'
  | 'records.counted'
  | 'records.read_again'
  | 'part.read'
  | 'members.listed'
  | 'member.read'
  // The installation
  | 'keys.rotated'
  | 'retention.applied'
  | 'audit.exported'
  | 'audit.pruned'
  /** Refused or failed requests of one caller within a minute, counted. */
  | 'requests.refused'
  | 'requests.failed';

/** `system` is a worker or server that acts without a request; `browser` is a user's. */
export type AuditActorKind = 'operator' | 'api_key' | 'browser' | 'system';
export type AuditOutcome = 'done' | 'refused' | 'failed';

export interface AuditActor {
  readonly kind: AuditActorKind;
  readonly id?: string | undefined;
}

export type AuditDetails = Readonly<Record<string, unknown>>;

/** The counts of data at the beginning of a deletion. */
export interface AuditCounts {
  readonly exports: number;
  readonly parts: number;
  readonly segments: number;
  /** Plain length of the stored segments. */
  readonly bytes: number;
}
