/** The heavy steps, for a queue of their own: store every part of an archive, and verify what was stored. */
import { cancellationSignal, heartbeat, log } from '@temporalio/activity';

import { checkLink, objectHash } from '../archive/download-link';
import { fetchPart } from '../archive/fetch-part';
import { verifyExport as verifyStored } from '../archive/verify-export';
import { PortageError } from '../domain/errors';
import { verdictOf } from '../domain/verdict';
import type { EndedExportState, Verdict } from '../domain/states';
import { partKey } from '../storage/storage';
import type { ActivityDependencies } from './dependencies';

type TransferDependencies = Pick<
  ActivityDependencies,
  | 'exports'
  | 'parts'
  | 'dataKeys'
  | 'grants'
  | 'dataPortability'
  | 'storage'
  | 'archiveLimits'
  | 'emulatorOrigin'
  | 'now'
>;

export function createTransferActivities(deps: TransferDependencies) {
  const { exports, grants, dataPortability, storage, emulatorOrigin, now } = deps;

  return {
    /**
     * Stores every part that is not stored yet. Each try begins with fresh links, which are never kept
     * (docs/google-api.md §7); a part is recognised by its object, so the order of links does not matter.
     *
     * @returns the number of parts and their length in bytes
     * @throws PortageError `ARCHIVE_EXPIRED` when Google no longer has the archive; what {@link fetchPart} throws
     */
    async downloadArchive(request: {
      consentId: string;
      exportId: string;
      archiveJobId: string;
    }): Promise<{ parts: number; bytes: number }> {
      const { consentId, exportId, archiveJobId } = request;
      const archive = await grants.call(consentId, 'getPortabilityArchiveState', (token) =>
        dataPortability.getArchiveState(token, archiveJobId),
      );
      if (archive.state !== 'COMPLETE') {
        throw new PortageError('GOOGLE_UNEXPECTED', { detail: `a complete archive became ${archive.state}` });
      }
      await exports.beginDownload(exportId, { parts: archive.urls.length, exportTime: archive.exportTime });

      const objects = new Set<string>();
      for (const link of archive.urls) {
        const object = objectHash(checkLink(link, emulatorOrigin));
        objects.add(object);
        const { number, stored } = await exports.partNumber(exportId, object);
        if (stored) continue;
        const fetched = await fetchPart({
          link,
          storage,
          key: partKey(consentId, exportId, number),
          emulatorOrigin,
          signal: cancellationSignal(),
          onBytes: () => heartbeat(),
        });
        await exports.recordPart({ exportId, number, objectHash: object, ...fetched, storedAt: now() });
        log.info('part stored', { consentId, exportId, part: number, bytes: fetched.bytes });
      }
      // An object that Google no longer lists was replaced by one that it does list.
      for (const number of await exports.dropOtherParts(exportId, objects)) {
        await storage.delete(partKey(consentId, exportId, number));
      }
      await exports.beginVerification(exportId);
      const parts = await exports.listParts(exportId);
      return { parts: parts.length, bytes: parts.reduce((sum, part) => sum + part.bytes, 0) };
    },

    /** Reads every stored byte, compares with the manifest, and ends the export with the verdict. */
    async verifyExport(request: {
      consentId: string;
      exportId: string;
    }): Promise<{ state: EndedExportState; verdict: Verdict; files: number }> {
      const { consentId, exportId } = request;
      const { partsTotal } = (await exports.find(exportId)) ?? { partsTotal: null };
      const { findings, files, sha256, parts } = await verifyStored(
        deps,
        { id: exportId, consentId, partsTotal },
        { signal: cancellationSignal(), onProgress: () => heartbeat() },
      );
      for (const part of parts) {
        const found = sha256.get(part.number);
        if (found !== undefined) await deps.parts.recordVerified(part, found, now());
      }
      const verdict = verdictOf(findings);
      const state = await exports.conclude(exportId, { verdict, findings, files }, now());
      log.info('export verified', { consentId, exportId, verdict, files });
      return { state, verdict, files };
    },
  };
}
