/** The heavy steps, for a queue of their own: store every part of an archive, and verify what was stored. */
import { ApplicationFailure, log } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';

import { deleteStored } from '../archive/delete/delete-stored';
import { downloadPart } from '../archive/fetch/download-part';
import { createDownloadProgress } from '../archive/fetch/download-progress';
import { createFreshLinks } from '../archive/fetch/fresh-links';
import { exportPrefix } from '../archive/store/segment-seal';
import { sweepParts } from '../archive/store/sweep-parts';
import { createTurns, TurnOver, type Turn } from '../archive/fetch/turn';
import { findFaults, isDamage, verifyExport as verifyStored } from '../archive/verify/verify-export';
import type { Export } from '../database/exports';
import { isStored, type StoredPart } from '../database/parts';
import { PortageError } from '../domain/errors';
import { verdictOf } from '../domain/verdict';
import { exportStateOf, type EndedExportState, type Verdict } from '../domain/states';
import type { ActivityDependencies } from './dependencies';
import { cancellationSignal, progressNoter } from './progress';

type TransferDependencies = Pick<
  ActivityDependencies,
  | 'consents'
  | 'exports'
  | 'parts'
  | 'exportKeys'
  | 'grants'
  | 'dataPortability'
  | 'storage'
  | 'archiveLimits'
  | 'egress'
  | 'download'
  | 'downloadMemory'
  | 'emulatorOrigin'
  | 'now'
>;

/** A storage that loses what it was given again and again is not to be fed for ever. */
const maxHealings = 2;
/** The pause before the next turn: the step goes to the end of its queue. */
const nextTurnMs = 1_000;

/** What came of a verification. */
export interface Verified {
  readonly state: EndedExportState;
  readonly verdict: Verdict;
  readonly files: number;
}

export function createTransferActivities(deps: TransferDependencies) {
  const { exports, parts, grants, dataPortability, emulatorOrigin, now } = deps;
  const takeTurn = createTurns(deps.download.atOnce);

  const isBeingDeleted = (row: Export | undefined): boolean => row !== undefined && row.dataDeletionAt !== null;
  /** @returns the export; undefined when it is not there */
  const refuseDeleted = async (exportId: string): Promise<Export | undefined> => {
    const row = await exports.find(exportId);
    if (isBeingDeleted(row)) throw new PortageError('DATA_DELETED', { detail: exportId });
    return row;
  };

  /**
   * What is downloaded is looked up in the database, so that a repeated step, in whatever state it finds the parts,
   * brings them to the same end.
   *
   * @returns every part of the archive
   */
  const downloadAll = async (
    { consentId, exportId, archiveJobId }: { consentId: string; exportId: string; archiveJobId: string },
    turn: Turn,
  ): Promise<StoredPart[]> => {
    const askArchive = async () => {
      const archive = await grants.call(consentId, 'getPortabilityArchiveState', (token) =>
        dataPortability.getArchiveState(token, archiveJobId),
      );
      if (archive.state === 'COMPLETE') return archive;
      throw new PortageError('GOOGLE_UNEXPECTED', { detail: `a complete archive became ${archive.state}` });
    };
    const row = await refuseDeleted(exportId);
    const consent = await deps.consents.find(consentId);
    const borrower = { consentId, hostAppId: consent?.hostAppId ?? '' };
    const key = await deps.exportKeys.create({ consentId, exportId }, now());
    const archive = await askArchive();
    const links = createFreshLinks(archive.urls, async () => (await askArchive()).urls, emulatorOrigin);
    const objects = links.objects();
    // Two links may lead to one object, which is one part.
    const { exportTime } = archive;
    const isBegun =
      row?.state === 'downloading' &&
      row.partsTotal === objects.length &&
      row.exportTime?.getTime() === exportTime?.getTime();
    if (!isBegun) await exports.beginDownload(exportId, { parts: objects.length, exportTime });
    const all: StoredPart[] = [];
    const progress = createDownloadProgress(objects.length, (state) => parts.recordProgress(exportId, state, now()));
    try {
      for (const object of objects) {
        const part = await parts.claim(exportId, object);
        const signal = cancellationSignal();
        const order = { ...deps.download, borrower, turn, key, part, links, progress, signal };
        const stored = await downloadPart({ ...deps, memory: deps.downloadMemory }, order);
        all.push(stored);
        if (part.state === 'downloading') {
          log.info('part stored', { consentId, exportId, part: stored.number, bytes: stored.bytes });
        }
      }
    } catch (error) {
      // What this try stored after the deletion had looked is nobody else's to remove.
      if (isBeingDeleted(await exports.find(exportId))) {
        await deleteStored(deps.storage, exportPrefix(consentId, exportId), cancellationSignal());
        throw new PortageError('DATA_DELETED', { detail: exportId, cause: error });
      }
      throw error;
    } finally {
      await progress.flush();
    }
    // An object that Google no longer lists was replaced by one that it does list.
    await parts.dropOthers(exportId, new Set(objects));
    await sweepParts(deps, consentId, exportId);
    if (!(await exports.beginVerification(exportId))) await refuseDeleted(exportId);
    return all;
  };

  /** @throws ApplicationFailure when the turn is over: the step is repeated at the end of the queue, with what is stored */
  const download = async (request: Parameters<typeof downloadAll>[0]): Promise<StoredPart[]> => {
    try {
      return await takeTurn((turn) => downloadAll(request, turn));
    } catch (error) {
      if (!(error instanceof TurnOver)) throw error;
      log.info('download lets others have its slot', { consentId: request.consentId, exportId: request.exportId });
      throw ApplicationFailure.create({
        message: error.message,
        type: error.name,
        category: ApplicationFailureCategory.BENIGN,
        nextRetryDelay: nextTurnMs,
      });
    }
  };

  /**
   * Verifies what is stored.
   *
   * @param healings how often a download has fetched anew what was damaged; undefined when a workflow of an earlier
   * release asks, which leaves that to this step
   * @returns undefined when something is damaged and is to be downloaded again
   */
  const verifyHealed = async (consentId: string, exportId: string, healings: number | undefined) => {
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
        return await verifyStored(deps, stored, watch, isWhole ? known : await parts.list(exportId));
      } catch (error) {
        if (!isDamage(error) || done >= maxHealings) throw error;
        for (const { part, faults } of await findFaults(deps, stored, signal)) {
          await parts.forgetSegments(
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
    }
  };

  return {
    /**
     * Stores every part that is not stored yet, segment by segment. Each try begins with fresh links, which are never
     * kept (docs/google-api.md §7), and with what the database knows to be stored; a part is recognised by its object,
     * so the order of links does not matter.
     *
     * @returns the number of parts and their length in bytes
     * @throws PortageError `DATA_DELETED` when the data is being deleted; what {@link downloadPart} throws
     */
    async downloadArchive(request: {
      consentId: string;
      exportId: string;
      archiveJobId: string;
    }): Promise<{ parts: number; bytes: number }> {
      const stored = await download(request);
      return { parts: stored.length, bytes: stored.reduce((sum, part) => sum + part.bytes, 0) };
    },

    /**
     * Reads every stored byte and compares with the manifest. A corrupt archive ends the export; of any other one the
     * records are read next. Segments that are missing from the storage, or were changed there, are forgotten, and the
     * answer is `damaged`: they are to be downloaded once more, as long as Google still has the archive.
     *
     * @throws PortageError `SEGMENT_MISSING` or `SEGMENT_ALTERED` when the storage does not keep what it was given, and
     * what downloading throws
     */
    async verifyExport(request: {
      consentId: string;
      exportId: string;
      healings?: number;
    }): Promise<Verified | { state: 'damaged' }> {
      const { consentId, exportId, healings } = request;
      const result = await verifyHealed(consentId, exportId, healings);
      if (result === undefined) return { state: 'damaged' };
      const { findings, files, sha256, parts: verified } = result;
      for (const part of verified) {
        const found = sha256.get(part.number);
        if (found !== undefined) await deps.parts.recordVerified(part, found, now());
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
