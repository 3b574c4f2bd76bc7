/** When the next export of a resource is due, according to the stored data. */
import type { Policy } from './policy';
import { isLast, nextStartMs, type StoredStart } from './schedule';
import type { AccessType, ConsentState } from './states';

/** The facts of a consent that the schedule depends on. */
export interface ConsentFacts {
  readonly state: ConsentState;
  readonly accessType: AccessType | null;
  readonly grantedResources: readonly string[];
  readonly supersededResources: readonly string[];
  readonly createdAt: Date;
  readonly endsAt: Date | null;
  readonly pausedAt: Date | null;
}

/** The facts of the newest export of each of its loops that the schedule depends on. */
export interface ExportFacts extends StoredStart {
  readonly resources: readonly string[];
  readonly accessType: AccessType | null;
  readonly requestedAt: Date;
}

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
    const atMs = isLast(last) ? undefined : nextStartMs(policy, last);
    return atMs === undefined ? [] : [{ resource, dueAt: new Date(atMs) }];
  });
}

/**
 * The resources whose next export should have begun more than a day ago; a day here is the pause between two exports.
 * Near the end of the grant the next export may no longer fit, so nothing is overdue then.
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
