/** Removes what is stored of parts that are none any more: of an object that changed, or that Google lists no longer. */
import type { PartStore } from '../../database/parts';
import type { Storage } from '../../storage/storage';
import { partsPrefix, segmentsPrefix } from './segment-seal';

/**
 * Looks at what is stored before it looks at which parts there are: a part is written down before its first segment is
 * stored, so nothing of a part that another worker begins meanwhile is treated as a leftover.
 *
 * @returns how many objects were removed
 */
export async function sweepParts(
  { storage, parts }: { storage: Pick<Storage, 'list' | 'delete'>; parts: Pick<PartStore, 'listAll'> },
  consentId: string,
  exportId: string,
): Promise<number> {
  const prefix = partsPrefix(consentId, exportId);
  const found = new Set<string>();
  for await (const { key } of storage.list(prefix)) found.add(`${key.slice(0, key.lastIndexOf('/'))}/`);
  for (const { number, version } of await parts.listAll(exportId)) {
    if (version !== null) found.delete(segmentsPrefix({ consentId, exportId, partNumber: number, version }));
  }
  let removed = 0;
  for (const leftover of found) {
    for await (const { key } of storage.list(leftover)) {
      await storage.delete(key);
      removed += 1;
    }
  }
  return removed;
}
