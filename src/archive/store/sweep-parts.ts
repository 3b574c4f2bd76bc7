/** Removes stored segments that belong to no part any more: the object changed, or Google no longer lists it. */
import type { PartStore } from '../../database/parts';
import type { Storage } from '../../storage/storage';
import { partsPrefix, segmentsPrefix } from './segment-seal';

/**
 * Lists the storage before it reads the rows of the parts: a part has a row before its first segment is stored, so
 * nothing of a part that another worker begins meanwhile is treated as a leftover.
 *
 * @returns how many objects were removed
 */
export async function sweepParts(
  { storage, parts }: { storage: Pick<Storage, 'list' | 'delete'>; parts: Pick<PartStore, 'listAll'> },
  consentId: string,
  exportId: string,
): Promise<number> {
  const prefix = partsPrefix(consentId, exportId);
  const leftovers = new Set<string>();
  for await (const { key } of storage.list(prefix)) leftovers.add(`${key.slice(0, key.lastIndexOf('/'))}/`);
  for (const { number, version } of await parts.listAll(exportId)) {
    if (version !== null) leftovers.delete(segmentsPrefix({ consentId, exportId, partNumber: number, version }));
  }
  let removed = 0;
  for (const leftover of leftovers) {
    for await (const { key } of storage.list(leftover)) {
      await storage.delete(key);
      removed += 1;
    }
  }
  return removed;
}
