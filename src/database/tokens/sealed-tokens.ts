/** Tokens as they are stored: sealed, and bound to the consent that they belong to. */
import type { Vault } from '../../vault';
import type { TokenRow } from './token-rows';

export interface GrantTokens {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  /** Google may send none for one-time grants (docs/google-api.md Q9). */
  readonly refreshToken: string | undefined;
}

/** The tokens of a consent, with the OAuth client that got them: the refresh token works with no other. */
export interface ConsentTokens extends GrantTokens {
  /** See `consents.googleClientId`. */
  readonly googleClientId: string | null;
}

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

/** The tokens in a row. @throws what the vault throws for a row sealed under an unknown key or for another consent */
export const openTokens = (vault: Vault, row: TokenRow): ConsentTokens => ({
  googleClientId: row.googleClientId,
  accessToken: vault.open(row.sealedAccessToken, accessTokenPlace(row.consentId)),
  accessTokenExpiresAt: row.accessTokenExpiresAt,
  refreshToken:
    row.sealedRefreshToken === null ? undefined : vault.open(row.sealedRefreshToken, refreshTokenPlace(row.consentId)),
});
