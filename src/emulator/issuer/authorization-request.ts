/** Reads an authorisation request and refuses it where Google does so on a page of its own, without a redirect. */
import type { Client } from '../clients';
import { htmlReply, redirectReply, Refusal } from '../http/reply';
import { findResource, scopePrefix } from '../resources';
import type { World } from '../world';
import { errorPage } from './pages/error-page';

export interface AuthorizationRequest {
  client: Client;
  redirectUri: string;
  resources: string[];
  state: string | undefined;
  offline: boolean;
  promptConsent: boolean;
  loginHint: string | undefined;
  codeChallenge: string | undefined;
  codeChallengeMethod: string | undefined;
}

/** Ends the request with Google's kind of error page: status, error code and an explanation. */
export function refusePage(status: number, code: string, explanation: string): never {
  throw new Refusal(htmlReply(status, errorPage(status, code, explanation)));
}

/** @param url the request's path and query as received; throws a Refusal holding an error page */
export function readAuthorizationRequest(world: World, url: string): AuthorizationRequest {
  // §11: too many scopes make a URL that Google answers at another page with 400. No figure is published.
  if (world.longestAuthorizeUrl > 0 && Buffer.byteLength(url) > world.longestAuthorizeUrl) {
    throw new Refusal(redirectReply(`${world.baseUrl()}/dpinfo`));
  }
  const query = new URL(url, 'http://emulator').searchParams;
  const one = (name: string): string | undefined => {
    const values = query.getAll(name);
    if (values.length > 1) refusePage(400, 'invalid_request', `The parameter ${name} is given more than once.`);
    return values[0] === '' ? undefined : values[0];
  };
  const required = (name: string): string =>
    one(name) ?? refusePage(400, 'invalid_request', `The required parameter ${name} is missing.`);

  const client = world.clients.find(required('client_id'));
  if (client === undefined) refusePage(401, 'invalid_client', 'The OAuth client was not found.');
  const redirectUri = required('redirect_uri');
  if (!client.redirectUris.includes(redirectUri)) {
    refusePage(400, 'redirect_uri_mismatch', `The redirect URI ${redirectUri} is not registered for this client.`);
  }
  if (required('response_type') !== 'code') {
    refusePage(400, 'unsupported_response_type', 'Only response_type=code is offered here.');
  }
  if (one('include_granted_scopes') === 'true') {
    refusePage(400, 'invalid_request', 'Incremental auth is not allowed for the requested scopes.');
  }
  const codeChallenge = one('code_challenge');
  const codeChallengeMethod = one('code_challenge_method') ?? (codeChallenge === undefined ? undefined : 'plain');
  if (codeChallenge === undefined && codeChallengeMethod !== undefined) {
    refusePage(400, 'invalid_request', 'code_challenge_method is given without a code_challenge.');
  }
  if (codeChallengeMethod !== undefined && !['S256', 'plain'].includes(codeChallengeMethod)) {
    refusePage(400, 'invalid_request', 'code_challenge_method must be S256 or plain.');
  }
  return {
    client,
    redirectUri,
    resources: readScopes(required('scope')),
    state: one('state'),
    offline: one('access_type') === 'offline',
    promptConsent: (one('prompt') ?? '').split(' ').includes('consent'),
    loginHint: one('login_hint'),
    codeChallenge,
    codeChallengeMethod,
  };
}

function readScopes(scope: string): string[] {
  const scopes = [...new Set(scope.split(' ').filter((name) => name !== ''))];
  const ours = scopes.filter((name) => name.startsWith(scopePrefix));
  // §11: a request with Data Portability scopes may have no other scope, not even openid.
  if (ours.length < scopes.length) {
    if (ours.length > 0) {
      refusePage(400, 'invalid_request', 'Data Portability scopes cannot be requested together with other scopes.');
    }
    refusePage(400, 'invalid_scope', 'Some requested scopes are not Data Portability scopes.');
  }
  const names = ours.map((name) => name.slice(scopePrefix.length));
  const unknown = names.filter((name) => findResource(name) === undefined);
  if (unknown.length > 0)
    refusePage(400, 'invalid_scope', `Some requested scopes were invalid: ${unknown.join(', ')}.`);
  return names;
}
