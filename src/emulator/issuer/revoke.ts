/** The revocation endpoint: revoking one token ends every grant of the person to the project. */
import type { Request } from 'express';
import type { Endpoint } from '../http/endpoint';
import { jsonReply, Refusal } from '../http/reply';
import type { Grant } from '../state';
import { stateOf, type World } from '../world';
import type { Grants } from './grants';

export function revokeEndpoint(world: World, grants: Grants): Endpoint {
  return {
    method: 'revoke',
    identify: (request) => {
      const grant = grantOf(world, tokenOf(request));
      return { clientId: grant?.clientId, accountId: grant?.accountId, grantId: grant?.grantId };
    },
    handle: (request) => {
      const token = tokenOf(request);
      if (token === undefined) throw refusal('invalid_request', 'Missing required parameter: token');
      const grant = grantOf(world, token);
      if (grant === undefined || grants.endOf(grant) !== undefined) {
        throw refusal('invalid_token', 'Token expired or revoked');
      }
      grants.endAll(grant.projectNumber, grant.accountId, 'revoked');
      return jsonReply(200, {});
    },
  };
}

function refusal(error: string, description: string): Refusal {
  return new Refusal(jsonReply(400, { error, error_description: description }));
}

/** The token in the form or, as Google also accepts it, in the query. */
function tokenOf(request: Request): string | undefined {
  const body = request.body as { token?: unknown } | undefined;
  const token = body?.token ?? request.query['token'];
  return typeof token === 'string' && token !== '' ? token : undefined;
}

function grantOf(world: World, token: string | undefined): Grant | undefined {
  if (token === undefined) return undefined;
  const { accessTokens, grants } = stateOf(world);
  const now = world.clock.now();
  const access = accessTokens.find((issued) => issued.token === token && issued.expiresAt > now);
  return grants.find((grant) => grant.refreshToken === token || grant.grantId === access?.grantId);
}
