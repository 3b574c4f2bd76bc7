/** Ends exports whose data or records cannot be obtained. */
import { activityInfo, log } from '@temporalio/activity';

import type { Export } from '../../database/exports';
import { isOutage, PortageError, type ErrorCode } from '../../domain/error-codes';
import type { EndedExportState } from '../../domain/states';
import type { ActivityDependencies } from '../dependencies';

export type FailingDependencies = Pick<
  ActivityDependencies,
  'exports' | 'records' | 'grants' | 'dataPortability' | 'now'
>;

/** Tries to cancel a job while Google does not answer. A reset cancels it too, so more tries are not needed. */
const cancelTries = 5;

export function failingActivities(deps: FailingDependencies) {
  const { exports, records, now } = deps;

  return {
    /** Ends an export whose records could not be read, although its archive is stored and verified. */
    async failRecords(request: { exportId: string; errorCode: ErrorCode }): Promise<{ state: EndedExportState }> {
      const { exportId, errorCode } = request;
      const state = await records.fail(exportId, errorCode, now());
      log.warn('records not read', { exportId, errorCode });
      return { state };
    },

    /**
     * Ends an export whose data cannot be obtained; stored data stays. The job of a stopped export is cancelled at
     * Google, if Google allows it.
     */
    async failExport(request: {
      consentId: string;
      resource: string;
      resources: readonly string[];
      cycle: number;
      errorCode: ErrorCode;
    }): Promise<{ exportId: string; parts: number; bytes: number }> {
      const row = await exports.begin({ ...request, startTime: undefined, endTime: undefined, at: now() });
      const { consentId, resource, errorCode } = request;
      if (errorCode === 'EXPORT_STOPPED') await cancelJob(deps, row);
      await exports.end(row.id, { state: 'failed', errorCode }, now());
      const parts = await exports.listParts(row.id);
      log.warn('export failed', { consentId, exportId: row.id, resource, errorCode });
      return { exportId: row.id, parts: parts.length, bytes: row.bytes ?? 0 };
    },
  };
}

/**
 * Google may refuse to cancel a job, or may have ended it, perhaps by a call whose answer was lost. In each case no
 * workflow waits for the job any more.
 */
async function cancelJob(
  { grants, dataPortability }: Pick<ActivityDependencies, 'grants' | 'dataPortability'>,
  row: Export,
): Promise<void> {
  const { consentId, archiveJobId } = row;
  if (archiveJobId === null || row.endedAt !== null) return;
  try {
    await grants.call(consentId, 'archiveJobs.cancel', (token) => dataPortability.cancel(token, archiveJobId));
    log.info('archive job cancelled', { consentId, exportId: row.id });
  } catch (error) {
    // Any other error, above all a cancellation of this step, is passed to the caller.
    if (!(error instanceof PortageError) || isOutage(error.code)) throw error;
    if (error.retryable && activityInfo().attempt < cancelTries) throw error;
    log.warn('archive job not cancelled', { consentId, exportId: row.id, errorCode: error.code });
  }
}
