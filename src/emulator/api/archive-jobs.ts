/** The methods on an archive job: read its state, retry it, cancel it (docs/google-api.md §2, §3). */
import type { Request } from 'express';
import type { Grants } from '../issuer/grants';
import { jsonReply, type Reply } from '../http/reply';
import type { Job } from '../state';
import { stateOf, type World } from '../world';
import { authenticate, requireScopes } from './caller';
import { errorInfo, googleError } from './google-error';
import type { Jobs } from './jobs';
import { readMessage, repeated } from './proto-json';

export interface ArchiveJobDeps {
  world: World;
  grants: Grants;
  jobs: Jobs;
  /** Fresh signed links to the parts of a finished job, in no particular order. */
  linksTo: (job: Job) => Promise<string[]>;
}

/** The job named in the path, if this caller may access it. A job of another account is answered as a missing one. */
function jobOf({ world, grants, jobs }: ArchiveJobDeps, request: Request, readsState = false): Job {
  const { grant } = authenticate(world, grants, request, readsState);
  if (request.method === 'POST') readMessage(request.body, {});
  const job = jobs.find(String(request.params['jobId']));
  if (job?.projectNumber !== grant.projectNumber || job.accountId !== grant.accountId) {
    throw googleError('NOT_FOUND', 'Requested entity was not found.');
  }
  requireScopes(grant, job.resources);
  return job;
}

export async function getState(deps: ArchiveJobDeps, request: Request): Promise<Reply> {
  const { world, jobs, linksTo } = deps;
  const job = jobOf(deps, request, true);
  const { switches } = stateOf(world);
  let state: string = jobs.stateOf(job);
  if (jobs.isExpired(job) && state !== 'IN_PROGRESS') {
    // Q8: the answer for an expired job id is open.
    if (switches.Q8 === 'A') throw googleError('NOT_FOUND', 'Requested entity was not found.');
    if (switches.Q8 === 'B') throw googleError('PERMISSION_DENIED', 'The archive is no longer available.');
    state = 'FAILED';
  }
  const half = job.requestedAt + (job.finishAt - job.requestedAt) / 2;
  // Q17, answer A: a state that no client knows yet, during the first half of the job.
  if (switches.Q17 === 'A' && state === 'IN_PROGRESS' && world.clock.now() < half) state = 'QUEUED_FOR_EXPORT';
  const urls = state === 'COMPLETE' ? await linksTo(job) : [];
  return jsonReply(200, {
    name: `archiveJobs/${job.jobId}/portabilityArchiveState`,
    state,
    ...repeated('urls', urls),
    ...(job.startTime !== undefined && { startTime: job.startTime }),
    exportTime: job.exportTime,
  });
}

/** §3: only a failed job, three times, each time under a new id. The answer to a repeated call is open. */
export function retry(deps: ArchiveJobDeps, request: Request): Reply {
  const { world, jobs } = deps;
  const job = jobOf(deps, request);
  if (jobs.stateOf(job) !== 'FAILED' || jobs.isExpired(job)) {
    throw googleError('FAILED_PRECONDITION', 'Only a failed archive job can be retried.');
  }
  const newest = jobs.chain(job).at(-1) ?? job;
  const { repeatedRetry } = stateOf(world).switches;
  if (jobs.stateOf(newest) === 'IN_PROGRESS' && repeatedRetry !== 'C') {
    if (repeatedRetry === 'B') throw googleError('FAILED_PRECONDITION', 'The archive job was already retried.');
    const reason = newest.accessType === 'one_time' ? 'ALREADY_EXISTS_ONE_TIME' : 'ALREADY_EXISTS_TIME_BASED';
    throw googleError('ALREADY_EXISTS', 'A retry of this job is already in progress.', [
      errorInfo(reason, { job_id: newest.jobId }),
    ]);
  }
  if (newest.attempt >= 3) throw googleError('FAILED_PRECONDITION', 'The archive job was already retried three times.');
  if (jobs.stateOf(newest) === 'COMPLETE') {
    throw googleError('FAILED_PRECONDITION', 'A retry of this job has already succeeded.');
  }
  return jsonReply(200, { archiveJobId: jobs.retry(job).jobId });
}

/** §3: only a time-based job, only while it is in progress. */
export function cancel(deps: ArchiveJobDeps, request: Request): Reply {
  const { world, jobs } = deps;
  const job = jobOf(deps, request);
  if (jobs.stateOf(job) !== 'IN_PROGRESS') {
    throw googleError('FAILED_PRECONDITION', 'Only an archive job in progress can be cancelled.');
  }
  if (job.accessType === 'one_time') {
    throw googleError('FAILED_PRECONDITION', 'Only time-based archive jobs can be cancelled.');
  }
  job.cancelledAt = world.clock.now();
  world.store.changed();
  return jsonReply(200, {});
}
