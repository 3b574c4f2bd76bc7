/** Secrets that the issuer hands out, in the form of Google's, and how a bearer token leads to its grant. */
import { randomBytes } from 'node:crypto';
import type { Grant } from '../state';
import { stateOf, type World } from '../world';
import type { Grants } from './grants';

const random = (bytes: number) => randomBytes(bytes).toString('base64url');

export const newCode = () => `4/0A${random(40)}`;
export const newRefreshToken = () => `1//0e${random(48)}`;

/** Makes an access token for a grant; it lives about an hour (docs/google-api.md §7). */
export function issueAccessToken(world: World, grant: Grant): string {
  const token = `ya29.a0${random(96)}`;
  const now = world.clock.now();
  const state = stateOf(world);
  state.accessTokens = state.accessTokens.filter((issued) => issued.expiresAt > now);
  state.accessTokens.push({ token, grantId: grant.grantId, expiresAt: now + world.periods.accessToken });
  world.store.changed();
  return token;
}

/**
 * The grant of a bearer token, or undefined when the token is unknown, expired or its grant has ended.
 * `evenExpired` still accepts a token whose grant's period is over (docs/google-api.md Q7, answer A).
 */
export function grantOfToken(world: World, grants: Grants, token: string, evenExpired = false): Grant | undefined {
  const issued = stateOf(world).accessTokens.find((candidate) => candidate.token === token);
  if (issued === undefined || issued.expiresAt <= world.clock.now()) return undefined;
  const grant = grants.find(issued.grantId);
  if (grant === undefined) return undefined;
  const end = grants.endOf(grant);
  return end === undefined || (evenExpired && end === 'period over') ? grant : undefined;
}

/** The bearer token of an Authorization header. */
export function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer +([\w.~+/-]+=*)$/i.exec(header ?? '')?.[1];
}
