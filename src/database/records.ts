/**
 * The record files of each export, and the known keys of each resource; the records themselves are in storage. The
 * statements are in the folder `records`, by purpose.
 */
import type { Database } from './database';
import { attemptQueries } from './records/reading-attempts';
import { concludeQueries } from './records/end-reading';
import { findQueries } from './records/find-records';
import { overdueQueries } from './records/overdue-records';

export { isRead, type ReadExport } from './records/state-with-records';
export type RecordStore = ReturnType<typeof createRecordStore>;

export function createRecordStore(db: Database) {
  return { ...attemptQueries(db), ...concludeQueries(db), ...overdueQueries(db), ...findQueries(db) };
}
