/** Connect sessions, for their host app: asks for one, confirms it, and says what became of it. */
import { json, Router } from 'express';

import { resources as knownResources } from '../domain/resources';
import type { HostAppAccess } from './authentication/host-app';
import { confirmHandler } from './confirm';
import { readConnectRequest } from './connect-request';
import type { ServerDependencies } from './dependencies';
import { refuseNulInBody } from './refuse-nul';
import { sessionJson } from './session-json';

export function connectSessionRouter(deps: ServerDependencies, access: HostAppAccess): Router {
  const { config, connectSessions, consents, now } = deps;
  const router = Router();
  const known = new Set([...knownResources.keys(), ...config.google.extraResources]);

  router.post('/connect-sessions', json({ limit: '64kb' }), refuseNulInBody, async (request, response) => {
    const at = now();
    const hostApp = access.hostAppOf(request);
    const fittingCount = (names: readonly string[]) => deps.oauth.fittingCount(names);
    const wanted = await readConnectRequest(request.body, { hostApp, known, fittingCount, consents, now: at });
    const expiresAt = new Date(at.getTime() + config.connectLinkTtlMs);
    const { id, link } = await connectSessions.create({
      ...wanted,
      hostAppId: hostApp.id,
      requiresConfirmation: hostApp.requiresConfirmation,
      at,
      expiresAt,
    });
    access.noteSubject(request, { object: id });
    response.status(201).json({ id, connectUrl: `${config.publicUrl}/connect/${link}`, expiresAt });
  });

  router.post('/connect-sessions/:id/confirm', json({ limit: '4kb' }), refuseNulInBody, confirmHandler(deps, access));

  router.get('/connect-sessions/:id', async (request, response) => {
    const session = await access.connectSessionOfHostApp(request, request.params.id);
    response.json(sessionJson(session, now()));
  });

  return router;
}
