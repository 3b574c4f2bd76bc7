/**
 * Random secrets of this installation, sealed by the vault: `portage keys rotate` seals them again and does not change
 * them, so values derived from them stay valid. Write access to the database is not enough to make one.
 */
import { randomBytes } from 'node:crypto';

import { eq } from 'drizzle-orm';

import type { Vault } from '../vault';
import type { Database } from './database';
import { ownSecrets } from './schema';

/**
 * `api-keys`: hashes of API keys; `audit`: MACs and hashes of the audit log; `idempotency`: hashes of idempotency keys
 * and the keys that seal their answers; `account-hints`: hashes of account hints.
 */
export type OwnSecretName = 'api-keys' | 'audit' | 'idempotency' | 'account-hints';
export type OwnSecrets = ReturnType<typeof createOwnSecrets>;

/** The place to which a sealed secret is bound. */
export const ownSecretPlace = (name: string) => `own_secrets/${name}/sealed`;

/** HMAC with SHA-256 needs a key as long as its output (RFC 2104 §3). */
const secretBytes = 32;

export function createOwnSecrets(db: Database, vault: Vault) {
  const opened = new Map<OwnSecretName, Buffer>();

  const find = async (name: OwnSecretName): Promise<Buffer | undefined> => {
    const [row] = await db.select().from(ownSecrets).where(eq(ownSecrets.name, name));
    return row === undefined ? undefined : Buffer.from(vault.open(row.sealed, ownSecretPlace(name)), 'base64');
  };

  return {
    /**
     * Opens a secret, or makes it if it does not exist. Must not be called within a transaction, which may be rolled
     * back.
     *
     * @returns 32 bytes
     * @throws PortageError `VAULT_KEY_MISSING`, `VAULT_SEAL_BROKEN`
     */
    async open(name: OwnSecretName): Promise<Buffer> {
      const known = opened.get(name) ?? (await find(name));
      if (known !== undefined) {
        opened.set(name, known);
        return known;
      }
      const sealed = vault.seal(randomBytes(secretBytes).toString('base64'), ownSecretPlace(name));
      await db.insert(ownSecrets).values({ name, sealed }).onConflictDoNothing();
      // Another process may have been first.
      const made = await find(name);
      if (made === undefined) throw new Error(`the secret "${name}" vanished while it was made`);
      opened.set(name, made);
      return made;
    },
  };
}
