/** Which access the user chose on Google's screen. */
import { log } from '@temporalio/activity';

import type { Consent } from '../../database/consents';
import { PortageError } from '../../domain/error-codes';
import type { AccessType } from '../../domain/states';
import type { ActivityDependencies } from '../dependencies';

export interface Access {
  readonly accessType: AccessType;
  /** Resources that were granted once. The same grant may also hold time-based ones. */
  readonly oneTime: ReadonlySet<string>;
}

/**
 * Asks Google which access the user chose. The access type of the token response is stored too: a mismatch is logged,
 * and Google's present answer counts (docs/google-api.md §6).
 *
 * @returns undefined when the grant has ended
 * @throws PortageError `GOOGLE_UNEXPECTED` when no answer of Google has named the access so far: a time-based consent that
 * is taken for a one-time one would be reset after its first export
 */
export async function askAccess(
  { consents, grants, dataPortability }: Pick<ActivityDependencies, 'consents' | 'grants' | 'dataPortability'>,
  consent: Consent,
): Promise<Access | undefined> {
  try {
    const access = await grants.call(consent.id, 'accessType.check', (token) => dataPortability.checkAccessType(token));
    // With one resource in each job, a mixed grant does no harm: each resource has the access that Google names for it.
    const accessType = accessNamedBy(access) ?? consent.accessType;
    if (accessType === null) {
      throw new PortageError('GOOGLE_UNEXPECTED', { detail: 'the answer of accessType.check names no resource' });
    }
    if (consent.accessType !== null && consent.accessType !== accessType) {
      const before = consent.accessType;
      log.warn('access type differs from the token response', { consentId: consent.id, before, accessType });
    }
    await consents.setAccessType(consent.id, accessType);
    return { accessType, oneTime: new Set(access.oneTime) };
  } catch (error) {
    if (error instanceof PortageError && error.code === 'GRANT_ENDED') return undefined;
    throw error;
  }
}

/** The access that Google's answer names; null when it names no resource. */
function accessNamedBy({ oneTime, timeBased }: { oneTime: string[]; timeBased: string[] }): AccessType | null {
  if (timeBased.length > 0) return 'time_based';
  return oneTime.length > 0 ? 'one_time' : null;
}
