/** Which archive job the answer to a start leads to, or until when no start is possible (docs/google-api.md §5). */
import type { Export } from '../../database/exports';
import { PortageError } from '../../domain/error-codes';
import type { Policy } from '../../domain/policy';
import type { InitiateOutcome } from '../../google/data-portability';
import { examine } from './examine-job';
import { isShared, ownerOf, type Day, type FinderDependencies } from './job-owner';

/** The archive job, or the time until which no start is possible. */
export type JobSearchResult =
  | {
      readonly archiveJobId: string;
      readonly lockedUntil: Date | undefined;
      /** Set for a job that was started for an earlier request. */
      readonly window?: { startTime: Date | undefined; exportTime: Date };
    }
  | { readonly lockedUntil: Date };

export async function findJob(
  deps: FinderDependencies,
  row: Export,
  outcome: InitiateOutcome,
  policy: Policy,
): Promise<JobSearchResult> {
  // A job that Google has just started belongs to this export.
  if (outcome.kind === 'started') return { archiveJobId: outcome.archiveJobId, lockedUntil: undefined };
  const inADay = (start: Date) => new Date(start.getTime() + policy.exportEveryMs);
  const named = 'archiveJobId' in outcome ? [outcome.archiveJobId] : outcome.previousJobIds;
  const owners = await deps.exports.findByJobs(named);
  const sharers = new Set<string>();
  for (const consentId of new Set([...owners.values()].map((each) => each.consentId))) {
    if (await isShared(deps, row, consentId)) sharers.add(consentId);
  }
  const owner = owners.get(named.at(-1) ?? '');
  switch (outcome.kind) {
    case 'running':
      // The identical request of another user of the same account leads to the data of both.
      if (owner === undefined || owner.id === row.id || sharers.has(owner.consentId)) {
        return { archiveJobId: outcome.archiveJobId, lockedUntil: undefined };
      }
      // Another consent of the user exports with this job; ours has to wait for its day.
      return { lockedUntil: inADay(owner.initiatedAt ?? deps.now()) };
    case 'exhausted':
    case 'locked': {
      const lost = await lostJob(deps, row, outcome, policy);
      const job = lost === undefined ? undefined : await examine(deps, row, lost);
      const until = outcome.kind === 'locked' ? outcome.until : undefined;
      if (job !== undefined) {
        const { window } = job;
        return { archiveJobId: job.archiveJobId, lockedUntil: until, ...(window === undefined ? {} : { window }) };
      }
      if (outcome.kind === 'exhausted') throw new PortageError('ALREADY_EXPORTED', { detail: row.resource });
      return { lockedUntil: until ?? inADay(await lastStart(deps, row, policy)) };
    }
  }
}

/**
 * The newest job that a refusal names and whose data were never stored: the job whose answer was lost. A one-time
 * consent never gets another one. An unknown id is not taken while another loop of the user waits for its own answer,
 * since the job may belong to that loop. One-time access is used up for a whole Google account: the data that one user
 * got goes to another user of the same account too (docs/known-defects.md D39).
 */
async function lostJob(
  deps: FinderDependencies,
  row: Export,
  { kind, previousJobIds: jobIds }: Extract<InitiateOutcome, { kind: 'exhausted' | 'locked' }>,
  policy: Day,
): Promise<string | undefined> {
  const newest = jobIds.at(-1);
  if (newest === undefined) return undefined;
  const known = await ownerOf(deps, row, newest, policy);
  if (known === undefined) return newest;
  if (known.id === row.id) return undefined;
  const shared = await isShared(deps, row, known.consentId);
  // Where Google locks all resources at once, it names the job of another one (docs/google-api.md Q1).
  if (!row.resources.some((resource) => known.resources.includes(resource))) return undefined;
  // A job that failed before anything was stored may still be downloaded: Google keeps archives for days.
  const isFree = shared ? kind === 'exhausted' : known.state === 'failed' && known.verdict === null;
  return isFree ? newest : undefined;
}

/** For refusals without a time: the last start that may have caused the refusal. */
async function lastStart({ exports, now }: FinderDependencies, row: Export, policy: Day): Promise<Date> {
  const others = await exports.othersOfUser(row, new Date(now().getTime() - policy.exportEveryMs));
  const starts = others.flatMap(({ resources, initiatedAt }) =>
    initiatedAt !== null && resources.some((resource) => row.resources.includes(resource)) ? [initiatedAt] : [],
  );
  return starts.sort((a, b) => b.getTime() - a.getTime())[0] ?? now();
}
