/**
 * The sealed tokens of a grant: opened only for the moment of a call, exchanged by one process at a time.
 * How they are sealed, found and exchanged is in the folder `tokens`.
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

    /** The tokens of a consent, or undefined once they are forgotten. */
    async find(consentId: string): Promise<ConsentTokens | undefined> {
      const row = await findRow(db, consentId);
      return row === undefined ? undefined : openTokens(vault, row);
    },

    /**
     * Puts the tokens of a new grant in the place of a live consent's, which it extends (docs/google-api.md Q6, answer
     * B). A repeat records no second event.
     *
     * @param granted by the consent's own OAuth client, and exchanged already, so that the old tokens go only after the new ones were had
     * @returns false when the consent is no longer active; nothing is changed then
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
