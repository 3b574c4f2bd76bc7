/** Tokens as they are stored: sealed, and bound to their consent. */
import type { Vault } from '../../vault';
import type { TokenRow } from './token-rows';

export interface GrantTokens {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  /** Google may send none for one-time grants (docs/google-api.md Q9). */
  readonly refreshToken: string | undefined;
}

/** The tokens of a consent, with the OAuth client that got them: the refresh token works only with that client. */
export interface ConsentTokens extends GrantTokens {
  /** See `consents.googleClientId`. */
  readonly googleClientId: string | null;
}

/** The places to which the vault binds sealed tokens. */
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

/** The tokens in a row. @throws the vault's errors for a row sealed under an unknown key or for another consent */
export const openTokens = (vault: Vault, row: TokenRow): ConsentTokens => ({
  googleClientId: row.googleClientId,
  accessToken: vault.open(row.sealedAccessToken, accessTokenPlace(row.consentId)),
  accessTokenExpiresAt: row.accessTokenExpiresAt,
  refreshToken:
    row.sealedRefreshToken === null ? undefined : vault.open(row.sealedRefreshToken, refreshTokenPlace(row.consentId)),
});
