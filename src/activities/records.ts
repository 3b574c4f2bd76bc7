/** The step that reads a verified archive into records. */
import { activityInfo, log } from '@temporalio/activity';

import { PortageError } from '../domain/errors';
import type { EndedExportState } from '../domain/states';
import { readExport } from '../records/read-export';
import { ReadingThreadFailed } from '../records/reading-thread';
import type { ActivityDependencies } from './dependencies';
import { cancellationSignal, progressNoter } from './progress';

type RecordsDependencies = Pick<
  ActivityDependencies,
  'consents' | 'exports' | 'parts' | 'records' | 'dataKeys' | 'exportKeys' | 'storage' | 'archiveLimits' | 'now'
>;

/** A fault of the reading itself, such as its memory running out, may come of what else ran; not this often. */
const triesOfReading = 3;
/** How often the database hears how far reading is. */
const progressEveryMs = 2_000;

export function createRecordsActivities(deps: RecordsDependencies) {
  const { records } = deps;
  return {
    /**
     * Reads every entry of a stored export, tells what is new, changed and gone, and ends the export with it. Done once,
     * however often it is called.
     *
     * @throws PortageError as {@link readExport}, and `RECORDS_UNREADABLE` when reading breaks again and again
     */
    async readRecords({ exportId }: { exportId: string }): Promise<{ state: EndedExportState }> {
      let toldAt = Date.now();
      const note = progressNoter();
      const onProgress = (progress: { readonly records: number }) => {
        note();
        if (Date.now() - toldAt < progressEveryMs) return;
        toldAt = Date.now();
        // A figure that is not written is followed by the next one.
        records.recordProgress(exportId, progress.records).catch(() => undefined);
      };
      try {
        const row = await readExport(deps, exportId, { signal: cancellationSignal(), onProgress });
        const { consentId, recordsState, recordsCount } = row;
        log.info('records read', { consentId, exportId, recordsState, ...recordsCount });
        return { state: row.state === 'ready' || row.state === 'partial' ? row.state : 'failed' };
      } catch (error) {
        if (!(error instanceof ReadingThreadFailed) || activityInfo().attempt < triesOfReading) throw error;
        throw new PortageError('RECORDS_UNREADABLE', { detail: exportId, cause: error });
      }
    },
  };
}
