/** Deletes data: the key first, so that from that moment no copy can be read, then every row and byte. */
import type { DataDeletionStore } from '../../database/data-deletion';
import type { DataKeys } from '../../database/data-keys';
import type { ExportKeys } from '../../database/export-keys';
import type { PartStore } from '../../database/parts';
import type { Storage } from '../../storage/storage';
import { deleteStored } from './delete-stored';
import { consentPrefix, exportPrefix } from '../store/segment-seal';

export interface DeleteDataDependencies {
  readonly dataDeletion: DataDeletionStore;
  readonly dataKeys: Pick<DataKeys, 'destroy'>;
  readonly exportKeys: Pick<ExportKeys, 'destroy'>;
  readonly parts: PartStore;
  readonly storage: Storage;
  readonly now: () => Date;
}

/**
 * Deletes all stored data of a consent, and records the event `data.deleted` once. Ids, states, times and counts stay.
 * Each step may run twice, so an interrupted deletion is resumed by repeating it.
 *
 * @returns how many objects were removed
 * @throws PortageError `STORAGE_UNAVAILABLE`; the signal's reason
 */
export async function deleteConsentData(
  { dataDeletion, dataKeys, parts, storage, now }: Omit<DeleteDataDependencies, 'exportKeys'>,
  consentId: string,
  signal: AbortSignal,
): Promise<number> {
  const exportIds = await dataDeletion.beginConsent(consentId, now());
  await dataKeys.destroy(consentId, now());
  for (const exportId of exportIds) await parts.dropAll(exportId);
  const objects = await deleteStored(storage, consentPrefix(consentId), signal);
  await dataDeletion.concludeConsent(consentId, now());
  return objects;
}

/**
 * Deletes one export of a consent that continues: the other exports have their own keys. Its records are deleted too.
 * The sealed list of hashes of known records stays until the consent ends, so that the next export does not report the
 * same records as new.
 */
export async function deleteExportData(
  { dataDeletion, exportKeys, parts, storage, now }: Omit<DeleteDataDependencies, 'dataKeys'>,
  { consentId, exportId }: { consentId: string; exportId: string },
  signal: AbortSignal,
): Promise<number> {
  await dataDeletion.beginExport(exportId, now());
  await exportKeys.destroy({ consentId, exportId }, now());
  await parts.dropAll(exportId);
  const objects = await deleteStored(storage, exportPrefix(consentId, exportId), signal);
  await dataDeletion.concludeExport(exportId, now());
  return objects;
}
