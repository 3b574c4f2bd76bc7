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
 * Deletes everything that was stored of a consent, and tells the host app once; what stays are ids, states, times and
 * counts. Each step may run twice, so a deletion that was broken off is resumed by repeating it.
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
 * The same for one export of a consent that goes on: the other exports have keys of their own. Its records go too; what
 * is known of its resources, hashes that lie sealed beside the exports, is what keeps the next export from telling the
 * same records again, and goes with the consent's end.
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
