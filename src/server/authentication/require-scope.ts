/** The scope of an API key that a request needs. */
import type { Request, RequestHandler } from 'express';

import type { ApiKeyAccess } from '../../database/api-keys';
import { hasScope, type ApiKeyScope } from '../../domain/api-key-scopes';
import { PortageError, type ErrorCode } from '../../domain/error-codes';

/** The code for a key that lacks a scope. */
export const lackingScope: Readonly<Record<ApiKeyScope, ErrorCode>> = {
  connect: 'API_KEY_LACKS_CONNECT',
  read: 'API_KEY_LACKS_READ',
  manage: 'API_KEY_LACKS_MANAGE',
  admin: 'API_KEY_LACKS_ADMIN',
};

/**
 * Goes after authentication and before every route, so that every route is covered. The path is compared as Express
 * matches it: upper case equals lower case.
 *
 * @throws PortageError `API_KEY_LACKS_CONNECT`, `API_KEY_LACKS_READ`, `API_KEY_LACKS_MANAGE`, `API_KEY_LACKS_ADMIN`
 */
export function requireScope(keyOf: (request: Request) => ApiKeyAccess): RequestHandler {
  return (request, _response, next) => {
    const scope = scopeOf(request);
    if (!hasScope(keyOf(request).scopes, scope)) throw new PortageError(lackingScope[scope]);
    next();
  };
}

/** The scope from the contract of the operation, or the one for a path that is in no contract. */
function scopeOf({ method, path }: Request): ApiKeyScope {
  if (/^\/connect-sessions(?:\/|$)/i.test(path)) return 'connect';
  if (/^\/api-keys(?:\/|$)/i.test(path)) return 'admin';
  return method === 'GET' || method === 'HEAD' ? 'read' : 'manage';
}
