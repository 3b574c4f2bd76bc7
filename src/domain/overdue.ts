/** When the next export of a resource is due, as far as what is stored tells. */
import type { ErrorCode } from './errors';
import type { Policy } from './policy';
import type { AccessType, ConsentState } from './states';

/** What has to be known of a consent. */
export interface ConsentFacts {
  readonly state: ConsentState;
  readonly accessType: AccessType | null;
  readonly grantedResources: readonly string[];
  readonly supersededResources: readonly string[];
  readonly createdAt: Date;
  readonly endsAt: Date | null;
  readonly pausedAt: Date | null;
}

/** What has to be known of the newest export of each of its loops. */
export interface ExportFacts {
  readonly resources: readonly string[];
  readonly accessType: AccessType | null;
  readonly errorCode: ErrorCode | null;
  readonly archiveJobId: string | null;
  readonly requestedAt: Date;
  readonly lockedUntil: Date | null;
  readonly initiatedAt: Date | null;
  readonly endedAt: Date | null;
}

/** Refusals of a start that end the exports of a resource for good (docs/google-api.md §5). */
const final: ReadonlySet<ErrorCode | null> = new Set<ErrorCode>(['SCOPE_MISSING', 'GOOGLE_REFUSED']);

/**
 * @param newest the newest export of each loop of the consent
 * @returns the resources that will be exported again, and when each may be; none while one is under way
 */
export function nextExports(
  policy: Policy,
  consent: ConsentFacts,
  newest: readonly ExportFacts[],
): { resource: string; dueAt: Date }[] {
  const { accessType, grantedResources, supersededResources, createdAt, pausedAt } = consent;
  if (consent.state !== 'active' || accessType !== 'time_based' || pausedAt !== null) return [];
  return grantedResources.flatMap((resource) => {
    if (supersededResources.includes(resource)) return [];
    const [last] = newest
      .filter(({ resources }) => resources.includes(resource))
      .sort((a, b) => b.requestedAt.getTime() - a.requestedAt.getTime());
    if (last === undefined) return [{ resource, dueAt: createdAt }];
    if (last.endedAt === null) {
      const isLocked = last.archiveJobId === null && last.lockedUntil !== null;
      return isLocked ? [{ resource, dueAt: last.lockedUntil }] : [];
    }
    const isRefused = final.has(last.errorCode) && last.initiatedAt === null;
    if (isRefused || last.accessType === 'one_time') return [];
    const freeAt = (last.initiatedAt ?? last.endedAt).getTime() + policy.exportEveryMs;
    return [{ resource, dueAt: new Date(Math.max(freeAt, last.endedAt.getTime())) }];
  });
}

/**
 * The resources whose next export should have begun more than a day ago, a day being the pause between two exports.
 * Near the end of the grant nothing may fit any more, so nothing is overdue there.
 */
export function overdueSince(
  policy: Policy,
  consent: ConsentFacts,
  newest: readonly ExportFacts[],
  now: Date,
): { resource: string; dueAt: Date }[] {
  const { endsAt } = consent;
  if (endsAt !== null && now.getTime() > endsAt.getTime() - policy.finishWithinMs) return [];
  return nextExports(policy, consent, newest).filter(
    ({ dueAt }) => now.getTime() - dueAt.getTime() > policy.exportEveryMs,
  );
}
