/** Which archive job an answer to a start leads to, or until when there is none (docs/google-api.md §5). */
import { setTimeout as pause } from 'node:timers/promises';

import { log } from '@temporalio/activity';

import type { Export } from '../database/exports';
import { PortageError } from '../domain/errors';
import type { Policy } from '../domain/policy';
import type { InitiateOutcome, RetryOutcome } from '../google/data-portability';
import type { ActivityDependencies } from './dependencies';
import { cancellationSignal } from './progress';

/** What the job is found to be, or until when there is none. */
export type Found =
  | {
      readonly archiveJobId: string;
      readonly lockedUntil: Date | undefined;
      /** Of a job that was started for an earlier request. */
      readonly window?: { startTime: Date | undefined; exportTime: Date };
    }
  | { readonly lockedUntil: Date };

/** A request of another loop may be on its way for so long before its job is known. */
const siblingsAnswerWithinMs = 45_000;
/** A job that Google dates this much before our request was started for another one; its clock and ours may differ. */
const earlierByMs = 10 * 60_000;
/** Google keeps the end that a request names, perhaps to the whole second. */
const sameEndMs = 1_000;

type Day = Pick<Policy, 'exportEveryMs'>;
/** A refusal of a start, or of starting a failed job anew. */
type Refusal = Extract<RetryOutcome, { kind: 'refused' }>['refusal'];

type FinderDependencies = Pick<ActivityDependencies, 'consents' | 'exports' | 'grants' | 'dataPortability' | 'now'>;

export function createJobFinder({ consents, exports, grants, dataPortability, now }: FinderDependencies) {
  /**
   * Whether a consent whose job Google names to us is another user's: both have connected the same Google account, which
   * nothing else in the API tells. It is recorded, since a reset by one would end the other (docs/known-defects.md D39).
   */
  const isShared = async ({ consentId }: Export, otherConsentId: string): Promise<boolean> => {
    const shared = otherConsentId !== consentId && (await consents.recordShared(consentId, otherConsentId, now()));
    if (shared) log.warn('two users have connected the same Google account', { consentId, otherConsentId });
    return shared;
  };

  /**
   * The newest job that a refusal names and whose data were never stored: it is the one whose answer was lost, and on a
   * one-time consent the only one there will ever be. An unknown id is not taken while another loop of the user waits
   * for its own answer, since the job may be that one's. One-time access is spent for a whole Google account: what one
   * user had of it, another one who connected the same account is to have too (docs/known-defects.md D39).
   */
  const lostJob = async (
    row: Export,
    { kind, previousJobIds: jobIds }: Extract<InitiateOutcome, { kind: 'exhausted' | 'locked' }>,
    policy: Day,
  ): Promise<string | undefined> => {
    const newest = jobIds.at(-1);
    if (newest === undefined) return undefined;
    const known = await ownerOf(row, newest, policy);
    if (known === undefined) return newest;
    if (known.id === row.id) return undefined;
    const shared = await isShared(row, known.consentId);
    // Where Google locks all resources at once, it names the job of another one (docs/google-api.md Q1).
    if (!row.resources.some((resource) => known.resources.includes(resource))) return undefined;
    // One that failed before anything was stored may still be had: Google keeps archives for days.
    const isFree = shared ? kind === 'exhausted' : known.state === 'failed' && known.verdict === null;
    return isFree ? newest : undefined;
  };

  /** The export that a job belongs to; of an unknown one, only once no other loop of the user waits for an answer. */
  const ownerOf = async (row: Export, archiveJobId: string, policy: Day): Promise<Export | undefined> => {
    for (const startedAt = Date.now(); ;) {
      const known = (await exports.findByJobs([archiveJobId])).get(archiveJobId);
      if (known !== undefined) return known;
      const others = await exports.othersOfUser(row, new Date(now().getTime() - policy.exportEveryMs));
      const isUnanswered = ({ archiveJobId: jobId, lockedUntil, endedAt }: Export) =>
        jobId === null && lockedUntil === null && endedAt === null;
      if (!others.some(isUnanswered)) return undefined;
      if (Date.now() - startedAt > siblingsAnswerWithinMs) {
        throw new PortageError('GOOGLE_UNEXPECTED', {
          detail: 'initiate: a job is named whose owner is not known yet',
        });
      }
      await pause(500, undefined, { signal: cancellationSignal() });
    }
  };

  /**
   * The job that a failed one was started anew as, where an answer that was lost named it: the newest one of a
   * refusal that no export has.
   *
   * @returns undefined when the refusal does not tell
   */
  const retriedJob = async (row: Export, refusal: Refusal, policy: Day) => {
    const named = refusal.kind === 'running' ? [refusal.archiveJobId] : refusal.previousJobIds;
    for (const jobId of named.toReversed()) {
      if ((await ownerOf(row, jobId, policy)) !== undefined) continue;
      const job = await examine(row, jobId);
      if (job !== undefined && hasEndOf(row, job.exportTime)) return job;
    }
    return undefined;
  };

  /**
   * A job that a refusal names, with its own window where it was started for an earlier request; none when it is gone, or
   * has resources that this consent was not granted: it is another consent's then.
   */
  const examine = async (row: Export, archiveJobId: string) => {
    try {
      const { startTime, exportTime } = await grants.call(row.consentId, 'getPortabilityArchiveState', (token) =>
        dataPortability.getArchiveState(token, archiveJobId),
      );
      const isEarlier = exportTime !== undefined && exportTime.getTime() < row.requestedAt.getTime() - earlierByMs;
      return { archiveJobId, exportTime, ...(isEarlier ? { window: { startTime, exportTime } } : {}) };
    } catch (error) {
      if (error instanceof PortageError && ['ARCHIVE_EXPIRED', 'SCOPE_MISSING'].includes(error.code)) return undefined;
      throw error;
    }
  };

  const jobOf = async (row: Export, outcome: InitiateOutcome, policy: Policy): Promise<Found> => {
    // One that Google has just started is nobody else's.
    if (outcome.kind === 'started') return { archiveJobId: outcome.archiveJobId, lockedUntil: undefined };
    const inADay = (start: Date) => new Date(start.getTime() + policy.exportEveryMs);
    const named = 'archiveJobId' in outcome ? [outcome.archiveJobId] : outcome.previousJobIds;
    const owners = await exports.findByJobs(named);
    const sharers = new Set<string>();
    for (const consentId of new Set([...owners.values()].map((each) => each.consentId))) {
      if (await isShared(row, consentId)) sharers.add(consentId);
    }
    const owner = owners.get(named.at(-1) ?? '');
    switch (outcome.kind) {
      case 'running':
        // The identical request of another user for the same account brings the data of both.
        if (owner === undefined || owner.id === row.id || sharers.has(owner.consentId)) {
          return { archiveJobId: outcome.archiveJobId, lockedUntil: undefined };
        }
        // Another consent of the user is bringing this job home; ours has to wait for its day.
        return { lockedUntil: inADay(owner.initiatedAt ?? now()) };
      case 'exhausted':
      case 'locked': {
        const lost = await lostJob(row, outcome, policy);
        const job = lost === undefined ? undefined : await examine(row, lost);
        const until = outcome.kind === 'locked' ? outcome.until : undefined;
        if (job !== undefined) {
          const { window } = job;
          return { archiveJobId: job.archiveJobId, lockedUntil: until, ...(window === undefined ? {} : { window }) };
        }
        if (outcome.kind === 'exhausted') throw new PortageError('ALREADY_EXPORTED', { detail: row.resource });
        return { lockedUntil: until ?? inADay(await lastStart(row, policy)) };
      }
    }
  };

  /** For refusals that name no time: the last start that may have caused it. */
  const lastStart = async (row: Export, policy: Policy): Promise<Date> => {
    const others = await exports.othersOfUser(row, new Date(now().getTime() - policy.exportEveryMs));
    const starts = others.flatMap(({ resources, initiatedAt }) =>
      initiatedAt !== null && resources.some((resource) => row.resources.includes(resource)) ? [initiatedAt] : [],
    );
    return starts.sort((a, b) => b.getTime() - a.getTime())[0] ?? now();
  };

  /** Whether a refusal is another resource's doing: none of ours was started within the day, one of those was. */
  const isForAll = async (row: Export, policy: Policy): Promise<boolean> => {
    const others = await exports.othersOfUser(row, new Date(now().getTime() - policy.exportEveryMs));
    const started = others.filter(({ initiatedAt }) => initiatedAt !== null);
    const isOurs = ({ resources }: Export) => resources.some((resource) => row.resources.includes(resource));
    return started.length > 0 && !started.some(isOurs);
  };

  return { jobOf, isForAll, retriedJob };
}

/** Whether a job may answer this request, whose end it repeats where it named one; another resource's has another end. */
function hasEndOf({ endTime }: Export, exportTime: Date | undefined): boolean {
  if (endTime === null || exportTime === undefined) return true;
  return Math.abs(exportTime.getTime() - endTime.getTime()) <= sameEndMs;
}
