/** The reasons that prevent a new job: the same request running, one-time access used up, the 24-hour lock. */
import type { AccessType, Grant, Job } from '../state';
import { stateOf, type World } from '../world';
import type { Grants } from '../issuer/grants';
import { errorInfo, googleError } from './google-error';
import { isSameRequest, type JobRequest, type Jobs } from './jobs';
import { writeTimestamp } from './proto-json';

const suffix = { one_time: 'ONE_TIME', time_based: 'TIME_BASED' } as const;

export interface Locks {
  /** Throws the error that Google answers when this job may not start now (docs/google-api.md §5, §6). */
  check(grant: Grant, request: JobRequest, accessType: AccessType): void;
  /** Current locks, for the overview: the resource and when it may be exported again. */
  held(grant: Pick<Grant, 'projectNumber' | 'accountId'>): { resource: string; until: number }[];
}

export function createLocks(world: World, grants: Grants, jobs: Jobs): Locks {
  const { clock, periods } = world;
  const switches = () => stateOf(world).switches;

  /** First starts only: a retry is no new export. Those whose slot was released do not count (Q3, Q4). */
  const startsOf = (owner: Pick<Grant, 'projectNumber' | 'accountId'>): Job[] => {
    const pair = `${owner.projectNumber}/${owner.accountId}`;
    const locksFrom = stateOf(world).locksFrom[pair] ?? 0;
    return jobs.ofAccount(owner).filter((job) => {
      if (job.attempt > 0 || job.authorization < locksFrom) return false;
      if (switches().Q3 === 'A') return true;
      const last = jobs.chain(job).at(-1) ?? job;
      return !['FAILED', 'CANCELLED'].includes(jobs.stateOf(last));
    });
  };

  const refuseOneTime = (grant: Grant, request: JobRequest) => {
    const authorization = grants.authorization(grant.projectNumber, grant.accountId);
    const spent = startsOf(grant).filter(
      (job) =>
        job.accessType === 'one_time' &&
        job.authorization === authorization &&
        job.resources.some((resource) => request.resources.includes(resource)),
    );
    if (spent.length === 0) return;
    throw googleError('RESOURCE_EXHAUSTED', 'The requested resources were already exported with one-time access.', [
      errorInfo(reasonNow('RESOURCE_EXHAUSTED_ONE_TIME'), { previous_job_ids: previousIds(spent) }),
    ]);
  };

  const refuseTimeBased = (grant: Grant, request: JobRequest) => {
    const now = clock.now();
    const locking = startsOf(grant).filter(
      (job) =>
        job.accessType === 'time_based' &&
        job.requestedAt + periods.exportLock > now &&
        (switches().Q1 === 'B' || job.resources.some((resource) => request.resources.includes(resource))),
    );
    const last = locking.at(-1);
    if (last === undefined) return;
    const after = writeTimestamp(last.requestedAt + periods.exportLock);
    const message = `The requested resources were exported a short time ago. You can initiate another export after ${after}`;
    if (switches().Q2 === 'B') throw googleError('FAILED_PRECONDITION', message);
    throw googleError('RESOURCE_EXHAUSTED', message, [
      errorInfo(reasonNow('RESOURCE_EXHAUSTED_TIME_BASED'), {
        timestamp_after_24hrs: after,
        previous_job_ids: previousIds(locking),
      }),
    ]);
  };

  /** Newest last (§4); whether a retry is named in place of its job is open. */
  const previousIds = (starts: Job[]) => starts.map((job) => named(job).jobId).join(',');
  const named = (job: Job) => (switches().namedRetry === 'A' ? (jobs.chain(job).at(-1) ?? job) : job);
  /** Q17, answer A: a reason that no client knows yet. */
  const reasonNow = (reason: string) => (switches().Q17 === 'A' ? `${reason}_V2` : reason);

  return {
    check: (grant, request, accessType) => {
      const running = jobs
        .ofAccount(grant)
        .findLast(
          (job) =>
            jobs.stateOf(job) === 'IN_PROGRESS' &&
            job.discardedAt === undefined &&
            (job.attempt === 0 || switches().namedRetry === 'A') &&
            isSameRequest(job, request, switches().identity === 'A'),
        );
      if (running !== undefined) {
        throw googleError('ALREADY_EXISTS', 'The same export is already in progress.', [
          errorInfo(`ALREADY_EXISTS_${suffix[running.accessType]}`, { job_id: running.jobId }),
        ]);
      }
      if (accessType === 'one_time') refuseOneTime(grant, request);
      else refuseTimeBased(grant, request);
    },
    held: (owner) => {
      const until = new Map<string, number>();
      for (const job of startsOf(owner)) {
        const end = job.requestedAt + periods.exportLock;
        if (job.accessType !== 'time_based' || end <= clock.now()) continue;
        for (const resource of job.resources) until.set(resource, Math.max(until.get(resource) ?? 0, end));
      }
      return [...until].map(([resource, end]) => ({ resource, until: end }));
    },
  };
}
