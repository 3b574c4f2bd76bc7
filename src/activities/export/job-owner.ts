/** To whom a job belongs that Google names: an export of ours, or another user's who connected the same account. */
import { setTimeout as pause } from 'node:timers/promises';

import { log } from '@temporalio/activity';

import type { Export } from '../../database/exports';
import { PortageError } from '../../domain/error-codes';
import type { Policy } from '../../domain/policy';
import type { ActivityDependencies } from '../dependencies';
import { cancellationSignal } from '../progress';

/** What finding a job takes. */
export type FinderDependencies = Pick<
  ActivityDependencies,
  'consents' | 'exports' | 'grants' | 'dataPortability' | 'now'
>;

/** How long Google refuses the next start. */
export type Day = Pick<Policy, 'exportEveryMs'>;

/** A request of another loop may be on its way for so long before its job is known. */
const siblingsAnswerWithinMs = 45_000;

/**
 * Whether a consent whose job Google names to us is another user's: both have connected the same Google account, which
 * nothing else in the API tells. It is recorded, since a reset by one would end the other (docs/known-defects.md D39).
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

/** The export that a job belongs to; of an unknown one, only once no other loop of the user waits for an answer. */
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
        detail: 'initiate: a job is named whose owner is not known yet',
      });
    }
    await pause(500, undefined, { signal: cancellationSignal() });
  }
}
