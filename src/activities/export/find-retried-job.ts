/** Finds the new job of a retry whose answer was lost. */
import type { Export } from '../../database/exports';
import type { RetryOutcome } from '../../google/data-portability';
import { examine } from './examine-job';
import { ownerOf, type Day, type FinderDependencies } from './job-owner';

/** Google keeps the end time that a request names, perhaps rounded to the second. */
const sameEndMs = 1_000;

/** A refusal of a start or of a retry. */
type Refusal = Extract<RetryOutcome, { kind: 'refused' }>['refusal'];

/**
 * The new job of a failed job, when the answer with its id was lost: the newest job of a refusal that belongs to no
 * export.
 *
 * @returns undefined when the refusal does not name it
 */
export async function retriedJob(deps: FinderDependencies, row: Export, refusal: Refusal, policy: Day) {
  const named = refusal.kind === 'running' ? [refusal.archiveJobId] : refusal.previousJobIds;
  for (const jobId of named.toReversed()) {
    if ((await ownerOf(deps, row, jobId, policy)) !== undefined) continue;
    const job = await examine(deps, row, jobId);
    if (job !== undefined && hasEndOf(row, job.exportTime)) return job;
  }
  return undefined;
}

/**
 * Whether a job may be the answer to this request. Google gives a job the end time of its request, if the request has
 * one; a job of another resource has another end time.
 */
function hasEndOf({ endTime }: Export, exportTime: Date | undefined): boolean {
  if (endTime === null || exportTime === undefined) return true;
  return Math.abs(exportTime.getTime() - endTime.getTime()) <= sameEndMs;
}
