/**
 * API keys, for their host app: what an operator does with `portage api-keys`, except for accepting keys of an earlier
 * release. Whether Portage made such a key, or somebody wrote it into the database, is for an operator to find out.
 */
import { Router } from 'express';

import { usualScopes } from '../domain/api-key-scopes';
import { PortageError } from '../domain/error-codes';
import type { HostAppAccess } from './authentication/host-app';
import * as operations from './contract/api-keys';
import { mountOperation } from './contract/mount-operation';
import type { ServerDependencies } from './dependencies';
import { pageOf } from './list-page';

const daySeconds = 24 * 3_600;

export function apiKeyRouter(deps: Pick<ServerDependencies, 'hostApps' | 'now'>, access: HostAppAccess): Router {
  const { hostApps, now } = deps;
  const router = Router();

  mountOperation(router, operations.createApiKey, async ({ request, body = {} }) => {
    const at = now();
    const { name = null, expiresInSeconds } = body;
    const scopes = [...new Set(body.scopes ?? usualScopes)];
    const expiresAt = expiresInSeconds === undefined ? undefined : new Date(at.getTime() + expiresInSeconds * 1_000);
    const { actor: by, address } = access.callerOf(request);
    const { key, keyId: id } = await hostApps.createApiKey(access.hostAppOf(request).name, {
      ...{ scopes, expiresAt, keyName: name ?? undefined, by, address, at },
    });
    const shown = { id, name, scopes, createdAt: at, expiresAt: expiresAt ?? null, lastUsedAt: null, revokedAt: null };
    return { ...shown, state: 'active' as const, key };
  });

  mountOperation(router, operations.listApiKeys, async ({ request, query: { limit, after } }) => {
    const rows = await hostApps.apiKeysOf(access.hostAppOf(request).id, { after, limit: limit + 1, at: now() });
    const { shown, nextAfter } = pageOf(rows, limit);
    return { items: shown, nextAfter };
  });

  mountOperation(router, operations.rotateApiKey, async ({ request, path, body }) => {
    const id = await access.apiKeyOfHostApp(request, path.id);
    const overlapMs = (body?.overlapSeconds ?? daySeconds) * 1_000;
    const { actor: by, address } = access.callerOf(request);
    const made = await hostApps.rotateApiKey(id, { overlapMs, at: now(), by, address });
    if (made === undefined) throw new PortageError('NOT_FOUND', { detail: 'active API key' });
    const { key, keyId, expiresAt, formerEndsAt } = made;
    return { id: keyId, key, expiresAt, formerKeyId: id, formerEndsAt };
  });

  mountOperation(router, operations.revokeApiKey, async ({ request, path }) => {
    const id = await access.apiKeyOfHostApp(request, path.id);
    const { actor, address } = access.callerOf(request);
    const isRevoked = await hostApps.revokeApiKey(id, now(), actor, address);
    if (!isRevoked) throw new PortageError('NOT_FOUND', { detail: 'API key that is not revoked' });
  });

  return router;
}
