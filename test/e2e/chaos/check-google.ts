/** Portage's calls, by the emulator's state and log, against Portage's state, by the database's trail. */
import type { Grant, Job } from '../../../src/emulator/state';
import { nameOf } from './check-endings';
import { dayMs } from './deployment';
import type { Call } from './emulator-process';
import type { Evidence } from './evidence';

const isFirst = ({ attempt }: Job) => attempt === 0;

/** One job for each export of one-time access, retries only of failed jobs, and every job known to an export. */
export function checkJobs({ google, consents, exports, jobs, doings }: Evidence): string[] {
  const problems: string[] = [];
  const exportOf = new Map(jobs.map(({ id, exportId }) => [id, exportId]));
  for (const job of google.jobs) {
    const chain = google.jobs.filter(({ originalJobId }) => originalJobId === job.originalJobId);
    if (!isFirst(job)) {
      const before = chain.find(({ attempt }) => attempt === job.attempt - 1);
      if (before?.outcome !== 'FAILED') problems.push(`${job.jobId} was started again though its job had not failed`);
    }
    const isKnown = chain.some(({ jobId }) => exportOf.has(jobId));
    const { email = '' } = google.accounts.find(({ accountId }) => accountId === job.accountId) ?? {};
    const owners = consents.filter(({ userId }) => `${userId}@example.com` === email);
    const mayBeLeft = owners.some(({ id, userId }) => doings.endRequests.has(id) || doings.left.has(userId));
    if (!isKnown && !mayBeLeft)
      problems.push(`job ${job.jobId} of ${email} for ${job.resources.join()} belongs to no consent`);
  }
  for (const row of exports) {
    const consent = consents.find(({ id }) => id === row.consentId);
    if (consent?.accessType !== 'one_time') continue;
    const ids = jobs.filter(({ exportId }) => exportId === row.id).map(({ id }) => id);
    const firsts = new Set(google.jobs.filter(({ jobId }) => ids.includes(jobId)).map((job) => job.originalJobId));
    if (firsts.size > 1) problems.push(`${row.id} of ${nameOf(consent)} has ${firsts.size} jobs`);
  }
  const starts = new Map<string, number>();
  for (const job of google.jobs.filter((each) => isFirst(each) && each.accessType === 'one_time')) {
    for (const resource of job.resources) {
      const name = `${resource} of grant ${job.grantId}`;
      starts.set(name, (starts.get(name) ?? 0) + 1);
    }
  }
  for (const [name, count] of starts) if (count > 1) problems.push(`${name} was exported by ${count} jobs`);
  return problems;
}

/** Requests that were in flight during a fault may arrive this long after its end. */
const arrivesWithinMs = 5_000;

/** No start within a day of another one of the same resource, once Portage knew that one. */
export function checkLocks({ google, calls, trail, faults }: Evidence): string[] {
  const knownAt = new Map<string, number>();
  for (const { table, id, at } of trail) {
    if (table === 'archive_jobs' && !knownAt.has(id)) knownAt.set(id, at.getTime());
  }
  const problems: string[] = [];
  for (const call of calls.filter(({ method }) => method === 'initiate')) {
    const grant = google.grants.find(({ grantId }) => grantId === call.grantId);
    const at = Date.parse(call.at);
    for (const job of google.jobs) {
      if (job.accountId !== grant?.accountId || !isFirst(job)) continue;
      if (!job.resources.some((name) => call.resources?.includes(name) === true)) continue;
      const until = job.accessType === 'one_time' ? Infinity : job.requestedAt + dayMs;
      if (at <= job.requestedAt || at >= until) continue;
      const chain = google.jobs.filter(({ originalJobId }) => originalJobId === job.jobId);
      // Where Google names no job after a lost answer to a retry, the first request is repeated (docs/lost-answers.md).
      if (chain.some(({ outcome, finishAt }) => outcome === 'FAILED' && finishAt <= at)) continue;
      const since = Math.min(...chain.map(({ jobId }) => knownAt.get(jobId) ?? Infinity));
      // Of two workers that do the same step, one may have been held up with its call.
      const wasHeldUp = faults.some(
        ({ from, to }) => from <= since && at <= to + arrivesWithinMs && to <= at + arrivesWithinMs,
      );
      if (since >= at || wasHeldUp) continue;
      problems.push(
        `start of ${call.resources?.join() ?? ''} at ${call.at}, ${at - since} ms after job ${job.jobId} was known`,
      );
    }
  }
  return problems;
}

/**
 * Why a grant may be alive at Google that no consent holds: the answer to its exchange was lost, as the session shows.
 */
const unknownGrant: readonly (string | null)[] = [
  'GRANT_UNKNOWN',
  'CONNECT_INTERRUPTED',
  'NOT_READY',
  'GOOGLE_UNAVAILABLE',
];

/** Grants are reset, and never while data of the user is still to be fetched. */
export function checkGrants(evidence: Evidence): string[] {
  const { google, sessions, consents, calls } = evidence;
  const problems: string[] = [];
  for (const grant of google.grants) {
    const { email = '' } = google.accounts.find(({ accountId }) => accountId === grant.accountId) ?? {};
    const isOwn = ({ userId }: { userId: string | null }) => `${userId}@example.com` === email;
    if (grant.endedAt === undefined) {
      const excused = sessions.filter(
        (each) =>
          isOwn(each) &&
          (unknownGrant.includes(each.errorCode) || (each.state === 'started' && each.oauthStateUsedAt !== null)),
      );
      const live = google.grants.filter((each) => each.accountId === grant.accountId && each.endedAt === undefined);
      if (live.length > excused.length)
        problems.push(`grant ${grant.grantId} of ${email} is alive, and no consent has it`);
      continue;
    }
    if (grant.endReason === 'reset' || grant.endReason === 'revoked') {
      for (const consent of consents.filter(isOwn)) problems.push(...heldAt(evidence, consent, grant, grant.endedAt));
    }
  }
  for (const { method, status, at, grantId } of calls) {
    if (method === 'reset' && status === 200 && !google.grants.some((grant) => grant.grantId === grantId)) {
      problems.push(`reset at ${at} with a grant that Google does not know`);
    }
  }
  for (const consent of consents) {
    const isGivenBack = consent.state === 'completed' || consent.state === 'cancelled' || consent.state === 'deleted';
    const { resetAnswer } = consent;
    if (isGivenBack && (resetAnswer === null || resetAnswer === 'refused')) {
      problems.push(`${nameOf(consent)} is ${consent.state}, and its reset is ${resetAnswer ?? 'not made'}`);
    }
  }
  return problems;
}

/** The open work of a user's consents at the moment when all their grants were ended. */
function heldAt(
  { trail, google, jobs }: Evidence,
  consent: Evidence['consents'][number],
  grant: Grant,
  at: number,
): string[] {
  if (consent.createdAt.getTime() > at) return [];
  const before = trail.filter((entry) => entry.at.getTime() <= at);
  const then = before.findLast(({ table, id }) => table === 'consents' && id === consent.id)?.row;
  const when = new Date(at).toISOString();
  if (then?.['state'] === 'active')
    return [`grant ${grant.grantId} was ended at ${when}, while ${nameOf(consent)} was active`];
  if (then === undefined || then['stop_wanted'] !== null || consent.accessType !== 'one_time') return [];
  const rows = new Map(before.filter(({ table }) => table === 'exports').map(({ id, row }) => [id, row]));
  return [...rows.values()].flatMap((row) => {
    const { id, consent_id: owner, state } = row;
    if (owner !== consent.id || state === 'ready' || state === 'partial') return [];
    const ids = jobs.filter(({ exportId }) => exportId === id).map((job) => job.id);
    const isAtGoogle = google.jobs.some((job) => ids.includes(job.jobId) && job.outcome === 'COMPLETE');
    return isAtGoogle ? [`grant ${grant.grantId} was ended at ${when}, while ${String(id)} was ${String(state)}`] : [];
  });
}

/** Only for a reader of a failure. */
export const describeCall = ({ at, method, status, resources, jobId }: Call) =>
  `${at} ${method} ${resources?.join() ?? jobId ?? ''} ${status ?? 'unanswered'}`;
