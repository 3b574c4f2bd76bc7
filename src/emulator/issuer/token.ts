/** The token endpoint: exchanges a code for tokens and refreshes access tokens. */
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Client } from '../clients';
import type { Endpoint } from '../http/endpoint';
import { jsonReply, Refusal, type Reply } from '../http/reply';
import type { Identity } from '../http/request-log';
import { scopePrefix } from '../resources';
import type { AuthorizationCode, Grant } from '../state';
import { stateOf, type World } from '../world';
import type { Grants } from './grants';
import { issueAccessToken, newRefreshToken } from './tokens';

type Form = Record<string, string | undefined>;

function refuse(status: number, error: string, description: string): never {
  throw new Refusal(jsonReply(status, { error, error_description: description }));
}

export function tokenEndpoint(world: World, grants: Grants): Endpoint {
  return {
    method: 'token',
    identify: (request) => identify(world, readForm(request)),
    handle: (request) => {
      const form = readForm(request);
      if (form['grant_type'] === undefined) refuse(400, 'invalid_request', 'Missing required parameter: grant_type');
      const client = authenticate(world, request, form);
      if (form['grant_type'] === 'authorization_code') return exchange(world, grants, client, form);
      if (form['grant_type'] === 'refresh_token') return refresh(world, grants, client, form);
      return refuse(400, 'unsupported_grant_type', `Invalid grant_type: ${form['grant_type']}`);
    },
  };
}

function readForm(request: Request): Form {
  return typeof request.body === 'object' ? (request.body as Form) : {};
}

function identify(world: World, form: Form): Identity {
  const { codes, grants } = stateOf(world);
  const code = codes.find((issued) => issued.code === form['code']);
  const grant = grants.find((held) => held.refreshToken !== undefined && held.refreshToken === form['refresh_token']);
  return {
    clientId: form['client_id'],
    accountId: code?.accountId ?? grant?.accountId,
    details: { grantType: form['grant_type'], pkce: form['code_verifier'] !== undefined },
  };
}

/** Client credentials in the form or in a Basic header, as Google accepts both. */
function authenticate(world: World, request: Request, form: Form): Client {
  const basic = /^Basic +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const [basicId, basicSecret] = basic === undefined ? [] : readBasic(basic);
  const clientId = form['client_id'] ?? basicId;
  const secret = form['client_secret'] ?? basicSecret;
  const client = clientId === undefined ? undefined : world.clients.find(clientId);
  if (client === undefined) return refuse(401, 'invalid_client', 'The OAuth client was not found.');
  if (secret === undefined || !sameText(secret, client.clientSecret))
    return refuse(401, 'invalid_client', 'Unauthorized');
  return client;
}

/** Id and secret of a Basic header; RFC 6749 §2.3.1 has them form-encoded. */
function readBasic(credentials: string): string[] {
  try {
    return Buffer.from(credentials, 'base64').toString().split(':').map(decodeURIComponent);
  } catch {
    return refuse(401, 'invalid_client', 'The Authorization header cannot be read.');
  }
}

function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function exchange(world: World, grants: Grants, client: Client, form: Form): Reply {
  if (form['code'] === undefined) refuse(400, 'invalid_request', 'Missing required parameter: code');
  const state = stateOf(world);
  const code = state.codes.find((issued) => issued.code === form['code']);
  if (code?.clientId !== client.clientId) return refuse(400, 'invalid_grant', 'Malformed auth code.');
  if (code.used || code.expiresAt <= world.clock.now()) return refuse(400, 'invalid_grant', 'Bad Request');
  if (form['redirect_uri'] !== code.redirectUri) return refuse(400, 'redirect_uri_mismatch', 'Bad Request');
  checkVerifier(code, form['code_verifier']);
  code.used = true;
  const grant = openGrant(world, client, code);
  grants.begin(grant);
  if (grant.refreshToken !== undefined) displaceOldest(world, grants, grant);
  const access = issueAccessToken(world, grant);
  return tokenReply(world, grant, access, true);
}

/** RFC 7636: a code that was requested with a challenge cannot be used without its verifier. */
function checkVerifier(code: AuthorizationCode, verifier: string | undefined): void {
  if (code.codeChallenge === undefined) return;
  if (verifier === undefined) refuse(400, 'invalid_grant', 'Missing code verifier.');
  const hashed = code.codeChallengeMethod === 'S256';
  const answer = hashed ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  if (!sameText(answer, code.codeChallenge)) refuse(400, 'invalid_grant', 'Invalid code verifier.');
}

function openGrant(world: World, client: Client, code: AuthorizationCode): Grant {
  const { periods, clock } = world;
  const grantedAt = clock.now();
  const testing = client.publishing === 'testing';
  const timeBased = code.periodDays !== undefined;
  const periodDays = testing ? 7 : code.periodDays;
  const refreshable = code.offline && (timeBased || stateOf(world).switches.Q9 === 'A');
  return {
    grantId: randomUUID(),
    clientId: client.clientId,
    projectNumber: client.projectNumber,
    accountId: code.accountId,
    access: code.access,
    ...(timeBased && { periodDays: periodDays ?? 30 }),
    grantedAt,
    // §7: in Testing every consent lasts seven days, one-time consents too.
    ...(periodDays !== undefined && { expiresAt: grantedAt + periods.days(periodDays) }),
    ...(refreshable && { refreshToken: newRefreshToken(), refreshTokenUsedAt: grantedAt }),
  };
}

/** §7: an account has at most 100 live refresh tokens per client; the oldest ends without a message. */
function displaceOldest(world: World, grants: Grants, newest: Grant): void {
  const holding = stateOf(world).grants.filter(
    (grant) =>
      grant.clientId === newest.clientId &&
      grant.accountId === newest.accountId &&
      grant.refreshToken !== undefined &&
      grants.endOf(grant) === undefined,
  );
  for (const grant of holding.slice(0, -100)) delete grant.refreshToken;
}

function refresh(world: World, grants: Grants, client: Client, form: Form): Reply {
  const token = form['refresh_token'];
  if (token === undefined) refuse(400, 'invalid_request', 'Missing required parameter: refresh_token');
  const now = world.clock.now();
  const grant = stateOf(world).grants.find((held) => held.refreshToken === token && held.clientId === client.clientId);
  const stale = grant !== undefined && (grant.refreshTokenUsedAt ?? 0) + world.periods.unusedRefreshToken <= now;
  // §11: one answer for every cause; only the caller's own records can distinguish the causes.
  if (grant === undefined || stale || grants.endOf(grant) !== undefined) {
    return refuse(400, 'invalid_grant', 'Token has been expired or revoked.');
  }
  grant.refreshTokenUsedAt = now;
  return tokenReply(world, grant, issueAccessToken(world, grant), false);
}

function tokenReply(world: World, grant: Grant, accessToken: string, withRefreshToken: boolean): Reply {
  const left = grant.expiresAt === undefined ? 0 : Math.floor((grant.expiresAt - world.clock.now()) / 1000);
  return jsonReply(200, {
    access_token: accessToken,
    expires_in: world.periods.accessToken / 1000 - 1,
    ...(withRefreshToken && grant.refreshToken !== undefined && { refresh_token: grant.refreshToken }),
    scope: Object.keys(grant.access)
      .map((resource) => scopePrefix + resource)
      .join(' '),
    token_type: 'Bearer',
    // §6: sent for time-based access only.
    ...(grant.periodDays !== undefined && grant.refreshToken !== undefined && { refresh_token_expires_in: left }),
  });
}
