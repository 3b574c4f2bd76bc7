/** The step that reads a verified archive into records. */
import { activityInfo, log } from '@temporalio/activity';

import type { Export } from '../database/exports';
import { PortageError } from '../domain/error-codes';
import type { EndedExportState } from '../domain/states';
import { readExport, readExportAgain, type ReadingWatch } from '../records/read/read-export';
import { ReadingThreadFailed } from '../records/read/reading-thread';
import type { ActivityDependencies } from './dependencies';
import { cancellationSignal, progressNoter } from './progress';

type RecordsDependencies = Pick<
  ActivityDependencies,
  'consents' | 'exports' | 'parts' | 'records' | 'dataKeys' | 'exportKeys' | 'storage' | 'archiveLimits' | 'now'
>;

/**
 * A failure of the reading itself, such as exhausted memory, may be caused by other work on the machine; after this
 * many it is not.
 */
const triesOfReading = 3;
/** The pause between two updates of the reading's progress in the database. */
const progressEveryMs = 2_000;

export function createRecordsActivities(deps: RecordsDependencies) {
  const { records } = deps;

  const watchOf = (exportId: string): ReadingWatch => {
    let reportedAt = Date.now();
    const note = progressNoter();
    return {
      signal: cancellationSignal(),
      onProgress(progress) {
        note();
        if (Date.now() - reportedAt < progressEveryMs) return;
        reportedAt = Date.now();
        // A figure that could not be written is replaced by the next one.
        records.recordProgress(exportId, progress.records).catch(() => undefined);
      },
    };
  };
  const logRead = ({ id, consentId, recordsState, recordsCount }: Export) => {
    log.info('records read', { consentId, exportId: id, recordsState, ...recordsCount });
  };
  const failureOf = (error: unknown, exportId: string): unknown =>
    error instanceof ReadingThreadFailed && activityInfo().attempt >= triesOfReading
      ? new PortageError('RECORDS_UNREADABLE', { detail: exportId, cause: error })
      : error;

  return {
    /**
     * Reads every entry of a stored export, finds the new, changed and gone records, and ends the export. A repeat of
     * the step changes nothing.
     *
     * @throws PortageError as {@link readExport}, and `RECORDS_UNREADABLE` when reading fails repeatedly
     */
    async readRecords({ exportId }: { exportId: string }): Promise<{ state: EndedExportState }> {
      try {
        const row = await readExport(deps, exportId, watchOf(exportId));
        logRead(row);
        return { state: row.state === 'ready' || row.state === 'partial' ? row.state : 'failed' };
      } catch (error) {
        throw failureOf(error, exportId);
      }
    },

    /**
     * Reads an export that ended before its records were read. If this is no longer possible, the reason is stored with
     * the export, and later rounds skip it.
     *
     * @throws PortageError when another try may help, as {@link readExportAgain}
     */
    async readOverdueRecords({ exportId }: { exportId: string }): Promise<void> {
      try {
        logRead(await readExportAgain(deps, exportId, watchOf(exportId)));
      } catch (error) {
        const failure = failureOf(error, exportId);
        if (!(failure instanceof PortageError) || failure.retryable || failure.code === 'DATA_DELETED') throw failure;
        log.warn('overdue records cannot be read', { exportId, errorCode: failure.code, err: failure });
        await records.giveUp(exportId, failure.code, deps.now());
      }
    },
  };
}
