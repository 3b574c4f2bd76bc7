/** Light steps of a running export: wait for Google's job, and retry it. */
import { ApplicationFailure, log } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';

import { errorTable } from '../../domain/error-codes';
import { pollDelayMs, type Policy } from '../../domain/policy';
import { findExport } from '../find-stored';
import type { FinderDependencies } from './job-owner';
import { createRetriedJobs } from './retry-failed-job';

const dayMs = 24 * 3_600_000;

export function awaitingActivities(deps: FinderDependencies) {
  const { exports, grants, dataPortability, now } = deps;
  const retriedJobs = createRetriedJobs(deps);

  return {
    /**
     * Asks Google once whether the archive is complete. If not, it throws, and Temporal's retry is the next poll: a
     * wait of days adds nothing to the history (https://docs.temporal.io/design-patterns/polling).
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
      const { initiatedAt } = await findExport(exports, exportId);
      const ageMs = now().getTime() - (initiatedAt ?? now()).getTime();
      throw ApplicationFailure.create({
        type: 'ARCHIVE_RUNNING',
        message: errorTable.ARCHIVE_RUNNING.message,
        category: ApplicationFailureCategory.BENIGN,
        nextRetryDelay: pollDelayMs(policy, ageMs, Math.random()),
      });
    },

    /** Retries a failed job at Google exactly once, even when the answer is lost: see {@link createRetriedJobs}. */
    async retryArchive(request: {
      exportId: string;
      archiveJobId: string;
      /** Workers of an earlier release do not send it. */
      policy?: Policy;
    }): Promise<{ archiveJobId: string }> {
      const { exportId, archiveJobId: failedJobId, policy } = request;
      return {
        archiveJobId: await retriedJobs.retryJob(
          await findExport(exports, exportId),
          failedJobId,
          policy?.exportEveryMs ?? dayMs,
        ),
      };
    },
  };
}
