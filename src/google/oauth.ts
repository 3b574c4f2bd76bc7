/** Google's OAuth endpoints through googleapis' own client: authorize, exchange, refresh, revoke. */
import type { GrantTokens, Refreshed } from '../database/tokens';
import { PortageError } from '../domain/error-codes';
import { resourcesOf } from '../domain/resources';
import { authorizeUrl, fittingCount } from './authorize-url';
import { readFailure } from './parse-error-answer';
import { singleAttemptClient, type OAuthOptions } from './single-attempt-client';
import { isTestingGrant, refreshTokenExpiresAt, refreshTokenLifetimeMs, toTokens } from './token-answer';
import { toPortageError } from './translate-error';

export type { OAuthOptions } from './single-attempt-client';
export { isTestingGrant } from './token-answer';

/** A grant, with the OAuth client that got it; null means the one of the configuration. */
export type ClientGrant = Grant & { readonly googleClientId: string | null };

/** The result of the exchange of an authorization code. */
export interface Grant {
  readonly tokens: GrantTokens;
  /** The granted resources; the user may have unticked some (docs/google-api.md §11). */
  readonly resources: string[];
  /** Sent for time-based grants only (docs/google-api.md §6). */
  readonly refreshTokenExpiresAt: Date | undefined;
  /** See {@link isTestingGrant}. */
  readonly isTesting: boolean;
}

export type OAuth = ReturnType<typeof createOAuth>;

export function createOAuth(options: OAuthOptions) {
  const { now } = options;

  return {
    /** See {@link authorizeUrl}. */
    authorizeUrl: (request: Parameters<typeof authorizeUrl>[1]) => authorizeUrl(options, request),

    /** See {@link fittingCount}. */
    fittingCount: (resources: readonly string[]) => fittingCount(options, resources),

    /** A fresh PKCE pair. */
    async codePair(): Promise<{ verifier: string; challenge: string }> {
      const { codeVerifier, codeChallenge } = await singleAttemptClient(options).generateCodeVerifierAsync();
      if (codeChallenge === undefined) throw new Error('the OAuth client made no code challenge');
      return { verifier: codeVerifier, challenge: codeChallenge };
    },

    /**
     * @throws PortageError `OAUTH_CODE_REFUSED` when code or verifier are invalid, otherwise the codes of the error
     * table
     */
    async exchangeCode(code: string, codeVerifier: string): Promise<Grant> {
      try {
        const { tokens } = await singleAttemptClient(options).getToken({ code, codeVerifier });
        return {
          tokens: toTokens(tokens, now()),
          resources: resourcesOf(tokens.scope ?? ''),
          refreshTokenExpiresAt: refreshTokenExpiresAt(tokens, now()),
          isTesting: isTestingGrant(refreshTokenLifetimeMs(tokens)),
        };
      } catch (error) {
        const { status } = readFailure(error);
        if (status === 'invalid_grant' || status === 'invalid_request') {
          throw new PortageError('OAUTH_CODE_REFUSED', { detail: status, cause: error });
        }
        throw toPortageError(error, 'token');
      }
    },

    /**
     * @returns new tokens, and the grant's end if the answer states it, since a renewal may have changed it
     * (docs/google-api.md §10); the refresh token is the old one if the answer has none (docs/known-defects.md D36)
     * @throws PortageError `GRANT_ENDED` for `invalid_grant`, otherwise the codes of the error table
     */
    async refresh(refreshToken: string): Promise<Refreshed> {
      const client = singleAttemptClient(options);
      client.setCredentials({ refresh_token: refreshToken });
      try {
        const { credentials } = await client.refreshAccessToken();
        return {
          tokens: toTokens(credentials, now()),
          refreshTokenExpiresAt: refreshTokenExpiresAt(credentials, now()),
        };
      } catch (error) {
        throw toPortageError(error, 'refresh');
      }
    },

    /**
     * Revokes a grant. The token is sent in the body, not in the query as by Google's client, so that no access log
     * contains it (RFC 7009 §2.1, docs/known-defects.md D40). A token that Google no longer knows counts as revoked.
     */
    async revoke(token: string): Promise<void> {
      try {
        await singleAttemptClient(options).transporter.request({
          url: options.endpoints.revokeUrl,
          method: 'POST',
          data: new URLSearchParams({ token }),
        });
      } catch (error) {
        const { httpStatus, status } = readFailure(error);
        if (httpStatus === 400 && (status === 'invalid_token' || status === 'invalid_grant')) return;
        throw toPortageError(error, 'revoke');
      }
    },
  };
}
