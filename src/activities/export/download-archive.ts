/** Stores every part of an archive. */
import { ApplicationFailure, log } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';

import { deleteStored } from '../../archive/delete/delete-stored';
import { downloadPart } from '../../archive/fetch/download-part';
import { createDownloadProgress } from '../../archive/fetch/download-progress';
import { createFreshLinks } from '../../archive/fetch/fresh-links';
import { createTurns, TurnOver, type Turn } from '../../archive/fetch/download-turns';
import { exportPrefix } from '../../archive/store/segment-seal';
import { sweepParts } from '../../archive/store/sweep-parts';
import type { Export } from '../../database/exports';
import type { StoredPart } from '../../database/parts';
import { PortageError } from '../../domain/error-codes';
import type { ActivityDependencies } from '../dependencies';
import { cancellationSignal } from '../progress';

export type DownloadDependencies = Pick<
  ActivityDependencies,
  | 'consents'
  | 'exports'
  | 'parts'
  | 'exportKeys'
  | 'grants'
  | 'dataPortability'
  | 'storage'
  | 'egress'
  | 'download'
  | 'downloadMemory'
  | 'emulatorOrigin'
  | 'now'
>;

export interface DownloadRequest {
  readonly consentId: string;
  readonly exportId: string;
  readonly archiveJobId: string;
}

/** The pause before the next turn: the step goes to the end of its queue. */
const nextTurnMs = 1_000;

export type ArchiveDownload = ReturnType<typeof createArchiveDownload>;

/** @returns a function that downloads an archive, and whose calls take turns (`DownloadSettings.atOnce`) */
export function createArchiveDownload(deps: DownloadDependencies) {
  const takeTurn = createTurns(deps.download.atOnce);

  /**
   * @returns every part of the archive
   * @throws ApplicationFailure when the turn is over: the step is repeated at the end of the queue; stored bytes are
   * kept
   */
  return async (request: DownloadRequest): Promise<StoredPart[]> => {
    try {
      return await takeTurn((turn) => downloadAll(deps, request, turn));
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
}

/** The step reads from the database what is left to download, so a repeat finishes the download from any state. */
async function downloadAll(deps: DownloadDependencies, request: DownloadRequest, turn: Turn): Promise<StoredPart[]> {
  const { exports, parts, now } = deps;
  const { consentId, exportId } = request;
  const row = await refuseDeleted(deps, exportId);
  const consent = await deps.consents.find(consentId);
  const borrower = { consentId, hostAppId: consent?.hostAppId ?? '' };
  const key = await deps.exportKeys.create({ consentId, exportId }, now());
  const { urls, exportTime } = await askArchive(deps, request);
  const links = createFreshLinks(urls, async () => (await askArchive(deps, request)).urls, deps.emulatorOrigin);
  // Two links may lead to one object, which is one part.
  const objects = links.objects();
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
    // The deletion may have listed the objects before this try stored more, so this try has to delete its own.
    if (isBeingDeleted(await exports.find(exportId))) {
      await deleteStored(deps.storage, exportPrefix(consentId, exportId), cancellationSignal());
      throw new PortageError('DATA_DELETED', { detail: exportId, cause: error });
    }
    throw error;
  } finally {
    await progress.flush();
  }
  // An object that Google no longer lists was replaced by a listed one.
  await parts.dropOthers(exportId, new Set(objects));
  await sweepParts(deps, consentId, exportId);
  if (!(await exports.beginVerification(exportId))) await refuseDeleted(deps, exportId);
  return all;
}

/** @returns the archive with fresh links, which are never stored (docs/google-api.md §7) */
async function askArchive({ grants, dataPortability }: DownloadDependencies, request: DownloadRequest) {
  const { consentId, archiveJobId } = request;
  const archive = await grants.call(consentId, 'getPortabilityArchiveState', (token) =>
    dataPortability.getArchiveState(token, archiveJobId),
  );
  if (archive.state === 'COMPLETE') return archive;
  throw new PortageError('GOOGLE_UNEXPECTED', { detail: `a complete archive became ${archive.state}` });
}

/** @returns the export; undefined when it does not exist */
async function refuseDeleted({ exports }: DownloadDependencies, exportId: string): Promise<Export | undefined> {
  const row = await exports.find(exportId);
  if (isBeingDeleted(row)) throw new PortageError('DATA_DELETED', { detail: exportId });
  return row;
}

function isBeingDeleted(row: Export | undefined): boolean {
  return row !== undefined && row.dataDeletionAt !== null;
}
