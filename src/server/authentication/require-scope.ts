/** Which scope of an API key a request needs. */
import type { Request, RequestHandler } from 'express';

import type { ApiKeyAccess } from '../../database/api-keys';
import { hasScope, type ApiKeyScope } from '../../domain/api-key-scopes';
import { PortageError, type ErrorCode } from '../../domain/error-codes';

const lacking: Readonly<Record<Exclude<ApiKeyScope, 'admin'>, ErrorCode>> = {
  connect: 'API_KEY_LACKS_CONNECT',
  read: 'API_KEY_LACKS_READ',
  manage: 'API_KEY_LACKS_MANAGE',
};

/**
 * Goes after authentication and before every route, so that none is forgotten. The path is judged as Express matches it,
 * where upper case counts as lower case.
 *
 * @throws PortageError `API_KEY_LACKS_CONNECT`, `API_KEY_LACKS_READ`, `API_KEY_LACKS_MANAGE`
 */
export function requireScope(keyOf: (request: Request) => ApiKeyAccess): RequestHandler {
  return (request, _response, next) => {
    const scope = scopeOf(request);
    if (scope !== undefined && !hasScope(keyOf(request).scopes, scope)) throw new PortageError(lacking[scope]);
    next();
  };
}

/** @returns undefined for what every key may ask for */
function scopeOf({ method, path }: Request): Exclude<ApiKeyScope, 'admin'> | undefined {
  const isRead = method === 'GET' || method === 'HEAD';
  if (isRead && /^\/health\/?$/i.test(path)) return undefined;
  if (/^\/connect-sessions(?:\/|$)/i.test(path)) return 'connect';
  return isRead ? 'read' : 'manage';
}
