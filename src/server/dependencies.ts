/** The stores and clients that the server uses; the composition root makes them. */
import type { AccountHints } from '../database/account-hints';
import type { AuditLog } from '../database/audit-log';
import type { OpenDatabase } from '../database/database';
import type { ConnectSessionStore } from '../database/connect-sessions';
import type { ConsentStore } from '../database/consents';
import type { DataDeletionStore } from '../database/data-deletion';
import type { DataKeys } from '../database/data-keys';
import type { ExportKeys } from '../database/export-keys';
import type { EventStore } from '../database/read-events';
import type { ExportStore } from '../database/exports';
import type { IdempotencyKeyStore } from '../database/idempotency-keys';
import type { HostAppStore } from '../database/host-apps';
import type { TokenStore } from '../database/tokens';
import type { PartStore } from '../database/parts';
import type { RecordStore } from '../database/records';
import type { WebhookStore } from '../database/webhooks';
import type { Config } from '../config';
import type { Limits } from '../domain/timeouts';
import type { GoogleEndpoints } from '../google/endpoints';
import type { ClientsAtGoogle } from '../google/clients';
import type { Logger } from '../log';
import type { Readiness } from '../readiness/readiness';
import type { Storage } from '../storage/storage';
import type { Vault } from '../vault';
import type { ConsentStarter } from './consent-starter';
import type { EventWaiters } from './event-waiters';
import type { ConsentMessages } from '../temporal/client/consent-messages';
import type { RefusalCounter } from './audit-refusals';
import type { DeleteUser } from '../temporal/client/user-deletion';
import type { SignalRenewal } from './renewal-signal';

export interface ServerDependencies {
  readonly config: Config;
  readonly limits: Limits;
  readonly database: OpenDatabase;
  readonly hostApps: HostAppStore;
  readonly idempotencyKeys: IdempotencyKeyStore;
  readonly accountHints: AccountHints;
  readonly auditLog: AuditLog;
  readonly refusals: RefusalCounter;
  readonly connectSessions: ConnectSessionStore;
  readonly consents: ConsentStore;
  readonly exports: ExportStore;
  readonly events: EventStore;
  readonly eventWaiters: EventWaiters;
  readonly tokens: TokenStore;
  readonly parts: PartStore;
  readonly exportKeys: ExportKeys;
  readonly records: RecordStore;
  readonly webhooks: WebhookStore;
  readonly dataKeys: DataKeys;
  readonly dataDeletion: DataDeletionStore;
  readonly storage: Storage;
  readonly vault: Vault;
  readonly clientsAtGoogle: ClientsAtGoogle;
  readonly endpoints: GoogleEndpoints;
  readonly consentStarter: ConsentStarter;
  readonly signalRenewal: SignalRenewal;
  readonly deleteUser: DeleteUser;
  /**
   * Runs a step that exchanges a code and stores its grant, when few other such steps run. In a burst of callbacks each
   * one waits for its turn. Otherwise all would wait for database connections, and most would exceed their time limit.
   */
  readonly inGrantTurn: <T>(step: () => Promise<T>) => Promise<T>;
  /** The same for confirmations, which need not wait for callbacks: those wait for Google. */
  readonly inConfirmationTurn: <T>(step: () => Promise<T>) => Promise<T>;
  readonly messages: Pick<ConsentMessages, 'send' | 'exportNow'>;
  readonly readiness: Readiness;
  readonly logger: Logger;
  readonly now: () => Date;
}
