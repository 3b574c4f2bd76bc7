/** The owner of a job that Google names: one of our exports, or another user's with the same Google account. */
import { setTimeout as pause } from 'node:timers/promises';

import { log } from '@temporalio/activity';

import type { Export } from '../../database/exports';
import { PortageError } from '../../domain/error-codes';
import type { Policy } from '../../domain/policy';
import type { ActivityDependencies } from '../dependencies';
import { cancellationSignal } from '../progress';

/** The dependencies of the search for a job. */
export type FinderDependencies = Pick<
  ActivityDependencies,
  'consents' | 'exports' | 'grants' | 'dataPortability' | 'now'
>;

/** How long Google refuses the next start. */
export type Day = Pick<Policy, 'exportEveryMs'>;

/** How long a request of another loop may be under way before its job is known. */
const siblingsAnswerWithinMs = 45_000;

/**
 * Whether a consent whose job Google names to us belongs to another user: then both have connected the same Google
 * account. Nothing else in the API shows this. It is recorded, since a reset by one would end the other
 * (docs/known-defects.md D39).
 */
export async function isShared(
  { consents, now }: FinderDependencies,
  { consentId }: Export,
  otherConsentId: string,
): Promise<boolean> {
  const shared = otherConsentId !== consentId && (await consents.recordShared(consentId, otherConsentId, now()));
  if (shared) log.warn('two users have connected the same Google account', { consentId, otherConsentId });
  return shared;
}

/** The export that a job belongs to. For an unknown job, waits until no other loop of the user awaits Google's answer. */
export async function ownerOf(
  { exports, now }: FinderDependencies,
  row: Export,
  archiveJobId: string,
  policy: Day,
): Promise<Export | undefined> {
  for (const startedAt = Date.now(); ;) {
    const known = (await exports.findByJobs([archiveJobId])).get(archiveJobId);
    if (known !== undefined) return known;
    const others = await exports.othersOfUser(row, new Date(now().getTime() - policy.exportEveryMs));
    const isUnanswered = ({ archiveJobId: jobId, lockedUntil, endedAt }: Export) =>
      jobId === null && lockedUntil === null && endedAt === null;
    if (!others.some(isUnanswered)) return undefined;
    if (Date.now() - startedAt > siblingsAnswerWithinMs) {
      throw new PortageError('GOOGLE_UNEXPECTED', {
        detail: 'initiate: the owner of the named job is not known yet',
      });
    }
    await pause(500, undefined, { signal: cancellationSignal() });
  }
}
