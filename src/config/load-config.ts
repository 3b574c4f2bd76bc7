/** Makes one frozen and validated configuration of environment variables; every fault is reported at once. */
import { resolve } from 'node:path';

import type { ArchiveLimits } from '../domain/archive-limits';
import type { Policy } from '../domain/policy';
import type { StorageLocation } from '../storage/location';
import type { Config } from './config';
import { ConfigError } from './config-error';
import type { Environment } from './environment';
import { faultsOf, misspeltFaults } from './faults';
import { temporalAccessOf, temporalContradictions } from './temporal-access';
import { variables, type Values, type VariableName } from './variables';

/**
 * Reads and checks the configuration.
 *
 * @throws ConfigError naming every faulty variable, and every one that looks like a misspelt one of Portage's; values
 *   are shown only when they are no secrets
 */
export function loadConfig(environment: Environment): Config {
  const faults: string[] = [];
  const read: Partial<Record<VariableName, unknown>> = {};
  for (const [name, { schema }] of Object.entries(variables)) {
    const text = environment[name] === '' ? undefined : environment[name];
    const result = schema.safeParse(text);
    if (result.success) read[name as VariableName] = result.data;
    else faults.push(...faultsOf(name, text, result.error.issues));
  }
  const values = read as Values;
  faults.push(...misspeltFaults(environment), ...contradictions(values));
  if (faults.length > 0) throw new ConfigError(faults);
  return configOf(values);
}

/** Contradictory values. A comparison with a faulty value, which is therefore missing, is false. */
function contradictions(v: Values): string[] {
  const faults: string[] = [];
  if (v.POLL_MIN > v.POLL_MAX) faults.push('POLL_MIN is longer than POLL_MAX; make it shorter');
  if (v.RETRY_FIRST > v.RETRY_LONGEST) faults.push('RETRY_FIRST is longer than RETRY_LONGEST; make it shorter');
  if (v.HOUSEKEEPING_EVERY < 1_000) faults.push('HOUSEKEEPING_EVERY is shorter than 1 second; make it longer');
  if (v.DOWNLOAD_MEMORY < 8 * v.DOWNLOAD_SEGMENT_SIZE) {
    faults.push('DOWNLOAD_MEMORY is less than eight times DOWNLOAD_SEGMENT_SIZE; make it more');
  }
  if (v.DATABASE_OWNER_URL !== undefined && v.DATABASE_URL === undefined) {
    faults.push('DATABASE_OWNER_URL is set without DATABASE_URL; set both, for the same database, or neither');
  }
  if ((v.S3_ACCESS_KEY_ID === undefined) !== (v.S3_SECRET_ACCESS_KEY === undefined)) {
    faults.push('S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together; set both or neither');
  }
  return [...faults, ...temporalContradictions(v)];
}

function configOf(v: Values): Config {
  const dataDir = resolve(v.DATA_DIR);
  return Object.freeze({
    publicUrl: v.PUBLIC_URL,
    host: v.HOST,
    port: v.PORT,
    trustedProxies: v.TRUSTED_PROXIES,
    webhookPrivateNetworks: Object.freeze(v.WEBHOOK_PRIVATE_NETWORKS),
    requestLimits: Object.freeze({ pages: v.PAGE_REQUESTS_PER_MINUTE, api: v.API_REQUESTS_PER_MINUTE }),
    databaseUrl: v.DATABASE_URL,
    databaseOwnerUrl: v.DATABASE_OWNER_URL,
    dataDir,
    storage: Object.freeze<StorageLocation>(v.STORAGE_URL ?? { kind: 'folder', root: resolve(dataDir, 'storage') }),
    s3Credentials:
      v.S3_ACCESS_KEY_ID === undefined || v.S3_SECRET_ACCESS_KEY === undefined
        ? undefined
        : Object.freeze({ accessKeyId: v.S3_ACCESS_KEY_ID, secretAccessKey: v.S3_SECRET_ACCESS_KEY }),
    vaultKeys: v.VAULT_KEYS,
    kms: Object.freeze({ keyArn: v.KMS_KEY_ARN, endpoint: v.KMS_ENDPOINT }),
    google: Object.freeze({
      clientId: v.GOOGLE_CLIENT_ID,
      clientSecret: v.GOOGLE_CLIENT_SECRET,
      redirectUri: `${v.PUBLIC_URL}/oauth/callback`,
      projectNumber: v.GOOGLE_PROJECT_NUMBER,
      emulatorUrl: v.GOOGLE_EMULATOR_URL,
      callsPerMinute: v.GOOGLE_CALLS_PER_MINUTE,
      extraResources: v.EXTRA_RESOURCES,
    }),
    temporal: Object.freeze({
      ...temporalAccessOf(v),
      namespace: v.TEMPORAL_NAMESPACE,
      taskQueue: v.TEMPORAL_TASK_QUEUE,
      payloads: v.TEMPORAL_PAYLOADS,
      acceptsUnsealed: v.TEMPORAL_PAYLOADS === 'readable' || v.ALLOW_UNSAFE.includes('unsealed-payloads'),
    }),
    policy: policyOf(v),
    housekeepingEveryMs: v.HOUSEKEEPING_EVERY,
    archiveLimits: archiveLimitsOf(v),
    download: Object.freeze({
      segmentBytes: v.DOWNLOAD_SEGMENT_SIZE,
      concurrency: v.DOWNLOAD_CONCURRENCY,
      atOnce: v.DOWNLOADS_AT_ONCE,
      memoryBytes: v.DOWNLOAD_MEMORY,
    }),
    retention: v.RETENTION === undefined ? undefined : Object.freeze({ afterMs: v.RETENTION, from: v.RETENTION_FROM }),
    auditRetentionMs: v.AUDIT_RETENTION,
    eventRetentionMs: v.EVENT_RETENTION,
    connectLinkTtlMs: v.CONNECT_LINK_TTL,
    confirmWithinMs: v.CONFIRM_WITHIN,
    renewalWindowMs: v.RENEWAL_WINDOW,
    allowedUnsafe: Object.freeze(v.ALLOW_UNSAFE),
    logLevel: v.LOG_LEVEL,
  });
}

function policyOf(v: Values): Policy {
  return Object.freeze({
    startWithinMs: v.START_WITHIN,
    finishWithinMs: v.FINISH_WITHIN,
    storeWithinMs: v.STORE_WITHIN,
    pollEveryMs: Object.freeze({ min: v.POLL_MIN, max: v.POLL_MAX }),
    retryAfterMs: Object.freeze({ first: v.RETRY_FIRST, longest: v.RETRY_LONGEST }),
    exportEveryMs: v.EXPORT_EVERY,
    exportMarginMs: v.EXPORT_MARGIN,
    windowOverlapMs: v.WINDOW_OVERLAP,
    lastExportBeforeEndMs: v.LAST_EXPORT_BEFORE_END,
    remindBeforeEndMs: Object.freeze(v.RENEWAL_REMINDERS),
    continueAfterMs: v.CONTINUE_AS_NEW_AFTER,
    splitAfterMs: v.BATCH_SPLIT_AFTER,
  });
}

function archiveLimitsOf(v: Values): ArchiveLimits {
  return Object.freeze({
    entries: v.ARCHIVE_MAX_ENTRIES,
    memberBytes: v.ARCHIVE_MAX_MEMBER_SIZE,
    totalBytes: v.ARCHIVE_MAX_TOTAL_SIZE,
    ratio: v.ARCHIVE_MAX_RATIO,
    depth: v.ARCHIVE_MAX_DEPTH,
    nameBytes: v.ARCHIVE_MAX_NAME_SIZE,
    manifestBytes: v.ARCHIVE_MAX_MANIFEST_SIZE,
  });
}
