/** The step that deletes all data of a consent. */
import { log } from '@temporalio/activity';

import { deleteConsentData } from '../archive/delete/delete-data';
import type { ActivityDependencies } from './dependencies';
import { cancellationSignal } from './progress';

type DeletionDependencies = Pick<ActivityDependencies, 'dataDeletion' | 'dataKeys' | 'parts' | 'storage' | 'now'>;

export function createDeletionActivities(deps: DeletionDependencies) {
  return {
    /** Deletes everything that was stored of a consent; resumed by repeating it. */
    async deleteData({ consentId }: { consentId: string }): Promise<void> {
      const objects = await deleteConsentData(deps, consentId, cancellationSignal());
      log.info('data of a consent deleted', { consentId, objects });
    },
  };
}
