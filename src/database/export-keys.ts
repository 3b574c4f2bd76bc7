/** One key for each export: it seals the export's bytes and is sealed by the data key of its consent. */
import { randomBytes } from 'node:crypto';

import { and, eq, isNotNull, sql } from 'drizzle-orm';

import { PortageError } from '../domain/error-codes';
import { createVault } from '../vault';
import type { AuditRecorder } from './audit-log';
import { builtOnce, type Database } from './database';
import { keyBytes, type DataKeys } from './data-keys';
import { dataKeys as dataKeyRows, exportKeys } from './schema';

export type ExportKeys = ReturnType<typeof createExportKeys>;

/** An export and the consent that it belongs to. */
export interface ExportPlace {
  readonly consentId: string;
  readonly exportId: string;
}

const placeOf = ({ consentId, exportId }: ExportPlace) => `export_keys/${consentId}/${exportId}/key`;

export function createExportKeys(db: Database, dataKeys: DataKeys, audit: AuditRecorder) {
  const vaultOf = (dataKey: Buffer) => createVault([{ id: 'data-key', key: dataKey }]);
  /** The rows of both keys, whether or not the export exists. */
  const both = db
    .select({ data: dataKeyRows.sealedKey, isMade: exportKeys.exportId, own: exportKeys.sealedKey })
    .from(dataKeyRows)
    .leftJoin(exportKeys, eq(exportKeys.exportId, sql.placeholder('exportId')))
    .where(eq(dataKeyRows.consentId, sql.placeholder('consentId')))
    .prepare(builtOnce);
  const find = async ({ consentId, exportId }: ExportPlace) => (await both.execute({ consentId, exportId }))[0];
  const unseal = (place: ExportPlace, dataKey: Buffer, sealedKey: string | null): Buffer => {
    if (sealedKey === null) throw new PortageError('DATA_DELETED', { detail: place.exportId });
    return Buffer.from(vaultOf(dataKey).open(sealedKey, placeOf(place)), 'base64');
  };

  /**
   * @returns the 32 bytes of an export's key
   * @throws PortageError `DATA_DELETED` once it or its consent's key was destroyed, `DATA_KEY_MISSING` when there never
   * was one, and the errors of opening the data key
   */
  const open = async (place: ExportPlace): Promise<Buffer> => {
    const row = await find(place);
    if (row === undefined) throw new PortageError('DATA_KEY_MISSING', { detail: place.consentId });
    const dataKey = await dataKeys.unseal(place.consentId, row.data);
    if (row.isMade === null) throw new PortageError('DATA_KEY_MISSING', { detail: place.exportId });
    return unseal(place, dataKey, row.own);
  };

  return {
    open,

    /**
     * Makes the key of an export, and that of its consent if it is the first, or returns those that another worker
     * made.
     *
     * @throws PortageError `DATA_DELETED` once one of them was destroyed: deleted data never gets a second key
     */
    async create(place: ExportPlace, at: Date): Promise<Buffer> {
      const { consentId, exportId } = place;
      const row = await find(place);
      const dataKey =
        row === undefined ? await dataKeys.create(consentId, at) : await dataKeys.unseal(consentId, row.data);
      if (row !== undefined && row.isMade !== null) return unseal(place, dataKey, row.own);
      const key = randomBytes(keyBytes);
      const sealedKey = vaultOf(dataKey).seal(key.toString('base64'), placeOf(place));
      const made = await db
        .insert(exportKeys)
        .values({ exportId, sealedKey, createdAt: at })
        .onConflictDoNothing()
        .returning({ exportId: exportKeys.exportId });
      return made.length > 0 ? key : open(place);
    },

    /** Makes every stored byte of an export unreadable, copies included; a repeat keeps the time of the first call. */
    async destroy(place: ExportPlace, at: Date): Promise<void> {
      const { exportId } = place;
      const recordAudit = await audit.recorder();
      await db.transaction(async (tx) => {
        const never = await tx
          .insert(exportKeys)
          .values({ exportId, sealedKey: null, createdAt: at, destroyedAt: at })
          .onConflictDoNothing()
          .returning();
        const destroyed = await tx
          .update(exportKeys)
          .set({ sealedKey: null, destroyedAt: at })
          .where(and(eq(exportKeys.exportId, exportId), isNotNull(exportKeys.sealedKey)))
          .returning();
        if (never.length + destroyed.length > 0) await recordAudit(tx, { action: 'key.destroyed', ...place, at });
      });
    },
  };
}
