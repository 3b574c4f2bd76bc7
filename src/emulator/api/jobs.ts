/** Archive jobs: their current state, how they are made, and which jobs prevent a new one. */
import { randomUUID } from 'node:crypto';
import type { Grants } from '../issuer/grants';
import type { AccessType, Grant, Job } from '../state';
import { stateOf, type World } from '../world';
import { timestampMs, writeTimestamp } from './proto-json';

export type JobState = 'IN_PROGRESS' | 'COMPLETE' | 'FAILED' | 'CANCELLED';

export interface JobRequest {
  resources: string[];
  startTime?: string;
  endTime?: string;
}

export interface Jobs {
  stateOf(job: Job): JobState;
  find(jobId: string): Job | undefined;
  /** Jobs of an account in a project, oldest first. */
  ofAccount(grant: Pick<Grant, 'projectNumber' | 'accountId'>): Job[];
  /** The archive no longer exists: 14 days are over, or a reset deleted it (docs/google-api.md §7, §8). */
  isExpired(job: Job): boolean;
  start(grant: Grant, request: JobRequest, accessType: AccessType): Job;
  retry(job: Job): Job;
  /** All jobs of the same export: the first one and its retries. */
  chain(job: Job): Job[];
}

export function createJobs(world: World, grants: Grants): Jobs {
  const { clock, periods } = world;
  const jobs = (): Job[] => stateOf(world).jobs;
  const add = (
    facts: Omit<Job, 'jobId' | 'originalJobId' | 'requestedAt' | 'finishAt' | 'outcome' | 'settings'>,
    originalJobId?: string,
  ) => {
    const jobId = randomUUID();
    const requestedAt = clock.now();
    const settings = { ...stateOf(world).jobSettings };
    const fails = settings.failNext > 0;
    if (fails) stateOf(world).jobSettings.failNext -= 1;
    const job: Job = {
      ...facts,
      jobId,
      originalJobId: originalJobId ?? jobId,
      requestedAt,
      finishAt: requestedAt + settings.durationMs,
      outcome: fails ? 'FAILED' : 'COMPLETE',
      settings,
    };
    jobs().push(job);
    world.store.changed();
    return job;
  };
  const chain = (job: Job) => jobs().filter((other) => other.originalJobId === job.originalJobId);
  return {
    stateOf: (job) => {
      if (job.cancelledAt !== undefined) return 'CANCELLED';
      return clock.now() < job.finishAt ? 'IN_PROGRESS' : job.outcome;
    },
    find: (jobId) => jobs().find((job) => job.jobId === jobId),
    ofAccount: ({ projectNumber, accountId }) =>
      jobs().filter((job) => job.projectNumber === projectNumber && job.accountId === accountId),
    isExpired: (job) => job.discardedAt !== undefined || clock.now() >= job.requestedAt + periods.dataLife,
    start: (grant, request, accessType) =>
      add({
        projectNumber: grant.projectNumber,
        accountId: grant.accountId,
        grantId: grant.grantId,
        ...request,
        accessType,
        exportTime: request.endTime ?? writeTimestamp(clock.now()),
        attempt: 0,
        authorization: grants.authorization(grant.projectNumber, grant.accountId),
      }),
    retry: (job) => {
      const { projectNumber, accountId, grantId, resources, accessType, exportTime, authorization } = job;
      const attempt = 1 + Math.max(...chain(job).map((other) => other.attempt));
      const { startTime, endTime } = job;
      const window = { ...(startTime !== undefined && { startTime }), ...(endTime !== undefined && { endTime }) };
      const facts = { projectNumber, accountId, grantId, resources, accessType, exportTime, authorization };
      return add({ ...facts, ...window, attempt }, job.originalJobId);
    },
    chain,
  };
}

/**
 * Whether two requests are the same: resources, and both times unless the switch `identity` ignores them (§5, open).
 */
export function isSameRequest(job: Job, request: JobRequest, withTimes: boolean): boolean {
  const same = (a: string | undefined, b: string | undefined) =>
    a === b || (a !== undefined && b !== undefined && timestampMs(a) === timestampMs(b));
  const names = new Set(request.resources);
  return (
    job.resources.length === names.size &&
    job.resources.every((resource) => names.has(resource)) &&
    (!withTimes || (same(job.startTime, request.startTime) && same(job.endTime, request.endTime)))
  );
}
