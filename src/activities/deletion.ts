/** Steps that delete data: the key first, so that from that moment no copy can be read, then every byte and row. */
import { cancellationSignal, log } from '@temporalio/activity';

import { deleteStored } from '../archive/delete-stored';
import { consentPrefix, exportPrefix } from '../archive/segment-seal';
import type { ActivityDependencies } from './dependencies';

type DeletionDependencies = Pick<ActivityDependencies, 'dataDeletion' | 'dataKeys' | 'parts' | 'storage' | 'now'>;

export function createDeletionActivities({ dataDeletion, dataKeys, parts, storage, now }: DeletionDependencies) {
  return {
    /**
     * Deletes everything that was stored of a consent, and tells the host app once; what stays are ids, states, times
     * and counts. Each step may run twice, so a deletion that was broken off is resumed by repeating it.
     */
    async deleteData({ consentId }: { consentId: string }): Promise<void> {
      const exportIds = await dataDeletion.beginConsent(consentId, now());
      await dataKeys.destroy(consentId, now());
      for (const exportId of exportIds) await parts.dropAll(exportId);
      const objects = await deleteStored(storage, consentPrefix(consentId), cancellationSignal());
      await dataDeletion.concludeConsent(consentId, now());
      log.info('data of a consent deleted', { consentId, objects });
    },

    /**
     * The same for one export of a consent that goes on: its key is the consent's, which other exports need, so only
     * bytes and rows go.
     */
    async deleteExportData({ consentId, exportId }: { consentId: string; exportId: string }): Promise<void> {
      await dataDeletion.beginExport(exportId, now());
      await parts.dropAll(exportId);
      const objects = await deleteStored(storage, exportPrefix(consentId, exportId), cancellationSignal());
      await dataDeletion.concludeExport(exportId, now());
      log.info('data of an export deleted', { consentId, exportId, objects });
    },
  };
}
