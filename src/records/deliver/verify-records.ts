/** Whether what a reading stored of an export is still all there, and as it was stored. */
import type { DataKeys } from '../../database/data-keys';
import type { Export } from '../../database/exports';
import { isRead } from '../../database/records';
import type { Storage } from '../../storage/storage';
import { findMissing } from '../store/object-index';
import { recordsFolder } from '../store/places';
import { createSealedObjects } from '../store/sealed-objects';

export interface VerifyRecordsDependencies {
  readonly dataKeys: Pick<DataKeys, 'open'>;
  readonly storage: Pick<Storage, 'put' | 'get' | 'list' | 'delete'>;
}

/**
 * Reads every stored object of an export's records.
 *
 * @returns the objects that are gone, or are not what was stored; undefined when the records were not read
 * @throws PortageError `DATA_DELETED`, `STORAGE_…`; the signal's reason
 */
export async function verifyRecords(
  { dataKeys, storage }: VerifyRecordsDependencies,
  row: Export,
  signal: AbortSignal,
): Promise<string[] | undefined> {
  if (!isRead(row)) return undefined;
  const store = createSealedObjects(storage, await dataKeys.open(row.consentId));
  return findMissing(store, recordsFolder(row.consentId, row.id, row.recordsRun), signal);
}
