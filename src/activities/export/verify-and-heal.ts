/** Verifies a stored archive, and requests another download of segments that the storage has damaged. */
import { log } from '@temporalio/activity';

import { findFaults, isDamage, verifyStoredExport } from '../../archive/verify/verify-stored-export';
import { isStored } from '../../database/parts';
import { exportStateOf, type EndedExportState, type Verdict } from '../../domain/states';
import { verdictOf } from '../../domain/verdict';
import type { ActivityDependencies } from '../dependencies';
import { cancellationSignal, progressNoter } from '../progress';
import type { ArchiveDownload } from './download-archive';

export type VerificationDependencies = Pick<
  ActivityDependencies,
  'exports' | 'parts' | 'exportKeys' | 'storage' | 'archiveLimits' | 'now'
>;

export interface VerificationRequest {
  readonly consentId: string;
  readonly exportId: string;
  /**
   * How often damaged segments were downloaded again. Undefined for a workflow of an earlier release, for which this
   * step downloads them.
   */
  readonly healings?: number;
}

type Verification = Awaited<ReturnType<typeof verifyStoredExport>>;

/** Limit for a storage that loses the same objects again and again. */
const maxHealings = 2;

/** The result of a verification. */
export interface Verified {
  readonly state: EndedExportState;
  readonly verdict: Verdict;
  readonly files: number;
}

export function verifyingActivities(deps: VerificationDependencies, download: ArchiveDownload) {
  const { exports, parts, now } = deps;

  return {
    /**
     * Reads every stored byte and compares it with the manifest. A corrupt archive ends the export; of any other
     * archive the records are read next. When segments are missing in the storage or were changed there, their rows are
     * deleted and the result is `damaged`: they must be downloaded again, while Google still has the archive.
     *
     * @throws PortageError `SEGMENT_MISSING` or `SEGMENT_ALTERED` when the storage does not keep the objects that it
     * received, and the errors of downloading
     */
    async verifyExport(request: VerificationRequest): Promise<Verified | { state: 'damaged' }> {
      const { consentId, exportId } = request;
      const result = await verifyHealed(deps, download, request);
      if (result === undefined) return { state: 'damaged' };
      const { findings, files, sha256, parts: verified } = result;
      for (const part of verified) {
        const partSha256 = sha256.get(part.number);
        if (partSha256 !== undefined) await parts.recordVerified(part, partSha256, now());
      }
      const verdict = verdictOf(findings);
      const state = exportStateOf(verdict);
      if (state === 'failed') await exports.conclude(exportId, { verdict, findings, files }, now());
      else await exports.recordVerdict(exportId, { verdict, findings, files });
      log.info('export verified', { consentId, exportId, verdict, files });
      return { state, verdict, files };
    },
  };
}

/** @returns undefined when segments are damaged and have to be downloaded again */
async function verifyHealed(
  deps: VerificationDependencies,
  download: ArchiveDownload,
  { consentId, exportId, healings }: VerificationRequest,
): Promise<Verification | undefined> {
  const { exports, parts } = deps;
  const signal = cancellationSignal();
  for (let done = healings ?? 0; ; done += 1) {
    const row = await exports.find(exportId);
    const stored = { id: exportId, consentId, partsTotal: row?.partsTotal ?? null };
    const known = await parts.listAll(exportId);
    const isWhole = known.every(isStored);
    if (!isWhole && row?.archiveJobId != null) {
      if (healings !== undefined) return undefined;
      await download({ consentId, exportId, archiveJobId: row.archiveJobId });
    }
    try {
      const watch = { signal, onProgress: progressNoter() };
      return await verifyStoredExport(deps, stored, watch, isWhole ? known : await parts.list(exportId));
    } catch (error) {
      if (!isDamage(error) || done >= maxHealings) throw error;
      await forgetDamaged(deps, stored, signal);
    }
  }
}

/** Deletes the rows of damaged segments, so that the next download fetches them again. */
async function forgetDamaged(
  deps: VerificationDependencies,
  stored: Parameters<typeof findFaults>[1],
  signal: AbortSignal,
): Promise<void> {
  const { id: exportId, consentId } = stored;
  for (const { part, faults } of await findFaults(deps, stored, signal)) {
    await deps.parts.forgetSegments(
      part,
      faults.map(({ segment }) => segment),
    );
    log.warn('stored segments are damaged and are downloaded again', {
      consentId,
      exportId,
      part: part.number,
      segments: faults.length,
    });
  }
}
