/**
 * Exports: their requests, archive jobs and states. Every change of state is idempotent, since every step may run
 * twice. The statements are in the folder `exports`, by purpose.
 */
import type { Database } from './database';
import { archiveJobQueries } from './exports/archive-jobs';
import { delayQueries } from './exports/delays';
import { findQueries } from './exports/find-exports';
import { listQueries } from './exports/list-exports';
import { planningQueries } from './exports/planning-queries';
import { requestQueries } from './exports/export-requests';
import { stepQueries } from './exports/record-progress';
import { exportPartQueries } from './parts/export-parts';

export type { Export } from './rows';
export type ExportStore = ReturnType<typeof createExportStore>;

export function createExportStore(db: Database) {
  const parts = exportPartQueries(db);
  return {
    ...findQueries(db),
    ...listQueries(db),
    ...planningQueries(db),
    ...requestQueries(db),
    ...archiveJobQueries(db),
    ...stepQueries(db),
    ...delayQueries(db),
    /** The stored parts of an export, by number. */
    listParts: (id: string) => parts.list(id),
  };
}
