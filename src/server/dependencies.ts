/** The stores and clients that the server uses; the composition root makes them. */
import type { OpenDatabase } from '../database/database';
import type { ConnectSessionStore } from '../database/connect-sessions';
import type { ConsentStore } from '../database/consents';
import type { DataDeletionStore } from '../database/data-deletion';
import type { DataKeys } from '../database/data-keys';
import type { ExportKeys } from '../database/export-keys';
import type { ExportStore } from '../database/exports';
import type { HostAppStore } from '../database/host-apps';
import type { TokenStore } from '../database/tokens';
import type { PartStore } from '../database/parts';
import type { RecordStore } from '../database/records';
import type { Config } from '../config';
import type { Limits } from '../domain/limits';
import type { GoogleEndpoints } from '../google/endpoints';
import type { OAuth } from '../google/oauth';
import type { Logger } from '../log';
import type { Readiness } from '../readiness/readiness';
import type { Storage } from '../storage/storage';
import type { Vault } from '../vault';
import type { ConsentStarter } from './consent-starter';
import type { DeleteUser } from '../temporal/client/user-deletion';
import type { TellRenewed } from './renewal-signal';

export interface ServerDependencies {
  readonly config: Config;
  readonly limits: Limits;
  readonly database: OpenDatabase;
  readonly hostApps: HostAppStore;
  readonly connectSessions: ConnectSessionStore;
  readonly consents: ConsentStore;
  readonly exports: ExportStore;
  readonly tokens: TokenStore;
  readonly parts: PartStore;
  readonly exportKeys: ExportKeys;
  readonly records: RecordStore;
  readonly dataKeys: DataKeys;
  readonly dataDeletion: DataDeletionStore;
  readonly storage: Storage;
  readonly vault: Vault;
  readonly oauth: OAuth;
  readonly endpoints: GoogleEndpoints;
  readonly consentStarter: ConsentStarter;
  readonly tellRenewed: TellRenewed;
  readonly deleteUser: DeleteUser;
  readonly readiness: Readiness;
  readonly logger: Logger;
  readonly now: () => Date;
}
