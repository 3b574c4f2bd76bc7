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
 */
export async function askAccess(
  { consents, grants, dataPortability }: Pick<ActivityDependencies, 'consents' | 'grants' | 'dataPortability'>,
  consent: Consent,
): Promise<Access | undefined> {
  try {
    const access = await grants.call(consent.id, 'accessType.check', (token) => dataPortability.checkAccessType(token));
    // With one resource in each job, a mixed grant does no harm: each resource has the access that Google names for it.
    const accessType: AccessType =
      access.timeBased.length > 0
        ? 'time_based'
        : access.oneTime.length > 0
          ? 'one_time'
          : (consent.accessType ?? 'one_time');
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
