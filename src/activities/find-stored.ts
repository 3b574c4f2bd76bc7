/** Reads the rows that a step works on, and fails if one does not exist. */
import type { Consent, ConsentStore } from '../database/consents';
import type { Export, ExportStore } from '../database/exports';
import { PortageError } from '../domain/error-codes';

/** @throws PortageError `NOT_FOUND` */
export async function findConsent(consents: Pick<ConsentStore, 'find'>, consentId: string): Promise<Consent> {
  const consent = await consents.find(consentId);
  if (consent === undefined) throw new PortageError('NOT_FOUND', { detail: `consent ${consentId}` });
  return consent;
}

/** @throws PortageError `NOT_FOUND` */
export async function findExport(exports: Pick<ExportStore, 'find'>, exportId: string): Promise<Export> {
  const row = await exports.find(exportId);
  if (row === undefined) throw new PortageError('NOT_FOUND', { detail: `export ${exportId}` });
  return row;
}
