/**
 * The sealed tokens of a grant: opened only for the time of a call, exchanged by one process at a time. Sealing,
 * queries and exchange are in the folder `tokens`.
 */
import type { Vault } from '../vault';
import type { Database } from './database';
import { tokens } from './schema';
import { exchangeQueries } from './tokens/exchange';
import { openTokens, sealTokens, type ConsentTokens, type GrantTokens } from './tokens/sealed-tokens';
import { createFindTokenRow, lockActive, setEnd } from './tokens/token-rows';

export type { Exchange, Refreshed } from './tokens/exchange';
export type { ConsentTokens, GrantTokens } from './tokens/sealed-tokens';
export type TokenStore = ReturnType<typeof createTokenStore>;

export function createTokenStore(db: Database, vault: Vault) {
  const findRow = createFindTokenRow(db);

  return {
    ...exchangeQueries(db, vault, findRow),

    /** The tokens of a consent, or undefined once they are deleted. */
    async find(consentId: string): Promise<ConsentTokens | undefined> {
      const row = await findRow(db, consentId);
      return row === undefined ? undefined : openTokens(vault, row);
    },

    /**
     * Replaces the tokens of a live consent by those of a new grant, which extends it (docs/google-api.md Q6, answer
     * B). A repeat records no second event.
     *
     * @param granted by the consent's own OAuth client, and already exchanged, so that the old tokens are deleted only
     * once the new ones exist
     * @returns false when the consent is no longer active; then nothing is changed
     */
    async renew(consentId: string, granted: { tokens: GrantTokens; endsAt: Date; at: Date }): Promise<boolean> {
      return db.transaction(async (tx) => {
        const consent = await lockActive(tx, consentId);
        if (consent === undefined) return false;
        const row = await findRow(tx, consentId);
        const refreshToken = granted.tokens.refreshToken ?? (row && openTokens(vault, row).refreshToken);
        const sealed = { ...sealTokens(vault, consentId, { ...granted.tokens, refreshToken }), updatedAt: granted.at };
        await tx
          .insert(tokens)
          .values({ consentId, ...sealed })
          .onConflictDoUpdate({ target: tokens.consentId, set: sealed });
        await setEnd(tx, consent, granted.endsAt, granted.at);
        return true;
      });
    },
  };
}
