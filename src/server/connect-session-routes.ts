/** Connect sessions, for their host app: asks for one, and says what became of it. */
import { json, Router } from 'express';

import { resources as knownResources } from '../domain/resources';
import type { HostAppAccess } from './authentication/host-app';
import { readConnectRequest } from './connect-request';
import type { ServerDependencies } from './dependencies';
import { refuseNulInBody } from './refuse-nul';

type ConnectSessionDependencies = Pick<ServerDependencies, 'config' | 'connectSessions' | 'consents' | 'oauth' | 'now'>;

export function connectSessionRouter(deps: ConnectSessionDependencies, access: HostAppAccess): Router {
  const { config, connectSessions, consents, now } = deps;
  const router = Router();
  const known = new Set([...knownResources.keys(), ...config.google.extraResources]);

  router.post('/connect-sessions', json({ limit: '64kb' }), refuseNulInBody, async (request, response) => {
    const at = now();
    const hostAppId = access.hostAppOf(request).id;
    const fittingCount = (names: readonly string[]) => deps.oauth.fittingCount(names);
    const wanted = await readConnectRequest(request.body, { hostAppId, known, fittingCount, consents, now: at });
    const expiresAt = new Date(at.getTime() + config.connectLinkTtlMs);
    const { id, link } = await connectSessions.create({ ...wanted, hostAppId, at, expiresAt });
    response.status(201).json({ id, connectUrl: `${config.publicUrl}/connect/${link}`, expiresAt });
  });

  router.get('/connect-sessions/:id', async (request, response) => {
    const session = await access.connectSessionOfHostApp(request, request.params.id);
    const { id, userId, state, errorCode, resources, since, renewsConsentId, consentId } = session;
    // A grant that does not cover the consent to renew becomes a separate consent.
    const renewed = renewsConsentId === null || consentId === null ? null : renewsConsentId === consentId;
    const { createdAt, expiresAt } = session;
    response.json({
      ...{ id, userId, state, errorCode, resources, since, renewsConsentId, renewed, consentId, createdAt, expiresAt },
    });
  });

  return router;
}
