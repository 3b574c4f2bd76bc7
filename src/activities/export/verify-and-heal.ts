/** Verifies a stored archive, and makes Portage download segments again that the storage damaged. */
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
   * How often damaged segments were downloaded again; undefined when a workflow of an earlier release asks, which
   * leaves that to this step.
   */
  readonly healings?: number;
}

type Verification = Awaited<ReturnType<typeof verifyStoredExport>>;

/** A storage that loses what it was given again and again is not to be fed for ever. */
const maxHealings = 2;

/** What came of a verification. */
export interface Verified {
  readonly state: EndedExportState;
  readonly verdict: Verdict;
  readonly files: number;
}

export function verifyingActivities(deps: VerificationDependencies, download: ArchiveDownload) {
  const { exports, parts, now } = deps;

  return {
    /**
     * Reads every stored byte and compares with the manifest. A corrupt archive ends the export; of any other one the
     * records are read next. Segments that are missing from the storage, or were changed there, are forgotten, and the
     * answer is `damaged`: they must be downloaded again, as long as Google still has the archive.
     *
     * @throws PortageError `SEGMENT_MISSING` or `SEGMENT_ALTERED` when the storage does not keep what it was given, and
     * what downloading throws
     */
    async verifyExport(request: VerificationRequest): Promise<Verified | { state: 'damaged' }> {
      const { consentId, exportId } = request;
      const result = await verifyHealed(deps, download, request);
      if (result === undefined) return { state: 'damaged' };
      const { findings, files, sha256, parts: verified } = result;
      for (const part of verified) {
        const found = sha256.get(part.number);
        if (found !== undefined) await parts.recordVerified(part, found, now());
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

/** @returns undefined when something is damaged and is to be downloaded again */
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
    log.warn('stored segments are damaged and are fetched anew', {
      consentId,
      exportId,
      part: part.number,
      segments: faults.length,
    });
  }
}
