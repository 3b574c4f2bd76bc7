/** One key for each export: it seals the export's bytes and is sealed by the data key of its consent. */
import { randomBytes } from 'node:crypto';

import { and, eq, isNotNull } from 'drizzle-orm';

import { PortageError } from '../domain/errors';
import { createVault } from '../vault';
import { recordAudit } from './audit-log';
import type { Database } from './connect';
import { keyBytes, type DataKeys } from './data-keys';
import { exportKeys } from './schema';

export type ExportKeys = ReturnType<typeof createExportKeys>;

/** An export and the consent that it belongs to. */
export interface ExportPlace {
  readonly consentId: string;
  readonly exportId: string;
}

const placeOf = ({ consentId, exportId }: ExportPlace) => `export_keys/${consentId}/${exportId}/key`;

export function createExportKeys(db: Database, dataKeys: DataKeys) {
  const vaultOf = (dataKey: Buffer) => createVault([{ id: 'data-key', key: dataKey }]);
  const find = async ({ exportId }: ExportPlace) => {
    const [row] = await db.select().from(exportKeys).where(eq(exportKeys.exportId, exportId));
    return row;
  };

  /**
   * @returns the 32 bytes of an export's key
   * @throws PortageError `DATA_DELETED` once it or its consent's key was destroyed, `DATA_KEY_MISSING` when there never
   * was one, and what opening the data key throws
   */
  const open = async (place: ExportPlace): Promise<Buffer> => {
    const dataKey = await dataKeys.open(place.consentId);
    const row = await find(place);
    if (row === undefined) throw new PortageError('DATA_KEY_MISSING', { detail: place.exportId });
    if (row.sealedKey === null) throw new PortageError('DATA_DELETED', { detail: place.exportId });
    return Buffer.from(vaultOf(dataKey).open(row.sealedKey, placeOf(place)), 'base64');
  };

  return {
    open,

    /**
     * Makes the key of an export, and its consent's where it is the first, or finds those that another worker made.
     *
     * @throws PortageError `DATA_DELETED` once one of them was destroyed: what was deleted never gets a second key
     */
    async create(place: ExportPlace, at: Date): Promise<Buffer> {
      const dataKey = await dataKeys.create(place.consentId, at);
      if ((await find(place)) === undefined) {
        const sealedKey = vaultOf(dataKey).seal(randomBytes(keyBytes).toString('base64'), placeOf(place));
        const { exportId } = place;
        await db.insert(exportKeys).values({ exportId, sealedKey, createdAt: at }).onConflictDoNothing();
      }
      return open(place);
    },

    /** Makes every stored byte of an export unreadable, copies included; a repeat keeps the time of the first. */
    async destroy(place: ExportPlace, at: Date): Promise<void> {
      const { exportId } = place;
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
