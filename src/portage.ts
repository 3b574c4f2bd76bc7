/** The composition root: opens what a configuration names and puts the pieces together; nothing else constructs. */
import type { ActivityDependencies } from './activities/dependencies';
import { createEgress } from './archive/egress';
import type { Config } from './config';
import { openDatabase } from './database/connect';
import { createConnectSessionStore } from './database/connect-sessions';
import { createConsentStore } from './database/consents';
import { createDataDeletionStore } from './database/data-deletion';
import { createDataKeys } from './database/data-keys';
import { createExportStore } from './database/exports';
import { createHostAppStore } from './database/host-apps';
import { createPartStore } from './database/parts';
import { createTokenStore } from './database/tokens';
import { createDataPortability } from './google/data-portability';
import { googleEndpoints } from './google/endpoints';
import { createGrants } from './google/grants';
import { createOAuth } from './google/oauth';
import { openStorage } from './storage/open';
import { createVault } from './vault';

export type Portage = Awaited<ReturnType<typeof openPortage>>;

/**
 * Opens database and storage. Nothing listens and nothing works yet: `startServer` and `startWorker` do that.
 *
 * @param now the clock of everything that is not a workflow
 */
export async function openPortage(config: Config, now: () => Date = () => new Date()) {
  const database = await openDatabase(
    config.databaseUrl === undefined ? { folder: config.dataDir } : { url: config.databaseUrl },
  );
  const { db } = database;
  const vault = createVault(config.vaultKeys);
  const endpoints = googleEndpoints(config.google.emulatorUrl);
  const oauthOptions = { ...config.google, endpoints, now };
  const oauth = createOAuth(oauthOptions);
  const storage = await openStorage(config.storage, config.s3Credentials);
  const hostApps = createHostAppStore(db);
  const activityDependencies: ActivityDependencies = {
    consents: createConsentStore(db, vault),
    connectSessions: createConnectSessionStore(db),
    exports: createExportStore(db),
    parts: createPartStore(db),
    dataKeys: createDataKeys(db, vault),
    dataDeletion: createDataDeletionStore(db),
    grants: createGrants({ tokens: createTokenStore(db, vault), oauth, now }),
    dataPortability: createDataPortability(oauthOptions),
    storage,
    archiveLimits: config.archiveLimits,
    egress: createEgress({ emulatorOrigin: endpoints.emulatorOrigin }),
    download: config.download,
    emulatorOrigin: endpoints.emulatorOrigin,
    now,
  };
  return { config, database, vault, endpoints, oauth, hostApps, ...activityDependencies, activityDependencies };
}
