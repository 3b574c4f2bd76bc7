/** Host apps and their API keys; a key is stored as a hash and shown once. */
import { createHash, randomBytes } from 'node:crypto';

import { and, eq, isNull } from 'drizzle-orm';

import type { Database } from './database';
import { newId } from './ids';
import { apiKeys, hostApps } from './schema';

export interface HostApp {
  readonly id: string;
  readonly name: string;
  /** Whether its connect sessions are to be confirmed (docs/api.md). */
  readonly requiresConfirmation: boolean;
}

export type HostAppStore = ReturnType<typeof createHostAppStore>;

/** SHA-256 in hexadecimal: enough for secrets that are 256 random bits, where nothing can be guessed. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** 256 random bits in base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function createHostAppStore(db: Database) {
  return {
    /**
     * Makes an API key; the host app is made with its first key.
     *
     * @param name the host app's name
     * @param made how a host app is made; one that is there stays as it is
     * @returns the key, which is not to be had again
     */
    async createApiKey(
      name: string,
      made: { readonly confirmation: boolean } = { confirmation: true },
    ): Promise<{ hostApp: HostApp; keyId: string; key: string }> {
      const key = `pk_${newSecret()}`;
      const keyId = newId('key');
      const hostApp = await db.transaction(async (tx) => {
        await tx
          .insert(hostApps)
          .values({ id: newId('app'), name, requiresConfirmation: made.confirmation })
          .onConflictDoNothing();
        const [found] = await tx.select().from(hostApps).where(eq(hostApps.name, name));
        if (found === undefined) throw new Error(`host app "${name}" vanished while its key was made`);
        await tx.insert(apiKeys).values({ id: keyId, hostAppId: found.id, keyHash: hashSecret(key) });
        return found;
      });
      return { hostApp, keyId, key };
    },

    async find(id: string): Promise<HostApp | undefined> {
      const [found] = await db.select().from(hostApps).where(eq(hostApps.id, id));
      return found;
    },

    /** The host app that a key belongs to, or undefined when it is unknown or revoked. */
    async findByApiKey(key: string): Promise<HostApp | undefined> {
      const [found] = await db
        .select({ id: hostApps.id, name: hostApps.name, requiresConfirmation: hostApps.requiresConfirmation })
        .from(apiKeys)
        .innerJoin(hostApps, eq(apiKeys.hostAppId, hostApps.id))
        .where(and(eq(apiKeys.keyHash, hashSecret(key)), isNull(apiKeys.revokedAt)));
      return found;
    },

    /** All host apps, by name. */
    async list(): Promise<HostApp[]> {
      return db.select().from(hostApps).orderBy(hostApps.name);
    },

    /** For connect sessions that are made from now on. @returns false when there is no host app of this name */
    async setConfirmation(name: string, requiresConfirmation: boolean): Promise<boolean> {
      const set = await db
        .update(hostApps)
        .set({ requiresConfirmation })
        .where(eq(hostApps.name, name))
        .returning({ id: hostApps.id });
      return set.length > 0;
    },

    /** All keys with their host app; never the keys themselves. */
    async listApiKeys() {
      return db
        .select({
          id: apiKeys.id,
          hostApp: hostApps.name,
          createdAt: apiKeys.createdAt,
          revokedAt: apiKeys.revokedAt,
        })
        .from(apiKeys)
        .innerJoin(hostApps, eq(apiKeys.hostAppId, hostApps.id))
        .orderBy(apiKeys.id);
    },

    /** @returns false when there is no such key, or it was revoked before */
    async revokeApiKey(keyId: string, at: Date): Promise<boolean> {
      const revoked = await db
        .update(apiKeys)
        .set({ revokedAt: at })
        .where(and(eq(apiKeys.id, keyId), isNull(apiKeys.revokedAt)))
        .returning({ id: apiKeys.id });
      return revoked.length > 0;
    },
  };
}
