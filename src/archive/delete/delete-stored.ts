/** Removes everything that is stored below a prefix, however much it is. */
import type { Storage } from '../../storage/storage';

/** How many objects are removed at once: a round trip to an object store each. */
const concurrency = 16;

/**
 * Lists and removes until nothing is found, because a worker that does not know of the deletion yet may still store
 * objects. After an interruption, a repeat removes the rest.
 *
 * @returns how many objects were removed
 * @throws PortageError `STORAGE_UNAVAILABLE`; the signal's reason
 */
export async function deleteStored(
  storage: Pick<Storage, 'list' | 'delete'>,
  prefix: string,
  signal: AbortSignal,
): Promise<number> {
  let removed = 0;
  for (;;) {
    const before = removed;
    let batch: string[] = [];
    const removeBatch = async () => {
      signal.throwIfAborted();
      await Promise.all(batch.map((key) => storage.delete(key)));
      removed += batch.length;
      batch = [];
    };
    for await (const { key } of storage.list(prefix)) {
      batch.push(key);
      if (batch.length === concurrency) await removeBatch();
    }
    await removeBatch();
    if (removed === before) return removed;
  }
}
