/** Google's OAuth endpoints through googleapis' own client: authorize, exchange, refresh, revoke. */
import { CodeChallengeMethod, OAuth2Client, type Credentials } from 'google-auth-library';

import { PortageError } from '../domain/errors';
import { usualLimits } from '../domain/limits';
import { isResourceName, resourcesOf, scopeOf } from '../domain/resources';
import type { GrantTokens, Refreshed } from '../database/tokens';
import type { GoogleEndpoints } from './endpoints';
import { readFailure } from './failure';
import { toPortageError } from './translate';

export interface OAuthOptions {
  readonly endpoints: GoogleEndpoints;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  /** No call to Google may hang longer than this, its answer's body included; 30 seconds by default. */
  readonly callTimeoutMs?: number;
  readonly now: () => Date;
}

/** What an authorization code was exchanged for. */
export interface Grant {
  readonly tokens: GrantTokens;
  /** What was really granted; the user may have unticked some (docs/google-api.md §11). */
  readonly resources: string[];
  /** Sent for time-based grants only (docs/google-api.md §6). */
  readonly refreshTokenExpiresAt: Date | undefined;
  /** See {@link isTestingGrant}. */
  readonly isTesting: boolean;
}

export type OAuth = ReturnType<typeof createOAuth>;

/**
 * The longest address of the consent screen that is asked for, in bytes. Google answers too long a one with a dead page
 * (docs/google-api.md §11) and publishes no figure; this leaves room for more than 40 resources.
 */
const longestAuthorizeUrl = 4_096;
/** As long as the `state` and the code challenge of a request: 32 bytes in base64url. */
const stateStandIn = 'x'.repeat(43);

/** Google lets grants live 30 or 180 days, and these few in projects whose publishing status is "Testing". */
const testingLifetimeMs = 7 * 24 * 3_600_000;

/**
 * Whether a grant shows that the OAuth client's publishing status is "Testing": the operator has to publish the app, or
 * every consent dies after a week (docs/google-api.md §7, docs/known-defects.md D8).
 *
 * @param lifetimeMs from the consent to its stated end; undefined for one-time grants, which state none
 */
export function isTestingGrant(lifetimeMs: number | undefined): boolean {
  return lifetimeMs !== undefined && lifetimeMs <= testingLifetimeMs;
}

/**
 * A client of Google's library that makes one attempt per call: Temporal owns retries, and a 429 must never be
 * repeated blindly (docs/google-api.md §2, docs/known-defects.md D28).
 */
export function singleAttemptClient(options: OAuthOptions): OAuth2Client {
  const client = new OAuth2Client({
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    redirectUri: options.redirectUri,
    endpoints: {
      oauth2AuthBaseUrl: options.endpoints.authorizeUrl,
      oauth2TokenUrl: options.endpoints.tokenUrl,
      oauth2RevokeUrl: options.endpoints.revokeUrl,
    },
  });
  client.transporter.interceptors.request.add({
    resolved: (request) => {
      request.retry = false;
      delete request.retryConfig;
      // A `timeout` set here comes too late: the client has turned it into a signal before (gaxios 7).
      request.signal = AbortSignal.timeout(options.callTimeoutMs ?? usualLimits.google.callMs);
      return Promise.resolve(request);
    },
  });
  return client;
}

export function createOAuth(options: OAuthOptions) {
  const authorizeUrl = (request: { state: string; codeChallenge: string; resources: readonly string[] }): string => {
    const foreign = request.resources.find((name) => !isResourceName(name));
    if (foreign !== undefined) throw new PortageError('RESOURCE_UNKNOWN', { detail: foreign.slice(0, 64) });
    return singleAttemptClient(options).generateAuthUrl({
      access_type: 'offline',
      prompt: 'consent',
      state: request.state,
      code_challenge: request.codeChallenge,
      code_challenge_method: CodeChallengeMethod.S256,
      scope: request.resources.map(scopeOf),
    });
  };

  const toTokens = (credentials: Credentials): GrantTokens => {
    if (credentials.access_token == null) {
      throw new PortageError('GOOGLE_UNEXPECTED', { detail: 'token: the answer holds no access token' });
    }
    return {
      accessToken: credentials.access_token,
      accessTokenExpiresAt: new Date(options.now().getTime() + lifetimeMs(credentials)),
      refreshToken: credentials.refresh_token ?? undefined,
    };
  };

  const refreshTokenExpiresAt = (credentials: Credentials): Date | undefined => {
    const lifetime = refreshTokenLifetimeMs(credentials);
    return lifetime === undefined ? undefined : new Date(options.now().getTime() + lifetime);
  };

  return {
    /**
     * The address of Google's consent screen: PKCE, offline access, consent asked anew, Data Portability scopes only and
     * never `include_granted_scopes` (docs/google-api.md §11).
     *
     * @throws PortageError `RESOURCE_UNKNOWN` for what is no resource's name, since it could bring in another scope
     */
    authorizeUrl,

    /**
     * How many of the resources, from the first on, Google's consent screen can be asked for at once; all of them
     * unless the address would be too long.
     */
    fittingCount(resources: readonly string[]): number {
      const bytes = (count: number) => {
        const asked = resources.slice(0, count);
        return Buffer.byteLength(authorizeUrl({ state: stateStandIn, codeChallenge: stateStandIn, resources: asked }));
      };
      let count = resources.length;
      while (count > 0 && bytes(count) > longestAuthorizeUrl) count -= 1;
      return count;
    },

    /** A fresh PKCE pair. */
    async codePair(): Promise<{ verifier: string; challenge: string }> {
      const { codeVerifier, codeChallenge } = await singleAttemptClient(options).generateCodeVerifierAsync();
      if (codeChallenge === undefined) throw new Error('the OAuth client made no code challenge');
      return { verifier: codeVerifier, challenge: codeChallenge };
    },

    /** @throws PortageError `OAUTH_CODE_REFUSED` when code or verifier do not fit, else as the error table says */
    async exchangeCode(code: string, codeVerifier: string): Promise<Grant> {
      try {
        const { tokens } = await singleAttemptClient(options).getToken({ code, codeVerifier });
        return {
          tokens: toTokens(tokens),
          resources: resourcesOf(tokens.scope ?? ''),
          refreshTokenExpiresAt: refreshTokenExpiresAt(tokens),
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
     * @returns new tokens, and the grant's end where the answer states it, since a renewal may have moved it
     * (docs/google-api.md §10); the refresh token is the old one where the answer has none (docs/known-defects.md D36)
     * @throws PortageError `GRANT_ENDED` for `invalid_grant`, else as the error table says
     */
    async refresh(refreshToken: string): Promise<Refreshed> {
      const client = singleAttemptClient(options);
      client.setCredentials({ refresh_token: refreshToken });
      try {
        const { credentials } = await client.refreshAccessToken();
        return { tokens: toTokens(credentials), refreshTokenExpiresAt: refreshTokenExpiresAt(credentials) };
      } catch (error) {
        throw toPortageError(error, 'refresh');
      }
    },

    /**
     * Revokes a grant. The token goes into the body, not into the query as Google's client has it, so that no access
     * log keeps it (RFC 7009 §2.1, docs/known-defects.md D40). A token that Google no longer knows counts as revoked.
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

/** Google's client has turned `expires_in` into a time of the system's clock; without one, the documented hour counts. */
function lifetimeMs({ expiry_date: expiresAt }: Credentials): number {
  return expiresAt == null ? 3_600_000 : expiresAt - Date.now();
}

function refreshTokenLifetimeMs(credentials: Credentials): number | undefined {
  const value: unknown = (credentials as { refresh_token_expires_in?: unknown }).refresh_token_expires_in;
  const seconds = Number(value ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : undefined;
}
