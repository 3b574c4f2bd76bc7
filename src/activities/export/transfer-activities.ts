/** The heavy steps, on their own queues: store every part of an archive, and verify the stored parts. */
import { createArchiveDownload, type DownloadDependencies, type DownloadRequest } from './download-archive';
import { verifyingActivities, type VerificationDependencies } from './verify-and-heal';

export function createTransferActivities(deps: DownloadDependencies & VerificationDependencies) {
  const download = createArchiveDownload(deps);

  return {
    /**
     * Stores every part that is not stored yet, segment by segment. Each try begins with fresh links, which are never
     * stored (docs/google-api.md §7), and skips the segments that the database lists; a part is recognised by its
     * object, so the order of links does not matter.
     *
     * @returns the number of parts and their length in bytes
     * @throws PortageError `DATA_DELETED` when the data is being deleted; the errors of {@link downloadPart}
     */
    async downloadArchive(request: DownloadRequest): Promise<{ parts: number; bytes: number }> {
      const stored = await download(request);
      return { parts: stored.length, bytes: stored.reduce((sum, part) => sum + part.bytes, 0) };
    },

    ...verifyingActivities(deps, download),
  };
}
