/** The tables, as Drizzle sees them; `migrations/` holds the SQL that creates them. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

import type { ApiKeyScope } from '../domain/api-key-scopes';
import type { AuditAction, AuditActorKind, AuditCounts, AuditDetails, AuditOutcome } from '../domain/audit';
import type {
  AccessType,
  ConnectSessionState,
  ConsentState,
  DeliveryState,
  DisabledReason,
  EventType,
  ExportState,
  PartState,
  ResetAnswer,
  StopWanted,
  Verdict,
} from '../domain/states';
import type { ErrorCode } from '../domain/error-codes';
import type { HostAppSettings } from '../domain/host-app-settings';
import type { KindCount, RecordChoice, RecordsCount, RecordsState } from '../domain/records';
import type { QueueState, WorkerFault } from '../domain/worker-state';
import type { LogRemains } from '../domain/erased-remains';
import type { Finding } from '../domain/verdict';
import type { DeliveryAttempt } from '../domain/webhook-retries';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/**
 * OAuth clients at Google that host apps have of their own. A row stays when no host app uses it any more: a refresh
 * token works only with the client that got it, so live consents still need the secret. The secret is deleted when none
 * is left (google-clients.ts).
 */
export const googleClients = pgTable('google_clients', {
  /** Google's id of the client. */
  clientId: text('client_id').primaryKey(),
  sealedSecret: text('sealed_secret').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
});

export const hostApps = pgTable('host_apps', {
  id: text('id').primaryKey(),
  name: text('name').notNull().unique(),
  /** Whether its connect sessions have to be confirmed; off for host apps of releases without confirmation. */
  requiresConfirmation: boolean('requires_confirmation').notNull().default(false),
  /** The position of its newest event (write-events.ts). */
  lastEventPosition: bigint('last_event_position', { mode: 'number' }).notNull().default(0),
  /** The old events up to this position were removed (event-pruning.ts). */
  prunedEventPosition: bigint('pruned_event_position', { mode: 'number' }).notNull().default(0),
  /** Origins and URL prefixes to which its users' browsers may return; empty allows every https address. */
  returnUrls: text('return_urls').array().notNull().default([]),
  /** The OAuth client that its users consent to from now on; unset, the one of the configuration. */
  googleClientId: text('google_client_id').references(() => googleClients.clientId),
  /** Its name and colour on pages, and its quotas. */
  settings: jsonb('settings').$type<HostAppSettings>().notNull().default({}),
  createdAt: instant('created_at').notNull().defaultNow(),
});

export const apiKeys = pgTable('api_keys', {
  id: text('id').primaryKey(),
  hostAppId: text('host_app_id')
    .notNull()
    .references(() => hostApps.id),
  /** HMAC-SHA-256 of the key; SHA-256 in a row of an earlier release that was not accepted (database/api-keys.ts). */
  keyHash: text('key_hash').notNull().unique(),
  /** HMAC-SHA-256 of all columns that decide the key's rights; unset in a row of an earlier release. */
  rowMac: text('row_mac'),
  /** The name that the operator or the host app gave the key. */
  name: text('name'),
  scopes: text('scopes').array().$type<ApiKeyScope[]>().notNull().default([]),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at'),
  /** When the key was last used, to the minute. */
  lastUsedAt: instant('last_used_at'),
  revokedAt: instant('revoked_at'),
});

/** Random secrets of this installation, each sealed by the vault: the keys of its HMACs. */
export const ownSecrets = pgTable('own_secrets', {
  name: text('name').primaryKey(),
  sealed: text('sealed').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
});

export const connectSessions = pgTable(
  'connect_sessions',
  {
    id: text('id').primaryKey(),
    hostAppId: text('host_app_id')
      .notNull()
      .references(() => hostApps.id),
    /** Null, like `returnUrl`, once all data of the consent or of the user is deleted. */
    userId: text('user_id'),
    resources: text('resources').array().notNull(),
    returnUrl: text('return_url'),
    /** How the connect page names the account that receives the data; cleared when the session ends. */
    userLabel: text('user_label'),
    state: text('state').$type<ConnectSessionState>().notNull(),
    errorCode: text('error_code').$type<ErrorCode>(),
    /** SHA-256 of the secret in the connect link. */
    linkHash: text('link_hash').notNull().unique(),
    /** SHA-256 of the cookie of the browser that opened the link first. */
    browserHash: text('browser_hash'),
    /**
     * SHA-256 of the cookies that this browser got since Google's answer, newest last: only they open the pages of the
     * consent. Empty when the answer arrived at a process of an earlier release, which kept the first cookie.
     */
    browserHashes: text('browser_hashes').array().notNull().default([]),
    /** Since when all data of its user has to be deleted; a resulting consent is then deleted, too. */
    userDeletionAt: instant('user_deletion_at'),
    /** The deletion of its user: the sessions of one user have the same id (data-deletion/erasures.ts). */
    erasureId: text('erasure_id'),
    /** When Google's first answer arrived. */
    oauthStateUsedAt: instant('oauth_state_used_at'),
    /** SHA-256 of the OAuth `state` of that answer. */
    oauthStateHash: text('oauth_state_hash').unique(),
    /** Used only by an earlier release; see `connect_attempts`. */
    sealedCodeVerifier: text('sealed_code_verifier'),
    /** Whether its host app has to confirm the account's owner before the grant is used. */
    requiresConfirmation: boolean('requires_confirmation').notNull().default(false),
    /** After this time the grant is reset; set when the grant arrived. */
    confirmBy: instant('confirm_by'),
    confirmedAt: instant('confirmed_at'),
    /** SHA-256 of the browser's confirmation codes, newest last. */
    confirmationCodeHashes: text('confirmation_code_hashes').array().notNull().default([]),
    wrongConfirmations: integer('wrong_confirmations').notNull().default(0),
    /** Google's grant, sealed, from its arrival until a consent is made of it. */
    sealedGrant: text('sealed_grant'),
    /** The live consent that a new grant extends (docs/google-api.md Q6). */
    renewsConsentId: text('renews_consent_id').references(() => consents.id),
    /** HMAC of the host app's hint for one of the user's Google accounts (account-hints.ts). */
    accountHintHash: text('account_hint_hash'),
    /** The consent of the same user whose exports the new one takes over. */
    replacesConsentId: text('replaces_consent_id').references(() => consents.id),
    /** The host app wants no data older than this. */
    since: instant('since'),
    /** Which records the host app wants. */
    keep: jsonb('keep').$type<RecordChoice>(),
    consentId: text('consent_id').references(() => consents.id),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    index('connect_sessions_with_grant')
      .on(table.id)
      .where(sql`${table.sealedGrant} is not null`),
    index('connect_sessions_to_confirm')
      .on(table.confirmBy)
      .where(sql`${table.state} = 'awaiting_confirmation'`),
    index('connect_sessions_by_user').on(table.hostAppId, table.userId),
    index('connect_sessions_by_host_app').on(table.hostAppId, table.id),
    index('connect_sessions_by_creation').on(table.hostAppId, table.createdAt),
    index('connect_sessions_by_erasure')
      .on(table.erasureId)
      .where(sql`${table.erasureId} is not null`),
    index('connect_sessions_by_browser').on(table.browserHash),
    index('connect_sessions_by_browsers').using('gin', table.browserHashes),
  ],
);

/** One OAuth attempt of a browser; a session has several when it is started more than once. */
export const connectAttempts = pgTable(
  'connect_attempts',
  {
    /** SHA-256 of the OAuth `state`. */
    stateHash: text('state_hash').primaryKey(),
    sessionId: text('session_id')
      .notNull()
      .references(() => connectSessions.id),
    /** Cleared when an answer is taken, and in all attempts of a session that has led to a consent. */
    sealedCodeVerifier: text('sealed_code_verifier'),
    /**
     * The OAuth client of the attempt; unset means the one of the configuration. Only this client can exchange the
     * code.
     */
    googleClientId: text('google_client_id').references(() => googleClients.clientId),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [index('connect_attempts_of_session').on(table.sessionId)],
);

export const consents = pgTable(
  'consents',
  {
    id: text('id').primaryKey(),
    hostAppId: text('host_app_id')
      .notNull()
      .references(() => hostApps.id),
    /** The host app's id of its user; null once the consent has ended and its data is deleted. */
    userId: text('user_id'),
    state: text('state').$type<ConsentState>().notNull(),
    /** Why it ended, if that was an error. */
    errorCode: text('error_code').$type<ErrorCode>(),
    /** Unknown until Google is asked, if the token response did not state it. */
    accessType: text('access_type').$type<AccessType>(),
    requestedResources: text('requested_resources').array().notNull(),
    grantedResources: text('granted_resources').array().notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** When the grant ends, from `refresh_token_expires_in`; unknown for one-time grants. */
    endsAt: instant('ends_at'),
    endedAt: instant('ended_at'),
    workflowStartedAt: instant('workflow_started_at'),
    /** The host app wants no data older than this; unset means all data. */
    since: instant('since'),
    /** Which records the host app wants; unset means all. */
    keep: jsonb('keep').$type<RecordChoice>(),
    /** No new export is started while this is set. */
    pausedAt: instant('paused_at'),
    /**
     * The end state that was requested (`cancelled` or `deleted`). Stored before the workflow is signalled, so that it
     * survives a lost workflow run.
     */
    stopWanted: text('stop_wanted').$type<StopWanted>(),
    /**
     * Since when all resources share one job a day, because Google's lock counts for all of them (docs/google-api.md
     * Q1).
     */
    batchedAt: instant('batched_at'),
    /** Resources whose exports a newer consent of the same user has taken over. */
    supersededResources: text('superseded_resources').array().notNull().default([]),
    /** The ids of the consents that took them over, in order of time. */
    supersededBy: text('superseded_by').array().notNull().default([]),
    /** The OAuth client that got the grant; unset means the one of the configuration. It never changes. */
    googleClientId: text('google_client_id').references(() => googleClients.clientId),
    /** The same as that of the connect session. */
    accountHintHash: text('account_hint_hash'),
    replacesConsentId: text('replaces_consent_id'),
    /** The last reminder: for which end of the grant, and how many days before it. */
    remindedForEndsAt: instant('reminded_for_ends_at'),
    remindedDaysBefore: integer('reminded_days_before'),
    /** When Google confirmed the reset: done once, never repeated. */
    resetAt: instant('reset_at'),
    /** Google's answer to the reset; `refused` while Google refuses it and it is repeated. */
    resetAnswer: text('reset_answer').$type<ResetAnswer>(),
    /**
     * The consent has ended, and its tokens are kept until this time at the latest, only to reset the grant as soon as
     * that harms no other consent of the user.
     */
    grantKeptUntil: instant('grant_kept_until'),
    /** When the deletion of all its data began, and when nothing was left; between the two it has to be resumed. */
    dataDeletionAt: instant('data_deletion_at'),
    dataDeletedAt: instant('data_deleted_at'),
    /** When the ids and addresses of its user were removed from here, from its sessions and from its events. */
    userForgottenAt: instant('user_forgotten_at'),
  },
  (table) => [
    index('consents_without_workflow')
      .on(table.createdAt)
      .where(sql`${table.workflowStartedAt} is null`),
    index('consents_by_user').on(table.hostAppId, table.userId),
    index('consents_by_host_app').on(table.hostAppId, table.id),
    index('consents_with_kept_grant')
      .on(table.grantKeptUntil)
      .where(sql`${table.grantKeptUntil} is not null`),
    index('consents_being_deleted')
      .on(table.dataDeletionAt)
      .where(
        sql`(${table.dataDeletionAt} is not null or ${table.stopWanted} = 'deleted') and ${table.userForgottenAt} is null`,
      ),
  ],
);

/** Sealed by the vault; one row per live consent, deleted when it ends, or later with `grant_kept_until`. */
export const tokens = pgTable('tokens', {
  consentId: text('consent_id')
    .primaryKey()
    .references(() => consents.id),
  sealedAccessToken: text('sealed_access_token').notNull(),
  accessTokenExpiresAt: instant('access_token_expires_at').notNull(),
  sealedRefreshToken: text('sealed_refresh_token'),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});

/**
 * The key that seals a consent's bytes, itself sealed by the vault. When the key is destroyed, its row stays, so that
 * no second key is made.
 */
export const dataKeys = pgTable('data_keys', {
  consentId: text('consent_id')
    .primaryKey()
    .references(() => consents.id),
  sealedKey: text('sealed_key'),
  createdAt: instant('created_at').notNull().defaultNow(),
  destroyedAt: instant('destroyed_at'),
});

/** Named `exportsTable`, since `exports` has a meaning in CommonJS. */
export const exportsTable = pgTable(
  'exports',
  {
    id: text('id').primaryKey(),
    consentId: text('consent_id')
      .notNull()
      .references(() => consents.id),
    /** The name of the loop: its resource, or `batch`. */
    resource: text('resource').notNull(),
    /** The resources of the job: that one, or those of the batch. */
    resources: text('resources').array().notNull(),
    /** 1 for the first export of this loop under this consent. */
    cycle: integer('cycle').notNull(),
    state: text('state').$type<ExportState>().notNull(),
    verdict: text('verdict').$type<Verdict>(),
    errorCode: text('error_code').$type<ErrorCode>(),
    findings: jsonb('findings').$type<Finding[]>().notNull().default([]),
    /** The exact window of the request, stored before it is sent so that a repeat is identical. */
    startTime: instant('start_time'),
    endTime: instant('end_time'),
    requestedAt: instant('requested_at').notNull().defaultNow(),
    /** Google refuses a start until then, by its last answer. */
    lockedUntil: instant('locked_until'),
    initiatedAt: instant('initiated_at'),
    accessType: text('access_type').$type<AccessType>(),
    /** The job was started for an earlier request, so it has that request's window, not this one's. */
    adopted: boolean('adopted').notNull().default(false),
    /** The newest job of this export's chain of retries. */
    archiveJobId: text('archive_job_id'),
    /** The end of the exported window as Google states it. */
    exportTime: instant('export_time'),
    partsTotal: integer('parts_total'),
    files: integer('files'),
    bytes: bigint('bytes', { mode: 'number' }),
    /** The result of reading its records; unset while they are read, and when there was nothing to read. */
    recordsState: text('records_state').$type<RecordsState>(),
    recordsErrorCode: text('records_error_code').$type<ErrorCode>(),
    /** The try to read the records that counts. It is part of the storage keys of these records. */
    recordsRun: text('records_run'),
    /** The cursor: the number of the export in the order in which the consent's exports were read, from 1. */
    recordsNumber: integer('records_number'),
    recordsCount: jsonb('records_count').$type<RecordsCount>(),
    recordsByKind: jsonb('records_by_kind').$type<Record<string, KindCount>>(),
    /**
     * Number of records read so far, written every few seconds during the reading. Unset before and after. If it is set
     * on an ended export, the storage may hold objects of a try that does not count.
     */
    recordsRead: bigint('records_read', { mode: 'number' }),
    /** When the parts were deleted, because the host app wants only records and has them. */
    partsDroppedAt: instant('parts_dropped_at'),
    /** Progress of the download; written every few seconds while it runs. */
    bytesTotal: bigint('bytes_total', { mode: 'number' }),
    bytesStored: bigint('bytes_stored', { mode: 'number' }),
    segmentsTotal: integer('segments_total'),
    segmentsStored: integer('segments_stored'),
    bytesPerSecond: bigint('bytes_per_second', { mode: 'number' }),
    progressAt: instant('progress_at'),
    /** When the event about a near deadline was recorded; once for each export. */
    delayedAt: instant('delayed_at'),
    endedAt: instant('ended_at'),
    /** When the host app confirmed that it has the data. */
    deliveryConfirmedAt: instant('delivery_confirmed_at'),
    /** When the deletion of its data began, and when nothing was left; between the two it has to be resumed. */
    dataDeletionAt: instant('data_deletion_at'),
    dataDeletedAt: instant('data_deleted_at'),
  },
  (table) => [
    uniqueIndex('exports_by_cycle').on(table.consentId, table.resource, table.cycle),
    index('exports_open')
      .on(table.requestedAt)
      .where(sql`${table.endedAt} is null`),
    index('exports_with_data')
      .on(table.endedAt)
      .where(sql`${table.dataDeletedAt} is null`),
  ],
);

/** The known keys of a resource under a consent: the place of the key file that its next export is compared with. */
export const knownRecords = pgTable(
  'known_records',
  {
    consentId: text('consent_id')
      .notNull()
      .references(() => consents.id),
    resource: text('resource').notNull(),
    /** The export that wrote it. */
    exportId: text('export_id')
      .notNull()
      .references(() => exportsTable.id),
    /** Its place, below the consent's known keys. */
    place: text('place').notNull(),
    /**
     * Number of objects in `objects.place`. When `objects.place` differs from `place`, a process of an earlier release wrote
     * the row; such a process does not count the objects.
     */
    objects: jsonb('objects').$type<{ readonly place: string; readonly count: number }>(),
    /** The record choice and the shapes found, as fingerprints. */
    choice: text('choice').notNull(),
    drift: text('drift').array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.consentId, table.resource] })],
);

/** Every job id that Google ever gave for an export, so that a known job is recognised. */
export const archiveJobs = pgTable(
  'archive_jobs',
  {
    id: text('id').primaryKey(),
    exportId: text('export_id')
      .notNull()
      .references(() => exportsTable.id),
    /** True when the id was in an error instead of in an answer (docs/google-api.md §5). */
    adopted: boolean('adopted').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [index('archive_jobs_by_export').on(table.exportId)],
);

export const parts = pgTable(
  'parts',
  {
    exportId: text('export_id')
      .notNull()
      .references(() => exportsTable.id),
    /** From 1, in the order in which parts were first seen. */
    number: integer('number').notNull(),
    /**
     * SHA-256 of the link's address without its signature: identifies the object at the next state call, in any order
     * of links.
     */
    objectHash: text('object_hash').notNull(),
    state: text('state').$type<PartState>().notNull().default('downloading'),
    /** The server's name of the object's generation, from its first answer: sent to ask whether it has changed. */
    generation: text('generation'),
    etag: text('etag'),
    /** Hash of object, generation and ETag: marks the segments of the same content. Unset until an answer arrived. */
    version: text('version'),
    /** Plain length of every segment but the last one. */
    segmentBytes: integer('segment_bytes'),
    /** Length in bytes; unknown while a server that does not state it is still sending. */
    bytes: bigint('bytes', { mode: 'number' }),
    /** Checksums of the whole as its server states them, in base64. */
    statedCrc32c: text('stated_crc32c'),
    statedMd5: text('stated_md5'),
    /** SHA-256 of the whole, hexadecimal; known once it was read in order. */
    sha256: text('sha256'),
    storedAt: instant('stored_at'),
    verifiedAt: instant('verified_at'),
  },
  (table) => [
    primaryKey({ columns: [table.exportId, table.number] }),
    uniqueIndex('parts_by_object').on(table.exportId, table.objectHash),
  ],
);

/** The stored segments of a part: each row was written after its object, so that any worker can continue from here. */
export const segments = pgTable(
  'segments',
  {
    exportId: text('export_id').notNull(),
    partNumber: integer('part_number').notNull(),
    /** The version of the part that it belongs to. */
    version: text('version').notNull(),
    /** From 0, in the order of the bytes. */
    number: integer('number').notNull(),
    /** Length, SHA-256 (hexadecimal) and CRC32C of the plain bytes. */
    bytes: integer('bytes').notNull(),
    sha256: text('sha256').notNull(),
    crc32c: bigint('crc32c', { mode: 'number' }).notNull(),
    storedAt: instant('stored_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.exportId, table.partNumber, table.version, table.number] }),
    foreignKey({ columns: [table.exportId, table.partNumber], foreignColumns: [parts.exportId, parts.number] }),
  ],
);

/** When the next call to Google may be made: one row for each Google project, shared by every worker. */
export const callPacing = pgTable('call_pacing', {
  /** The OAuth client's id, which belongs to one Google project. */
  clientId: text('client_id').primaryKey(),
  nextAt: instant('next_at').notNull(),
});

/**
 * The key that seals an export's bytes, itself sealed by the data key of its consent. When the key is destroyed, its
 * row stays, so that no second key is made.
 */
export const exportKeys = pgTable('export_keys', {
  exportId: text('export_id')
    .primaryKey()
    .references(() => exportsTable.id),
  sealedKey: text('sealed_key'),
  createdAt: instant('created_at').notNull().defaultNow(),
  destroyedAt: instant('destroyed_at'),
});

/**
 * Who did what to which data, in order: ids, times and counts. The content of a row never changes; `number` and `hash`
 * are set once, when the row becomes a link of the chain (database/audit-chain.ts).
 */
export const auditLog = pgTable(
  'audit_log',
  {
    id: text('id').primaryKey(),
    action: text('action').$type<AuditAction>().notNull(),
    outcome: text('outcome').$type<AuditOutcome>().notNull().default('done'),
    actorKind: text('actor_kind').$type<AuditActorKind>().notNull().default('system'),
    /** The operator's user of the operating system, or the id of an API key. */
    actorId: text('actor_id'),
    /** The object of the action, if it is neither the consent nor the export. */
    object: text('object'),
    consentId: text('consent_id'),
    /** Unset when the action is on all data of the consent. */
    exportId: text('export_id'),
    /** Address of the request; for a browser, only the network. */
    address: text('address'),
    counts: jsonb('counts').$type<AuditCounts>(),
    details: jsonb('details').$type<AuditDetails>(),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** HMAC-SHA-256 of all columns above; unset in a row of an earlier release. */
    mac: text('mac'),
    /** The number of its link in the chain, from 1; unset until the row is a link. */
    number: bigint('number', { mode: 'number' }).unique(),
    /** HMAC-SHA-256 of the previous link's hash, the number and the row's own MAC. */
    hash: text('hash'),
  },
  (table) => [
    index('audit_log_by_consent').on(table.consentId, table.id),
    index('audit_log_unlinked')
      .on(table.id)
      .where(sql`${table.number} is null`),
  ],
);

/** Facts for the host app, written in the same transaction as the change that they describe. */
export const events = pgTable(
  'events',
  {
    id: text('id').primaryKey(),
    hostAppId: text('host_app_id')
      .notNull()
      .references(() => hostApps.id),
    type: text('type').$type<EventType>().notNull(),
    consentId: text('consent_id'),
    exportId: text('export_id'),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    /**
     * From 1 for each host app, without gaps, in the order of the commits; unset by processes of an earlier release.
     */
    position: bigint('position', { mode: 'number' }),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    index('events_by_host_app').on(table.hostAppId, table.id),
    uniqueIndex('events_by_position').on(table.hostAppId, table.position),
  ],
);

/** The addresses to which host apps want their events sent. */
export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    id: text('id').primaryKey(),
    hostAppId: text('host_app_id')
      .notNull()
      .references(() => hostApps.id),
    url: text('url').notNull(),
    /** Only events of these types; unset means all. */
    eventTypes: text('event_types').array().$type<EventType[]>(),
    /**
     * A deleted endpoint has no address and no secrets; its row stays a while for events that are being written
     * (event-pruning.ts).
     */
    state: text('state').$type<'enabled' | 'disabled' | 'deleted'>().notNull().default('enabled'),
    deletedAt: instant('deleted_at'),
    disabledReason: text('disabled_reason').$type<DisabledReason>(),
    /** Since when every try failed; cleared by a successful one. */
    failingSince: instant('failing_since'),
    /** The HMAC secret and the ed25519 key that sign, and the earlier ones that also sign for a while. */
    sealedSecrets: text('sealed_secrets').notNull(),
    sealedFormerSecrets: text('sealed_former_secrets'),
    formerSecretsUntil: instant('former_secrets_until'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [index('webhook_endpoints_by_host_app').on(table.hostAppId)],
);

/** The events to send to an endpoint, and the results; made together with the event. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    endpointId: text('endpoint_id')
      .notNull()
      .references(() => webhookEndpoints.id),
    eventId: text('event_id')
      .notNull()
      .references(() => events.id),
    /** The event's consent, connect session or `app`: deliveries of a stream are sent one after the other. */
    stream: text('stream').notNull(),
    /** The event's position. */
    position: bigint('position', { mode: 'number' }).notNull(),
    state: text('state').$type<DeliveryState>().notNull().default('pending'),
    /** Number of tries since it was made, or since its last replay. */
    tries: integer('tries').notNull().default(0),
    /** The last tries, oldest first. */
    attempts: jsonb('attempts').$type<DeliveryAttempt[]>().notNull().default([]),
    /** The next try is not made before this time. */
    nextAt: instant('next_at').notNull(),
    /** When its stream's workflow was started for it. */
    wokenAt: instant('woken_at'),
    endedAt: instant('ended_at'),
  },
  (table) => [
    primaryKey({ columns: [table.endpointId, table.eventId] }),
    index('webhook_deliveries_pending')
      .on(table.endpointId, table.stream, table.position)
      .where(sql`${table.state} = 'pending'`),
    index('webhook_deliveries_by_event').on(table.eventId),
    index('webhook_deliveries_ended')
      .on(table.endedAt)
      .where(sql`${table.endedAt} is not null`),
    index('webhook_deliveries_failed')
      .on(table.endpointId, table.position)
      .where(sql`${table.state} = 'failed'`),
  ],
);

/**
 * Requests with an `Idempotency-Key`, and their answers (idempotency-keys.ts). The table has neither the key nor the
 * request, and an answer can be opened only with the key.
 */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** HMAC-SHA-256 of the host app and the key. */
    id: text('id').primaryKey(),
    hostAppId: text('host_app_id')
      .notNull()
      .references(() => hostApps.id),
    /** HMAC-SHA-256 of method, address and body. */
    fingerprint: text('fingerprint').notNull(),
    /** The try to carry out the request that holds the row. */
    run: text('run').notNull(),
    /** Start of that try. */
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
    /** Unset before the end, and once the subject of the request was deleted. */
    sealedAnswer: text('sealed_answer'),
    /** The connect session or the consent that the request was about. */
    about: text('about'),
  },
  (table) => [
    index('idempotency_keys_by_start').on(table.startedAt),
    index('idempotency_keys_by_subject')
      .on(table.about)
      .where(sql`${table.about} is not null`),
  ],
);

/** A known text, sealed with each key of VAULT_KEYS. It shows when the key of an id has other bytes than before. */
export const vaultChecks = pgTable('vault_checks', {
  /** The id of a key of VAULT_KEYS, or `kms/` and the ARN of a key of AWS KMS. */
  keyId: text('key_id').primaryKey(),
  sealed: text('sealed').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  /**
   * When a server, worker or command last reported this key as its first one. Until this time, and for a while after
   * it, that process may have sealed payloads of workflows with the key. For a key that was in use before Portage
   * recorded this, it is the time when the recording began.
   */
  lastSealedAt: instant('last_sealed_at').notNull().defaultNow(),
});

/** The last results of each worker process's own checks; a row of an old process is removed after a day. */
export const workers = pgTable('workers', {
  id: text('id').primaryKey(),
  /** The name in Temporal's list of the pollers of a task queue. */
  identity: text('identity').notNull(),
  queues: jsonb('queues').$type<QueueState[]>().notNull(),
  faults: jsonb('faults').$type<WorkerFault[]>().notNull(),
  startedAt: instant('started_at').notNull().defaultNow(),
  checkedAt: instant('checked_at').notNull().defaultNow(),
  stoppedAt: instant('stopped_at'),
});

/** When the remains of deleted secrets were last erased from the database's files: one row. */
export const erasures = pgTable('erasures', {
  id: text('id').primaryKey(),
  erasedAt: instant('erased_at').notNull(),
  /** What this left in the write-ahead log. */
  log: text('log').$type<LogRemains>().notNull(),
});
