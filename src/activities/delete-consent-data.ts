/** The step that deletes all data of a consent. */
import { log } from '@temporalio/activity';

import { deleteConsentData } from '../archive/delete/delete-data';
import { eraseRemains } from '../archive/delete/erase-database-remains';
import { PortageError } from '../domain/error-codes';
import type { ActivityDependencies } from './dependencies';
import { findConsent } from './find-stored';
import { cancellationSignal } from './progress';

type DeletionDependencies = Pick<
  ActivityDependencies,
  'consents' | 'dataDeletion' | 'dataKeys' | 'parts' | 'storage' | 'now'
>;

export function createDeletionActivities(deps: DeletionDependencies) {
  return {
    /**
     * Deletes everything that was stored of a consent; a repeat resumes the deletion.
     *
     * @throws PortageError `REQUEST_INVALID` when the database has no request for it, whatever the workflow's input was
     */
    async deleteData({ consentId }: { consentId: string }): Promise<void> {
      const { stopWanted, dataDeletionAt } = await findConsent(deps.consents, consentId);
      if (stopWanted !== 'deleted' && dataDeletionAt === null) {
        throw new PortageError('REQUEST_INVALID', {
          detail: `no request to delete the data of ${consentId}`,
        });
      }
      const objects = await deleteConsentData(deps, consentId, cancellationSignal());
      log.info('data of a consent deleted', { consentId, objects });
      await eraseRemains(deps, log);
    },
  };
}
