/** Which of a user's consents exports a resource that several of them hold. */
import type { Consent, ConsentStore } from '../../database/consents';
import type { AccessType } from '../../domain/states';
import type { ConsentPlan } from './plans';

/**
 * At most one loop for each user and resource: the newest time-based consent has it. A one-time consent exports once
 * beside it and takes nothing over.
 *
 * @returns the resources that this consent exports, and those that it takes over from older consents
 */
export async function shareOut(
  consents: ConsentStore,
  consent: Consent,
  accessType: AccessType,
  at: Date,
): Promise<{ mine: string[]; supersedes: ConsentPlan['supersedes'] }> {
  const mine = new Set(consent.grantedResources.filter((each) => !consent.supersededResources.includes(each)));
  const supersedes: { consentId: string; resources: string[] }[] = [];
  if (accessType === 'one_time') return { mine: [...mine], supersedes };
  for (const other of await consents.activeSiblings(consent)) {
    if (other.accessType === 'one_time') continue;
    const both = other.grantedResources.filter(
      (resource) => mine.has(resource) && !other.supersededResources.includes(resource),
    );
    if (both.length === 0) continue;
    if (isOlder(other, consent)) {
      supersedes.push({ consentId: other.id, resources: both });
    } else {
      await consents.supersede(consent.id, both, at);
      for (const resource of both) mine.delete(resource);
    }
  }
  return { mine: [...mine], supersedes };
}

/** @returns resources that newer time-based consents of the user export from now on, and this one still does */
export async function takenOver(consents: ConsentStore, consent: Consent): Promise<string[]> {
  if (consent.accessType === 'one_time') return [];
  const newer = (await consents.activeSiblings(consent)).filter(
    (other) => other.accessType === 'time_based' && isOlder(consent, other),
  );
  return consent.grantedResources.filter(
    (resource) =>
      !consent.supersededResources.includes(resource) &&
      newer.some((other) => other.grantedResources.includes(resource) && !other.supersededResources.includes(resource)),
  );
}

const isOlder = (one: Consent, other: Consent): boolean =>
  one.createdAt < other.createdAt || (one.createdAt <= other.createdAt && one.id < other.id);
