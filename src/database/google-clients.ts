/** The OAuth clients at Google that host apps have of their own; their secrets are sealed. */
import { eq } from 'drizzle-orm';

import type { Vault } from '../vault';
import type { Database } from './database';
import { googleClients } from './schema';

export type GoogleClientStore = ReturnType<typeof createGoogleClientStore>;

/** An OAuth client at Google, as an operator registers it. */
export interface GoogleClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What the vault binds the secret of a client to. */
export const googleClientPlace = (clientId: string) => `google_clients/${clientId}/secret`;

export function createGoogleClientStore(db: Database, vault: Vault) {
  return {
    /** @throws Error when there is no such client; what the vault throws */
    async secretOf(clientId: string): Promise<string> {
      const [row] = await db.select().from(googleClients).where(eq(googleClients.clientId, clientId));
      if (row === undefined) throw new Error(`the Google client ${clientId} is not stored`);
      return vault.open(row.sealedSecret, googleClientPlace(clientId));
    },

    /**
     * Stores a client. The secret of one that is stored already is replaced, for all consents that it has.
     *
     * @param on the transaction in which a host app gets the client
     */
    async save({ clientId, clientSecret }: GoogleClient, on: Database = db): Promise<void> {
      const sealedSecret = vault.seal(clientSecret, googleClientPlace(clientId));
      await on
        .insert(googleClients)
        .values({ clientId, sealedSecret })
        .onConflictDoUpdate({ target: googleClients.clientId, set: { sealedSecret } });
    },
  };
}
