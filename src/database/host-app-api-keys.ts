/** The API keys of one host app, for its own requests. */
import { and, desc, eq, lt } from 'drizzle-orm';

import { stateOf } from './api-key-row';
import type { Database } from './database';
import { apiKeys } from './schema';

/** @param pepper the secret of the HMACs */
export function hostAppKeyQueries(db: Database, pepper: () => Promise<Buffer>) {
  return {
    /** @returns the id of the host app that has this key; undefined when there is no such key */
    async hostAppOfApiKey(keyId: string): Promise<string | undefined> {
      const [found] = await db.select({ hostAppId: apiKeys.hostAppId }).from(apiKeys).where(eq(apiKeys.id, keyId));
      return found?.hostAppId;
    },

    /**
     * The newest first, also those that have ended; without their hashes and MACs.
     *
     * @param page `after` is the id of the last key of the page before
     */
    async apiKeysOf(hostAppId: string, { after, limit, at }: { after: string | undefined; limit: number; at: Date }) {
      const secret = await pepper();
      const rows = await db
        .select()
        .from(apiKeys)
        .where(and(eq(apiKeys.hostAppId, hostAppId), after === undefined ? undefined : lt(apiKeys.id, after)))
        .orderBy(desc(apiKeys.id))
        .limit(limit);
      return rows.map((row) => {
        const { id, name, scopes, createdAt, expiresAt, lastUsedAt, revokedAt } = row;
        return { id, name, scopes, state: stateOf(secret, row, at), createdAt, expiresAt, lastUsedAt, revokedAt };
      });
    },
  };
}
