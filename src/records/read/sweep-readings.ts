/** Removes the output of unfinished tries of reading, whose process was killed or whose storage was unavailable. */
import type { Export } from '../../database/exports';
import { isRead, type RecordStore } from '../../database/records';
import type { Storage } from '../../storage/storage';
import { againStartedAt, knownFolder, knownOfResource, recordsPrefix } from '../store/object-keys';

export interface SweepDependencies {
  readonly storage: Pick<Storage, 'list' | 'delete'>;
  readonly records: Pick<RecordStore, 'known' | 'recordSwept'>;
  readonly now: () => Date;
}

/** A try that reads an export again may run for a day; older output belongs to no running try. */
const againWithinMs = 25 * 3_600_000;

/**
 * Only for an export that has ended: no try can end it any more, but one that reads it again can amend it, so the
 * output of such a try is kept for as long as it may run. For an export that has not ended, the try that ends it
 * removes the output of the others.
 *
 * @returns how many objects were removed
 * @throws PortageError `STORAGE_UNAVAILABLE`; the signal's reason
 */
export async function sweepReadings(deps: SweepDependencies, row: Export, signal: AbortSignal): Promise<number> {
  const { storage, records, now } = deps;
  const { id: exportId, consentId, resources } = row;
  const known = await records.known(consentId, resources);
  let removed = 0;
  const spared = new Set<string>();
  const sweep = async (
    prefix: string,
    runOf: (key: string) => string | undefined,
    isKept: (key: string) => boolean,
  ) => {
    for await (const { key } of storage.list(prefix)) {
      signal.throwIfAborted();
      const run = runOf(key);
      if (run === undefined || isKept(key)) continue;
      const startedAt = againStartedAt(run);
      if (startedAt !== undefined && now().getTime() - startedAt.getTime() < againWithinMs) spared.add(key);
      else {
        await storage.delete(key);
        removed += 1;
      }
    }
  };
  /** The name that follows the prefix in a key. */
  const nameAfter = (prefix: string) => (key: string) => key.slice(prefix.length).split('/')[0];

  const written = recordsPrefix(consentId, exportId);
  await sweep(written, nameAfter(written), (key) => isRead(row) && key.startsWith(`${written}${row.recordsRun}/`));
  for (const resource of resources) {
    const prefix = knownOfResource(consentId, resource);
    const own = `${prefix}${exportId}-`;
    const place = known.get(resource)?.place;
    const isCurrent = (key: string) =>
      place !== undefined && key.startsWith(`${knownFolder(consentId, resource, place)}/`);
    await sweep(prefix, (key) => (key.startsWith(own) ? nameAfter(own)(key) : undefined), isCurrent);
  }
  if (spared.size === 0) await records.recordSwept(exportId);
  return removed;
}
