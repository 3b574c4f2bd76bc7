/** Parses Google's token responses: the tokens, their lifetimes, and the publishing status of the project. */
import type { Credentials } from 'google-auth-library';

import type { GrantTokens } from '../database/tokens';
import { PortageError } from '../domain/error-codes';

/** @throws PortageError `GOOGLE_UNEXPECTED` when the answer has no access token */
export function toTokens(credentials: Credentials, now: Date): GrantTokens {
  if (credentials.access_token == null) {
    throw new PortageError('GOOGLE_UNEXPECTED', { detail: 'token: the answer holds no access token' });
  }
  return {
    accessToken: credentials.access_token,
    accessTokenExpiresAt: new Date(now.getTime() + lifetimeMs(credentials)),
    refreshToken: credentials.refresh_token ?? undefined,
  };
}

/** The grant's end, if the answer states it. */
export function refreshTokenExpiresAt(credentials: Credentials, now: Date): Date | undefined {
  const lifetime = refreshTokenLifetimeMs(credentials);
  return lifetime === undefined ? undefined : new Date(now.getTime() + lifetime);
}

/** Grants last 30 or 180 days at Google, but only this long in projects whose publishing status is "Testing". */
const testingLifetimeMs = 7 * 24 * 3_600_000;

/**
 * Whether a grant shows that the OAuth client's publishing status is "Testing": the operator has to publish the app, or
 * every consent ends after a week (docs/google-api.md §7, docs/known-defects.md D8).
 *
 * @param lifetimeMs from the consent to its stated end; undefined for one-time grants, which state none
 */
export function isTestingGrant(lifetimeMs: number | undefined): boolean {
  return lifetimeMs !== undefined && lifetimeMs <= testingLifetimeMs;
}

/**
 * Google's client has turned `expires_in` into a time of the system's clock; without it, the documented hour counts.
 */
function lifetimeMs({ expiry_date: expiresAt }: Credentials): number {
  return expiresAt == null ? 3_600_000 : expiresAt - Date.now();
}

export function refreshTokenLifetimeMs(credentials: Credentials): number | undefined {
  const value: unknown = (credentials as { refresh_token_expires_in?: unknown }).refresh_token_expires_in;
  const seconds = Number(value ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : undefined;
}
