/** Looks at Google at a job that a refusal names. */
import type { Export } from '../../database/exports';
import { PortageError } from '../../domain/error-codes';
import type { FinderDependencies } from './job-owner';

/** A job that Google dates this much before our request was started for another one; its clock and ours may differ. */
const earlierByMs = 10 * 60_000;

/**
 * A job that a refusal names, with its own window where it was started for an earlier request; none when it is gone, or
 * has resources that this consent was not granted: it is another consent's then.
 */
export async function examine({ grants, dataPortability }: FinderDependencies, row: Export, archiveJobId: string) {
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
}
