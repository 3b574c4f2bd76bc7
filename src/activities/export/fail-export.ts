/** Ends exports whose data, or whose records, cannot be had. */
import { activityInfo, log } from '@temporalio/activity';

import type { Export } from '../../database/exports';
import { isOutage, PortageError, type ErrorCode } from '../../domain/error-codes';
import type { EndedExportState } from '../../domain/states';
import type { ActivityDependencies } from '../dependencies';

export type FailingDependencies = Pick<
  ActivityDependencies,
  'exports' | 'records' | 'grants' | 'dataPortability' | 'now'
>;

/** A job is cancelled so often where Google does not answer; it has no effect that a reset has not, too. */
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
     * Ends an export whose data cannot be had; what was stored of it stays. The job of one that was stopped is
     * cancelled at Google, as far as Google lets it.
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
 * Google may refuse to cancel a job, or have ended it, perhaps by a call whose answer was lost; either way nobody waits
 * for it any more.
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
    // Anything else, a cancellation of this step above all, is for the caller.
    if (!(error instanceof PortageError) || isOutage(error.code)) throw error;
    if (error.retryable && activityInfo().attempt < cancelTries) throw error;
    log.warn('archive job not cancelled', { consentId, exportId: row.id, errorCode: error.code });
  }
}
