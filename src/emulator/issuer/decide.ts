/** Turns a person's answer on the consent screen into a redirect with a code or an error. */
import type { Account, AccessType, ConsentDecision } from '../state';
import { redirectReply, type Reply } from '../http/reply';
import { scopePrefix } from '../resources';
import { stateOf, type World } from '../world';
import { refusePage, type AuthorizationRequest } from './authorization-request';
import { refusedFor } from './eligibility';
import type { Grants } from './grants';
import { newCode } from './tokens';

/** The account that a decision names, by id or e-mail address; the first one if it names none. */
export function accountOfDecision(world: World, named: string | undefined): Account {
  const accounts = stateOf(world).accounts;
  const account =
    named === undefined
      ? accounts[0]
      : accounts.find((candidate) => candidate.accountId === named || candidate.email === named);
  return account ?? refusePage(400, 'invalid_request', `There is no account ${String(named)} here.`);
}

/** Applies a decision. Throws a Refusal holding an error page where Google would not redirect. */
export function decide(world: World, grants: Grants, request: AuthorizationRequest, decision: ConsentDecision): Reply {
  const back = (answer: Record<string, string>): Reply => {
    const url = new URL(request.redirectUri);
    if (request.state !== undefined) url.searchParams.set('state', request.state);
    for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
    return redirectReply(url.href);
  };
  const { client } = request;
  const account = accountOfDecision(world, decision.account);
  const refused = refusedFor(account, client, stateOf(world).switches);
  if (refused?.how === 'page') refusePage(refused.status, refused.code, refused.explanation);
  if (refused !== undefined) return back({ error: refused.error });
  const granted = request.resources.filter((resource) => decision.untick?.includes(resource) !== true);
  // Without any ticked resource there is nothing to allow.
  if (decision.decline === true || granted.length === 0) return back({ error: 'access_denied' });

  const chosen: AccessType = (decision.access ?? 'once') === 'once' ? 'one_time' : 'time_based';
  const access = Object.fromEntries(
    granted.map((resource) => [resource, decision.once?.includes(resource) === true ? 'one_time' : chosen] as const),
  );
  const live = grants.live(client.projectNumber, account.accountId);
  refuseRepeatedScopes(world, live, access);
  const code = newCode();
  const state = stateOf(world);
  state.codes = state.codes.filter((issued) => issued.expiresAt > world.clock.now());
  state.codes.push({
    code,
    clientId: client.clientId,
    redirectUri: request.redirectUri,
    accountId: account.accountId,
    access,
    ...(chosen === 'time_based' && { periodDays: decision.access === '180d' ? 180 : 30 }),
    // Without prompt=consent a refresh token comes with the first grant only (§11).
    offline: request.offline && (request.promptConsent || live.length === 0),
    ...(request.codeChallenge !== undefined && { codeChallenge: request.codeChallenge }),
    ...(request.codeChallengeMethod !== undefined && { codeChallengeMethod: request.codeChallengeMethod }),
    expiresAt: world.clock.now() + world.periods.authorizationCode,
    used: false,
  });
  world.store.changed();
  return back({
    code,
    scope: granted.map((resource) => scopePrefix + resource).join(' '),
    authuser: String(state.accounts.indexOf(account)),
    prompt: 'consent',
  });
}

function refuseRepeatedScopes(world: World, live: ReturnType<Grants['live']>, access: Record<string, AccessType>) {
  for (const grant of live) {
    for (const [resource, type] of Object.entries(access)) {
      const held = grant.access[resource];
      if (held === undefined) continue;
      // §6: another kind of access needs the existing grant to be revoked first.
      if (held !== type) {
        refusePage(400, 'invalid_request', `Access to ${resource} is already given in another way: remove it first.`);
      }
      if (stateOf(world).switches.Q14 === 'B' && grant.renewedUntil === undefined) {
        refusePage(400, 'invalid_request', 'Incremental auth is not allowed for the requested scopes.');
      }
    }
  }
}
