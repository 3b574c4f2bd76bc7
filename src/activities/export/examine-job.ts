/** Asks Google about a job that a refusal names. */
import type { Export } from '../../database/exports';
import { PortageError } from '../../domain/error-codes';
import type { FinderDependencies } from './job-owner';

/** A job with a start this much before our request belongs to another request; Google's clock and ours may differ. */
const earlierByMs = 10 * 60_000;

/**
 * The job that a refusal names, with its own window when it was started for an earlier request. Undefined when the job
 * is gone, or has resources that this consent was not granted, so that it belongs to another consent.
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
