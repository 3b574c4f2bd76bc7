/**
 * Deletes all data that is due now, for the workflow that keeps to RETENTION and for the command that does it at once.
 */
import type { Retention } from '../../domain/policy';
import { deleteConsentData, deleteExportData, type DeleteDataDependencies } from './delete-data';

/** The target of a deletion: the data of an export, or all data of a consent. */
export interface Deleted {
  readonly consentId: string;
  readonly exportId: string | undefined;
  /** How many objects were removed. */
  readonly objects: number;
}

const rowsPerPage = 100;

/**
 * Consents whose deletion has begun come first, since their keys may still exist; then every export that is due.
 *
 * @param retention undefined where data is kept until its deletion is requested
 * @yields each deletion, once it is complete
 * @throws PortageError `STORAGE_UNAVAILABLE`; the signal's reason
 */
export async function* deleteDue(
  deps: DeleteDataDependencies,
  retention: Retention | undefined,
  signal: AbortSignal,
): AsyncGenerator<Deleted, void> {
  const { dataDeletion, now } = deps;
  for (let page = await dataDeletion.unfinished(rowsPerPage); page.length > 0;) {
    for (const consentId of page) {
      yield { consentId, exportId: undefined, objects: await deleteConsentData(deps, consentId, signal) };
    }
    page = await dataDeletion.unfinished(rowsPerPage);
  }
  for (;;) {
    const page = await dataDeletion.due(retention, now(), rowsPerPage);
    for (const { id: exportId, consentId } of page) {
      yield { consentId, exportId, objects: await deleteExportData(deps, { consentId, exportId }, signal) };
    }
    if (page.length < rowsPerPage) return;
  }
}
