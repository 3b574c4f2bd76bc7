/** The dependencies of activities; the composition root creates them. */
import type { Egress } from '../network/egress';
import type { DownloadMemory } from '../archive/fetch/download-memory';
import type { ConnectSessionStore } from '../database/connect-sessions';
import type { ConsentStore } from '../database/consents';
import type { DataDeletionStore } from '../database/data-deletion';
import type { DataKeys } from '../database/data-keys';
import type { EventPruning } from '../database/event-pruning';
import type { ExportKeys } from '../database/export-keys';
import type { ExportStore } from '../database/exports';
import type { GoogleClientStore } from '../database/google-clients';
import type { PartStore } from '../database/parts';
import type { RecordStore } from '../database/records';
import type { WebhookStore } from '../database/webhooks';
import type { ArchiveLimits } from '../domain/archive-limits';
import type { DownloadSettings, Retention } from '../domain/policy';
import type { DataPortability } from '../google/data-portability';
import type { Grants } from '../google/grants';
import type { Storage } from '../storage/storage';
import type { WebhookSender } from '../webhooks/send';

export interface ActivityDependencies {
  readonly consents: ConsentStore;
  readonly connectSessions: ConnectSessionStore;
  readonly exports: ExportStore;
  readonly parts: PartStore;
  readonly records: RecordStore;
  readonly dataKeys: DataKeys;
  readonly exportKeys: ExportKeys;
  readonly dataDeletion: DataDeletionStore;
  readonly webhooks: WebhookStore;
  readonly eventPruning: EventPruning;
  /** How long events are kept, and deliveries after their end. */
  readonly eventRetentionMs: number;
  readonly googleClients: Pick<GoogleClientStore, 'forgetUnused'>;
  readonly grants: Grants;
  readonly dataPortability: DataPortability;
  readonly storage: Storage;
  readonly archiveLimits: ArchiveLimits;
  /** How long this process's configuration keeps data; undefined keeps everything. */
  readonly retention: () => Retention | undefined;
  readonly egress: Egress;
  readonly webhookSender: WebhookSender;
  /** Base of the links in events, which lead to the API. */
  readonly publicUrl: string;
  readonly download: DownloadSettings;
  readonly downloadMemory: DownloadMemory;
  /** Another origin, in addition to Google's hosts, from which parts may be downloaded. */
  readonly emulatorOrigin: string | undefined;
  readonly now: () => Date;
}
