/** Light steps of an export under way: wait for Google's job, start it anew, give it or its records up. */
import { activityInfo, ApplicationFailure, log } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';

import type { Export } from '../database/exports';
import { errorTable, isOutage, PortageError, type ErrorCode } from '../domain/errors';
import { pollDelayMs, type Policy } from '../domain/policy';
import type { EndedExportState } from '../domain/states';
import type { ActivityDependencies } from './dependencies';
import { createRetriedJobs } from './retried-job';

/** A job is cancelled so often where Google does not answer; it has no effect that a reset has not, too. */
const cancelTries = 5;
const dayMs = 24 * 3_600_000;

type ArchiveDependencies = Pick<
  ActivityDependencies,
  'consents' | 'exports' | 'records' | 'grants' | 'dataPortability' | 'now'
>;

export function createArchiveActivities(deps: ArchiveDependencies) {
  const { exports, records, grants, dataPortability, now } = deps;
  const retriedJobs = createRetriedJobs(deps);

  const find = async (exportId: string): Promise<Export> => {
    const row = await exports.find(exportId);
    if (row === undefined) throw new PortageError('NOT_FOUND', { detail: `export ${exportId}` });
    return row;
  };

  /**
   * Google may refuse to cancel a job, or have ended it, perhaps by a call whose answer was lost; either way nobody waits
   * for it any more.
   */
  const cancelJob = async (row: Export): Promise<void> => {
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
  };

  return {
    /**
     * Looks once whether the archive is there. An unfinished one throws, and Temporal's retry is the next poll: a wait
     * of days costs no history (https://docs.temporal.io/design-patterns/polling).
     */
    async awaitArchive(request: {
      consentId: string;
      exportId: string;
      archiveJobId: string;
      policy: Policy;
    }): Promise<{ state: 'COMPLETE' | 'FAILED' | 'CANCELLED' }> {
      const { consentId, exportId, archiveJobId, policy } = request;
      const archive = await grants.call(consentId, 'getPortabilityArchiveState', (token) =>
        dataPortability.getArchiveState(token, archiveJobId),
      );
      switch (archive.state) {
        case 'COMPLETE':
          await exports.beginDownload(exportId, { parts: archive.urls.length, exportTime: archive.exportTime });
          return { state: archive.state };
        case 'FAILED':
        case 'CANCELLED':
          return { state: archive.state };
        case 'unknown':
          log.warn('Google names an unknown archive state', { consentId, exportId, archiveState: archive.name });
          break;
        case 'IN_PROGRESS':
          break;
      }
      const { initiatedAt } = await find(exportId);
      const ageMs = now().getTime() - (initiatedAt ?? now()).getTime();
      throw ApplicationFailure.create({
        type: 'ARCHIVE_RUNNING',
        message: errorTable.ARCHIVE_RUNNING.message,
        category: ApplicationFailureCategory.BENIGN,
        nextRetryDelay: pollDelayMs(policy, ageMs, Math.random()),
      });
    },

    /** Starts a failed job anew at Google, once, whatever became of the answer: see {@link createRetriedJobs}. */
    async retryArchive(request: {
      exportId: string;
      archiveJobId: string;
      /** Not told by workers of an earlier release. */
      policy?: Policy;
    }): Promise<{ archiveJobId: string }> {
      const { exportId, archiveJobId: failedJobId, policy } = request;
      return {
        archiveJobId: await retriedJobs.startAnew(await find(exportId), failedJobId, policy?.exportEveryMs ?? dayMs),
      };
    },

    /** Ends an export whose records could not be read; its archive is stored and verified all the same. */
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
      if (errorCode === 'EXPORT_STOPPED') await cancelJob(row);
      await exports.end(row.id, { state: 'failed', errorCode }, now());
      const parts = await exports.listParts(row.id);
      log.warn('export failed', { consentId, exportId: row.id, resource, errorCode });
      return { exportId: row.id, parts: parts.length, bytes: row.bytes ?? 0 };
    },
  };
}
