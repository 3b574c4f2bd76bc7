/** Retries a failed archive job at Google exactly once, also when the answer is lost (docs/lost-answers.md). */
import { log } from '@temporalio/activity';

import type { Export } from '../../database/exports';
import { PortageError } from '../../domain/error-codes';
import { retriesAtGoogle } from '../../domain/policy';
import { retriedJob } from './find-retried-job';
import type { FinderDependencies } from './job-owner';
import { sendRequest } from './send-request';

export function createRetriedJobs(deps: FinderDependencies) {
  const { consents, exports, grants, dataPortability, now } = deps;

  /** The job that another call has stored meanwhile. */
  const storedSince = async ({ id }: Export, failedJobId: string): Promise<string | undefined> => {
    const jobId = (await exports.find(id))?.archiveJobId ?? failedJobId;
    return jobId === failedJobId ? undefined : jobId;
  };

  const isOneTime = async ({ consentId, accessType }: Export): Promise<boolean> =>
    (accessType ?? (await consents.find(consentId))?.accessType) === 'one_time';

  /**
   * Whether the first request may be sent again to find out which job it started. With time-based access only within
   * its day, since later it would start the next export.
   */
  const mayAskAgain = async (row: Export, exportEveryMs: number): Promise<boolean> =>
    now().getTime() < (row.initiatedAt?.getTime() ?? 0) + exportEveryMs || (await isOneTime(row));

  /** The job that the identical request leads to: the running one, the ended one, or a new one. */
  const askAgain = async (row: Export, exportEveryMs: number) => {
    const outcome = await sendRequest(deps, row);
    // A failed job may leave the right to export unused (docs/google-api.md Q3).
    if (outcome.kind === 'started') return { archiveJobId: outcome.archiveJobId };
    return retriedJob(deps, row, outcome, { exportEveryMs });
  };

  return {
    /**
     * Makes Google retry a failed job, which gives the job a new id. Google refuses a repeat, whether the new job runs,
     * is complete, has failed or was cancelled; then this refusal, or the refusal of the first request, contains its
     * id.
     *
     * @returns the id of the new job, which is stored
     * @throws PortageError `ARCHIVE_FAILED` when the job was retried as often as Google allows. When Google does not
     * name the new job: `GOOGLE_UNEXPECTED` for one-time access, so that the step is repeated; `ARCHIVE_UNKNOWN` for
     * time-based access, which is locked and exports again. Otherwise the codes of the error table
     */
    async retryJob(row: Export, failedJobId: string, exportEveryMs: number): Promise<string> {
      const { id: exportId, consentId } = row;
      const stored = await storedSince(row, failedJobId);
      if (stored !== undefined) return stored;
      const outcome = await grants.call(consentId, 'archiveJobs.retry', (token) =>
        dataPortability.retry(token, failedJobId),
      );
      const keep = async (archiveJobId: string, adopted: boolean): Promise<string> => {
        await exports.recordJob(exportId, { archiveJobId, adopted, accessType: undefined, at: now() });
        return archiveJobId;
      };
      if (outcome.kind === 'started') return await keep(outcome.archiveJobId, false);

      const storedMeanwhile = await storedSince(row, failedJobId);
      if (storedMeanwhile !== undefined) return storedMeanwhile;
      let newJob: { archiveJobId: string } | undefined = await retriedJob(deps, row, outcome.refusal, {
        exportEveryMs,
      });
      if (newJob === undefined && (await mayAskAgain(row, exportEveryMs))) {
        newJob = await askAgain(row, exportEveryMs);
      }
      if (newJob !== undefined) {
        log.warn('archive job recovered whose start was not answered', { consentId, exportId });
        return await keep(newJob.archiveJobId, true);
      }
      // Another try of this step, which still runs, may have the answer and be storing it.
      const storedSoLate = await storedSince(row, failedJobId);
      if (storedSoLate !== undefined) return storedSoLate;
      if ((await exports.countJobs(exportId)) > retriesAtGoogle) throw new PortageError('ARCHIVE_FAILED');
      const detail = 'archiveJobs.retry: the new job is not named';
      throw new PortageError((await isOneTime(row)) ? 'GOOGLE_UNEXPECTED' : 'ARCHIVE_UNKNOWN', { detail });
    },
  };
}
