/** Which of a user's consents exports a resource that several of them hold. */
import type { Consent, ConsentStore, Takeover } from '../../database/consents';
import type { AccessType } from '../../domain/states';
import { takeoverReason } from '../../domain/takeover';
import type { ConsentPlan } from './plans';

/**
 * At most one loop for each account and resource, as far as accounts are known: the newest time-based consent has it. A
 * one-time consent exports once in addition and takes nothing over; the same holds for a consent of another account.
 *
 * @returns the resources that this consent exports, and those that it takes over from older consents
 */
export async function assignResources(
  consents: ConsentStore,
  consent: Consent,
  accessType: AccessType,
  at: Date,
): Promise<{ ownResources: string[]; supersedes: ConsentPlan['supersedes'] }> {
  const ownResources = new Set(consent.grantedResources.filter((each) => !consent.supersededResources.includes(each)));
  const supersedes: { consentId: string; resources: string[] }[] = [];
  if (accessType === 'one_time') return { ownResources: [...ownResources], supersedes };
  for (const other of await consents.activeSiblings(consent)) {
    // While Google has not said which access the other one has, it may be one-time. When it begins, it decides itself.
    if (other.accessType !== 'time_based') continue;
    const both = other.grantedResources.filter(
      (resource) => ownResources.has(resource) && !other.supersededResources.includes(resource),
    );
    if (both.length === 0) continue;
    if (isOlder(other, consent)) {
      if (takeoverReason(consent, other) === undefined) continue;
      supersedes.push({ consentId: other.id, resources: both });
    } else {
      const because = takeoverReason(other, consent);
      if (because === undefined) continue;
      await consents.supersede(consent.id, [{ by: other.id, because, resources: both }], at);
      for (const resource of both) ownResources.delete(resource);
    }
  }
  return { ownResources: [...ownResources], supersedes };
}

/** @returns resources that newer time-based consents of the user export from now on, although this one still does */
export async function takenOver(consents: ConsentStore, consent: Consent): Promise<string[]> {
  if (consent.accessType === 'one_time') return [];
  const newer = possibleTakers(await consents.activeSiblings(consent), consent);
  return consent.grantedResources.filter(
    (resource) =>
      !consent.supersededResources.includes(resource) &&
      newer.some((other) => other.grantedResources.includes(resource) && !other.supersededResources.includes(resource)),
  );
}

/**
 * The newer consents that take over resources, and why, for the result of {@link takenOver}. A newer consent may have
 * ended since.
 *
 * @returns one entry for each newer consent; `by` is null for resources whose newer consent is no longer known
 */
export async function takeoversOf(
  consents: ConsentStore,
  consent: Consent,
  resources: readonly string[],
): Promise<Takeover[]> {
  const left = new Set(resources);
  const takeovers: Takeover[] = [];
  for (const other of possibleTakers(await consents.allSiblings(consent), consent).reverse()) {
    const taken = other.grantedResources.filter((resource) => left.delete(resource));
    const because = takeoverReason(other, consent) ?? null;
    if (taken.length > 0) takeovers.push({ by: other.id, because, resources: taken });
  }
  return left.size === 0 ? takeovers : [...takeovers, { by: null, because: null, resources: [...left] }];
}

/** Those of a user's consents, oldest first, that may take over resources from an older one. */
function possibleTakers(others: readonly Consent[], consent: Consent): Consent[] {
  return others.filter(
    (other) =>
      other.accessType === 'time_based' && isOlder(consent, other) && takeoverReason(other, consent) !== undefined,
  );
}

const isOlder = (one: Consent, other: Consent): boolean =>
  one.createdAt < other.createdAt || (one.createdAt <= other.createdAt && one.id < other.id);
