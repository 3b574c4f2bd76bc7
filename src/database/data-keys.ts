/**
 * One data key for each consent: it seals the keys of the consent's exports, is sealed itself, and is destroyed first.
 */
import { randomBytes } from 'node:crypto';

import { and, eq, isNotNull } from 'drizzle-orm';

import { PortageError } from '../domain/error-codes';
import type { Sealer } from '../vault';
import type { AuditRecorder } from './audit-log';
import type { Database } from './database';
import { dataKeys } from './schema';

export type DataKeys = ReturnType<typeof createDataKeys>;

/** AES-256. */
export const keyBytes = 32;

/** The place to which a sealed data key is bound. */
export const dataKeyPlace = (consentId: string) => `data_keys/${consentId}/key`;

/** @param sealer the vault, or a key management service */
export function createDataKeys(db: Database, sealer: Sealer, audit: AuditRecorder) {
  /**
   * @returns the 32 bytes of a consent's key
   * @throws PortageError `DATA_DELETED` once it was destroyed, `DATA_KEY_MISSING` when there never was one, and the
   * sealer's errors
   */
  const open = async (consentId: string): Promise<Buffer> => {
    const [row] = await db.select().from(dataKeys).where(eq(dataKeys.consentId, consentId));
    if (row === undefined) throw new PortageError('DATA_KEY_MISSING', { detail: consentId });
    return unseal(consentId, row.sealedKey);
  };

  /** @param sealedKey of the consent's row, null once it was destroyed. @throws as {@link open} */
  const unseal = async (consentId: string, sealedKey: string | null): Promise<Buffer> => {
    if (sealedKey === null) throw new PortageError('DATA_DELETED', { detail: consentId });
    return Buffer.from(await sealer.open(sealedKey, dataKeyPlace(consentId)), 'base64');
  };

  return {
    open,
    unseal,

    /**
     * Makes the key of a consent, or returns the one that another worker made.
     *
     * @throws PortageError `DATA_DELETED` once it was destroyed: a deleted consent never gets a second key
     */
    async create(consentId: string, at: Date): Promise<Buffer> {
      const [known] = await db.select().from(dataKeys).where(eq(dataKeys.consentId, consentId));
      if (known !== undefined) return unseal(consentId, known.sealedKey);
      const sealedKey = await sealer.seal(randomBytes(keyBytes).toString('base64'), dataKeyPlace(consentId));
      await db.insert(dataKeys).values({ consentId, sealedKey, createdAt: at }).onConflictDoNothing();
      return open(consentId);
    },

    /** Makes every stored byte of a consent unreadable, copies included; a repeat keeps the time of the first call. */
    async destroy(consentId: string, at: Date): Promise<void> {
      const recordAudit = await audit.recorder();
      await db.transaction(async (tx) => {
        const never = await tx
          .insert(dataKeys)
          .values({ consentId, sealedKey: null, createdAt: at, destroyedAt: at })
          .onConflictDoNothing()
          .returning();
        const destroyed = await tx
          .update(dataKeys)
          .set({ sealedKey: null, destroyedAt: at })
          .where(and(eq(dataKeys.consentId, consentId), isNotNull(dataKeys.sealedKey)))
          .returning();
        if (never.length + destroyed.length === 0) return;
        await recordAudit(tx, { action: 'key.destroyed', consentId, exportId: undefined, at });
      });
    },
  };
}
