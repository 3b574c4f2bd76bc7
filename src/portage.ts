/** Opens the stores that a configuration names, and builds the parts that server, worker and commands share. */
import type { ActivityDependencies } from './activities/dependencies';
import { createEgress } from './network/egress';
import { createDownloadMemory } from './archive/fetch/download-memory';
import type { Config } from './config';
import { createAuditLog } from './database/audit-log';
import { createAccountHints } from './database/account-hints';
import { createCallPacing } from './database/call-pacing';
import { openDatabase } from './database/open-database';
import { createConnectSessionStore } from './database/connect-sessions';
import { createConsentStore } from './database/consents';
import { createDataDeletionStore } from './database/data-deletion';
import { createDataKeys } from './database/data-keys';
import { createEventPruning } from './database/event-pruning';
import { createExportKeys } from './database/export-keys';
import { createExportStore } from './database/exports';
import { createGoogleClientStore } from './database/google-clients';
import { createHostAppStore } from './database/host-apps';
import { createIdempotencyKeyStore } from './database/idempotency-keys';
import { createOwnSecrets } from './database/own-secrets';
import { createPartStore } from './database/parts';
import { createRecordStore } from './database/records';
import { createEventStore } from './database/read-events';
import { createTokenStore } from './database/tokens';
import { createWebhookStore } from './database/webhooks';
import { usualLimits, type Limits } from './domain/timeouts';
import { createDataPortability } from './google/data-portability';
import { googleEndpoints } from './google/endpoints';
import { createClientsAtGoogle } from './google/clients';
import { createGrants } from './google/grants';
import { openStorage } from './storage/open';
import { createDataConverter } from './temporal/data-converter';
import { createDataKeySealer } from './kms-sealer';
import { endIdleThreads } from './records/read/reading-threads';
import { createVault } from './vault';
import { createWebhookSender } from './webhooks/send';

export type Portage = Awaited<ReturnType<typeof openPortage>>;

/**
 * Opens database and storage. It neither listens nor works: `startServer` and `startWorker` do that.
 *
 * @param now the clock of everything that is not a workflow
 * @param limits the time limits for each peer
 */
export async function openPortage(config: Config, now: () => Date = () => new Date(), limits: Limits = usualLimits) {
  const database = await openDatabase(
    config.databaseUrl === undefined
      ? { folder: config.dataDir }
      : { url: config.databaseUrl, ownerUrl: config.databaseOwnerUrl },
    limits.database,
  );
  const { db } = database;
  const vault = createVault(config.vaultKeys);
  const dataKeySealer = createDataKeySealer(vault, config.kms, limits.kms);
  const secrets = createOwnSecrets(db, vault);
  const auditLog = createAuditLog(db, secrets);
  const dataKeys = createDataKeys(db, dataKeySealer, auditLog);
  const endpoints = googleEndpoints(config.google.emulatorUrl);
  const oauthOptions = { ...config.google, endpoints, callTimeoutMs: limits.google.callMs, now };
  const googleClients = createGoogleClientStore(db, vault);
  const clientsAtGoogle = createClientsAtGoogle(oauthOptions, googleClients, (clientId) =>
    createCallPacing(db, { clientId, perMinute: config.google.callsPerMinute }),
  );
  const storage = await openStorage(config.storage, config.s3Credentials, limits.storage);
  const hostApps = createHostAppStore(db, secrets, auditLog);
  const tokens = createTokenStore(db, vault);
  const activityDependencies: ActivityDependencies = {
    consents: createConsentStore(db, vault),
    connectSessions: createConnectSessionStore(db),
    exports: createExportStore(db),
    parts: createPartStore(db),
    dataKeys,
    exportKeys: createExportKeys(db, dataKeys, auditLog),
    records: createRecordStore(db),
    dataDeletion: createDataDeletionStore(db, auditLog),
    grants: createGrants({ tokens, clients: clientsAtGoogle, now }),
    dataPortability: createDataPortability(oauthOptions),
    storage,
    archiveLimits: config.archiveLimits,
    retention: () => config.retention,
    egress: createEgress({ emulatorOrigin: endpoints.emulatorOrigin, limits: limits.google }),
    webhooks: createWebhookStore(db, vault),
    googleClients,
    eventPruning: createEventPruning(db),
    eventRetentionMs: config.eventRetentionMs,
    webhookSender: createWebhookSender({ networks: config.webhookPrivateNetworks, timeoutMs: limits.webhookMs }),
    publicUrl: config.publicUrl,
    download: config.download,
    downloadMemory: createDownloadMemory(config.download.memoryBytes),
    emulatorOrigin: endpoints.emulatorOrigin,
    now,
  };
  const dataConverter = createDataConverter(config);
  return {
    config,
    limits,
    database,
    vault,
    dataKeySealer,
    dataConverter,
    endpoints,
    clientsAtGoogle,
    hostApps,
    events: createEventStore(db),
    idempotencyKeys: createIdempotencyKeyStore(db, secrets),
    accountHints: createAccountHints(secrets),
    tokens,
    auditLog,
    ...activityDependencies,
    googleClients,
    activityDependencies,
    /** Ends every connection. */
    async close() {
      await endIdleThreads();
      await activityDependencies.egress.close();
      await activityDependencies.webhookSender.close();
      await auditLog.close();
      await database.close();
    },
  };
}
