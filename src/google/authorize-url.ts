/** The address of Google's consent screen, and how much it can ask for. */
import { CodeChallengeMethod } from 'google-auth-library';

import { PortageError } from '../domain/error-codes';
import { isResourceName, scopeOf } from '../domain/resources';
import { singleAttemptClient, type OAuthOptions } from './single-attempt-client';

/**
 * The longest address of the consent screen that Portage uses, in bytes. Google answers longer ones with an error page
 * (docs/google-api.md §11) and publishes no limit; this leaves room for more than 40 resources.
 */
const longestAuthorizeUrl = 4_096;
/** Has the length of a request's `state` and code challenge: 32 bytes in base64url. */
const stateStandIn = 'x'.repeat(43);

/**
 * The address of Google's consent screen: PKCE, offline access, a new consent, Data Portability scopes only and never
 * `include_granted_scopes` (docs/google-api.md §11).
 *
 * @throws PortageError `RESOURCE_UNKNOWN` for a text that is not a resource's name, since it could add another scope
 */
export function authorizeUrl(
  options: OAuthOptions,
  request: { readonly state: string; readonly codeChallenge: string; readonly resources: readonly string[] },
): string {
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
}

/**
 * How many of the resources, from the first on, one consent screen can ask for; all of them unless the address would be
 * too long.
 */
export function fittingCount(options: OAuthOptions, resources: readonly string[]): number {
  const bytes = (count: number) => {
    const asked = resources.slice(0, count);
    return Buffer.byteLength(
      authorizeUrl(options, { state: stateStandIn, codeChallenge: stateStandIn, resources: asked }),
    );
  };
  let count = resources.length;
  while (count > 0 && bytes(count) > longestAuthorizeUrl) count -= 1;
  return count;
}
