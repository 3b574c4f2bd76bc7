/** The sealed tokens of a grant; opened only for the moment of a call. */
import { eq } from 'drizzle-orm';

import type { Vault } from '../vault';
import type { Database } from './connect';
import { tokens } from './schema';

export interface GrantTokens {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  /** Google may send none for one-time grants (docs/google-api.md Q9). */
  readonly refreshToken: string | undefined;
}

export type TokenStore = ReturnType<typeof createTokenStore>;

/** What the vault binds sealed tokens to. */
export const accessTokenPlace = (consentId: string) => `tokens/${consentId}/access_token`;
export const refreshTokenPlace = (consentId: string) => `tokens/${consentId}/refresh_token`;

/** The columns of a row of tokens, sealed for exactly this consent. */
export function sealTokens(vault: Vault, consentId: string, granted: GrantTokens) {
  return {
    sealedAccessToken: vault.seal(granted.accessToken, accessTokenPlace(consentId)),
    accessTokenExpiresAt: granted.accessTokenExpiresAt,
    sealedRefreshToken:
      granted.refreshToken === undefined ? null : vault.seal(granted.refreshToken, refreshTokenPlace(consentId)),
  };
}

export function createTokenStore(db: Database, vault: Vault) {
  const open = (row: typeof tokens.$inferSelect): GrantTokens => ({
    accessToken: vault.open(row.sealedAccessToken, accessTokenPlace(row.consentId)),
    accessTokenExpiresAt: row.accessTokenExpiresAt,
    refreshToken:
      row.sealedRefreshToken === null
        ? undefined
        : vault.open(row.sealedRefreshToken, refreshTokenPlace(row.consentId)),
  });

  return {
    /** The tokens of a consent, or undefined once they are forgotten. */
    async find(consentId: string): Promise<GrantTokens | undefined> {
      const [row] = await db.select().from(tokens).where(eq(tokens.consentId, consentId));
      return row === undefined ? undefined : open(row);
    },

    /**
     * Exchanges the tokens of a consent while no other process can: the row stays locked until `exchange` answers, so
     * that parallel refreshes become one (the second caller sees the first one's result and decides anew).
     *
     * @param exchange gets the current tokens; returns new ones, or undefined to keep them
     * @returns the tokens now in force, or undefined when they are forgotten
     */
    async exchange(
      consentId: string,
      at: Date,
      exchange: (current: GrantTokens) => Promise<GrantTokens | undefined>,
    ): Promise<GrantTokens | undefined> {
      return db.transaction(async (tx) => {
        const [row] = await tx.select().from(tokens).where(eq(tokens.consentId, consentId)).for('update');
        if (row === undefined) return undefined;
        const current = open(row);
        const exchanged = await exchange(current);
        if (exchanged === undefined) return current;
        // Google may leave the refresh token out of its answer; the old one stays in force (docs/known-defects.md D36).
        const kept = { ...exchanged, refreshToken: exchanged.refreshToken ?? current.refreshToken };
        await tx
          .update(tokens)
          .set({ ...sealTokens(vault, consentId, kept), updatedAt: at })
          .where(eq(tokens.consentId, consentId));
        return kept;
      });
    },
  };
}
