/** The host apps' own OAuth clients at Google; their secrets are sealed. */
import { and, eq, exists, gt, isNotNull, ne, not, or } from 'drizzle-orm';

import type { Vault } from '../vault';
import type { Database } from './database';
import { connectAttempts, connectSessions, consents, googleClients, hostApps, tokens } from './schema';

export type GoogleClientStore = ReturnType<typeof createGoogleClientStore>;

/** An OAuth client at Google, as an operator registers it. */
export interface GoogleClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The place to which the vault binds the secret of a client. */
export const googleClientPlace = (clientId: string) => `google_clients/${clientId}/secret`;

/** Replaces a deleted secret; the row stays for consents that have ended, which name their client. */
export const forgottenSecret = '';

/**
 * Google's answer to an attempt is exchanged and turned into a consent long before this; if it takes longer, the grant
 * is held.
 */
const attemptMs = 24 * 3_600_000;

export function createGoogleClientStore(db: Database, vault: Vault) {
  return {
    /** @throws Error when there is no such client; the vault's errors */
    async secretOf(clientId: string): Promise<string> {
      const [row] = await db.select().from(googleClients).where(eq(googleClients.clientId, clientId));
      if (row === undefined) throw new Error(`the Google client ${clientId} is not stored`);
      if (row.sealedSecret === forgottenSecret) {
        throw new Error(
          `the secret of the Google client ${clientId} was deleted, since nothing used it; store it again with "portage host-apps set <host-app> --google-client"`,
        );
      }
      return vault.open(row.sealedSecret, googleClientPlace(clientId));
    },

    /**
     * Stores a client. If it is stored already, its secret is replaced, for all its consents.
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

    /**
     * Deletes the secrets of former clients: clients that no host app uses, for which no consent has tokens, and which
     * no pending answer of Google needs.
     *
     * @returns the ids of these clients
     */
    async forgetUnused(at: Date): Promise<string[]> {
      const { clientId, sealedSecret } = googleClients;
      const app = db.select({ id: hostApps.id }).from(hostApps).where(eq(hostApps.googleClientId, clientId));
      const consent = db
        .select({ id: consents.id })
        .from(consents)
        .innerJoin(tokens, eq(tokens.consentId, consents.id))
        .where(eq(consents.googleClientId, clientId));
      const isRecent = gt(connectAttempts.createdAt, new Date(at.getTime() - attemptMs));
      const attempt = db
        .select({ id: connectSessions.id })
        .from(connectAttempts)
        .innerJoin(connectSessions, eq(connectSessions.id, connectAttempts.sessionId))
        .where(and(eq(connectAttempts.googleClientId, clientId), or(isRecent, isNotNull(connectSessions.sealedGrant))));
      const forgotten = await db
        .update(googleClients)
        .set({ sealedSecret: forgottenSecret })
        .where(and(ne(sealedSecret, forgottenSecret), not(exists(app)), not(exists(consent)), not(exists(attempt))))
        .returning({ clientId });
      return forgotten.map((row) => row.clientId);
    },
  };
}
