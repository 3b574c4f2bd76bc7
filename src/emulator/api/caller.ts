/** Finds the caller of the API: the bearer token's grant, its client and its account. */
import type { Request } from 'express';
import { bearerToken, grantOfToken } from '../issuer/tokens';
import type { Grants } from '../issuer/grants';
import type { Client } from '../clients';
import type { Grant } from '../state';
import { stateOf, type World } from '../world';
import { debugInfo, errorInfo, googleError } from './google-error';

export interface Caller {
  grant: Grant;
  client: Client;
}

/** The grant of the request's token, whether or not it may be used. For the log and for faults. */
export function grantBehind(world: World, request: Request): Grant | undefined {
  const token = bearerToken(request.headers.authorization);
  const issued = stateOf(world).accessTokens.find((candidate) => candidate.token === token);
  return stateOf(world).grants.find((grant) => grant.grantId === issued?.grantId);
}

/**
 * The caller. Throws UNAUTHENTICATED for a missing, expired or revoked token (docs/google-api.md §5) and
 * PERMISSION_DENIED with SERVICE_DISABLED when the API is off in the project.
 */
export function authenticate(world: World, grants: Grants, request: Request, readsState = false): Caller {
  const token = bearerToken(request.headers.authorization);
  const evenExpired = readsState && stateOf(world).switches.Q7 === 'A';
  const grant = token === undefined ? undefined : grantOfToken(world, grants, token, evenExpired);
  const client = grant === undefined ? undefined : world.clients.find(grant.clientId);
  if (grant === undefined || client === undefined) {
    throw googleError('UNAUTHENTICATED', 'The request has no valid OAuth 2.0 access token.');
  }
  if (!client.apiEnabled) {
    const consumer = `projects/${client.projectNumber}`;
    const service = 'dataportability.googleapis.com';
    throw googleError('PERMISSION_DENIED', `Data Portability API is disabled in project ${client.projectNumber}.`, [
      errorInfo('SERVICE_DISABLED', { service, consumer }),
    ]);
  }
  return { grant, client };
}

/** Refuses resources outside the token's scopes (docs/google-api.md §5). */
export function requireScopes(grant: Grant, resources: readonly string[]): void {
  if (resources.every((resource) => resource in grant.access)) return;
  throw googleError('PERMISSION_DENIED', 'The requested resources are not authorized by the OAuth token.', [
    debugInfo('[ORIGINAL ERROR] the token lacks a scope for a requested resource'),
  ]);
}
