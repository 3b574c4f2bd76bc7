/** Steps that delete data, of a consent or of one export. */
import { cancellationSignal, log } from '@temporalio/activity';

import { deleteConsentData, deleteExportData } from '../archive/delete-data';
import type { ActivityDependencies } from './dependencies';

type DeletionDependencies = Pick<ActivityDependencies, 'dataDeletion' | 'dataKeys' | 'parts' | 'storage' | 'now'>;

export function createDeletionActivities(deps: DeletionDependencies) {
  return {
    /** Deletes everything that was stored of a consent; resumed by repeating it. */
    async deleteData({ consentId }: { consentId: string }): Promise<void> {
      const objects = await deleteConsentData(deps, consentId, cancellationSignal());
      log.info('data of a consent deleted', { consentId, objects });
    },

    /** Deletes everything that was stored of one export; resumed by repeating it. */
    async deleteExportData(request: { consentId: string; exportId: string }): Promise<void> {
      const objects = await deleteExportData(deps, request, cancellationSignal());
      log.info('data of an export deleted', { ...request, objects });
    },
  };
}
