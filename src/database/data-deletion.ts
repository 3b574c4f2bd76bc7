/**
 * Deletions of data: each one is first recorded in the database, and its event is recorded once nothing is left. The
 * statements are in the folder `data-deletion`, by purpose.
 */
import { consentDataQueries } from './data-deletion/consent-data';
import { exportDataQueries } from './data-deletion/export-data';
import { remainsQueries } from './data-deletion/erase-remains';
import { retentionQueries } from './data-deletion/due-exports';
import type { AuditRecorder } from './audit-log';
import { userDataQueries } from './data-deletion/user-data';
import type { Database } from './database';

export type { HostAppUser, UserDeletion } from './data-deletion/user-data';
export type DataDeletionStore = ReturnType<typeof createDataDeletionStore>;

export function createDataDeletionStore(db: Database, audit: AuditRecorder) {
  return {
    ...consentDataQueries(db, audit),
    ...exportDataQueries(db, audit),
    ...userDataQueries(db),
    ...retentionQueries(db),
    ...remainsQueries(db),
  };
}
