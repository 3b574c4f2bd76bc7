/** One data key for each consent: it seals the consent's bytes, is itself sealed by the vault, and is destroyed first. */
import { randomBytes } from 'node:crypto';

import { eq } from 'drizzle-orm';

import { PortageError } from '../domain/errors';
import type { Vault } from '../vault';
import type { Database } from './connect';
import { dataKeys } from './schema';

export type DataKeys = ReturnType<typeof createDataKeys>;

/** AES-256. */
const keyBytes = 32;

/** What the vault binds a sealed data key to. */
export const dataKeyPlace = (consentId: string) => `data_keys/${consentId}/key`;

export function createDataKeys(db: Database, vault: Vault) {
  /**
   * @returns the 32 bytes of a consent's key
   * @throws PortageError `DATA_DELETED` once it was destroyed, `DATA_KEY_MISSING` when there never was one, and what
   * the vault throws
   */
  const open = async (consentId: string): Promise<Buffer> => {
    const [row] = await db.select().from(dataKeys).where(eq(dataKeys.consentId, consentId));
    if (row === undefined) throw new PortageError('DATA_KEY_MISSING', { detail: consentId });
    if (row.sealedKey === null) throw new PortageError('DATA_DELETED', { detail: consentId });
    return Buffer.from(vault.open(row.sealedKey, dataKeyPlace(consentId)), 'base64');
  };

  return {
    open,

    /**
     * Makes the key of a consent, or finds the one that another worker made.
     *
     * @throws PortageError `DATA_DELETED` once it was destroyed: a deleted consent never gets a second key
     */
    async create(consentId: string, at: Date): Promise<Buffer> {
      const sealedKey = vault.seal(randomBytes(keyBytes).toString('base64'), dataKeyPlace(consentId));
      await db.insert(dataKeys).values({ consentId, sealedKey, createdAt: at }).onConflictDoNothing();
      return open(consentId);
    },

    /** Makes every stored byte of a consent unreadable, copies included; a repeat keeps the time of the first. */
    async destroy(consentId: string, at: Date): Promise<void> {
      await db
        .insert(dataKeys)
        .values({ consentId, sealedKey: null, createdAt: at, destroyedAt: at })
        .onConflictDoNothing();
      const [row] = await db.select().from(dataKeys).where(eq(dataKeys.consentId, consentId));
      if (row?.destroyedAt !== null) return;
      await db.update(dataKeys).set({ sealedKey: null, destroyedAt: at }).where(eq(dataKeys.consentId, consentId));
    },
  };
}
