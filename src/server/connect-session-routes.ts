/** Connect sessions, for their host app: routes to create, confirm, show and cancel them. */
import { Router } from 'express';

import { resources as knownResources } from '../domain/resources';
import type { HostAppAccess } from './authentication/host-app';
import { cancelSession } from './cancel-session';
import { createConfirmation } from './confirm';
import { checkConnectRequest } from './connect-request';
import {
  cancelConnectSession,
  confirmConnectSession,
  createConnectSession,
  getConnectSession,
  listConnectSessions,
} from './contract/connect-sessions';
import { mountOperation } from './contract/mount-operation';
import type { ServerDependencies } from './dependencies';
import { pageOf } from './list-page';
import { connectUrlOf } from './open-link';
import { sessionJson } from './session-json';

export function connectSessionRouter(deps: ServerDependencies, access: HostAppAccess): Router {
  const { accountHints, config, connectSessions, consents, now } = deps;
  const router = Router();
  const known = new Set([...knownResources.keys(), ...config.google.extraResources]);
  const confirm = createConfirmation(deps);

  mountOperation(router, createConnectSession, async ({ request, body }) => {
    const at = now();
    const hostApp = access.hostAppOf(request);
    const { oauth } = await deps.clientsAtGoogle.get(hostApp.googleClientId);
    const fittingCount = (names: readonly string[]) => oauth.fittingCount(names);
    const caller = { hostApp, known, fittingCount, consents, accountHints, now: at };
    const wanted = await checkConnectRequest(body, caller);
    const expiresAt = new Date(at.getTime() + config.connectLinkTtlMs);
    const { id, link } = await connectSessions.create({
      ...wanted,
      hostAppId: hostApp.id,
      requiresConfirmation: hostApp.requiresConfirmation,
      quotas: {
        ...hostApp.settings,
        addsConsent: wanted.renewsConsentId === undefined && wanted.replacesConsentId === undefined,
      },
      at,
      expiresAt,
    });
    access.noteSubject(request, { object: id });
    return { id, connectUrl: connectUrlOf(config.publicUrl, link), expiresAt };
  });

  mountOperation(router, listConnectSessions, async ({ request, query: { userId, state, after, limit } }) => {
    const at = now();
    const wanted = { userId, state, at, before: after, limit: limit + 1 };
    const { shown, nextAfter } = pageOf(await connectSessions.page(access.hostAppOf(request).id, wanted), limit);
    return { items: shown.map((session) => sessionJson(session, at)), nextAfter };
  });

  mountOperation(router, cancelConnectSession, async ({ request, path }) => {
    const session = await cancelSession(deps, await access.connectSessionOfHostApp(request, path.id));
    access.noteSubject(request, { object: session.id, consentId: session.consentId ?? undefined });
    return sessionJson(session, now());
  });

  mountOperation(router, confirmConnectSession, async ({ request, path, body }) => {
    const session = await confirm(await access.connectSessionOfHostApp(request, path.id), body);
    return sessionJson(session, now());
  });

  mountOperation(router, getConnectSession, async ({ request, path }) =>
    sessionJson(await access.connectSessionOfHostApp(request, path.id), now()),
  );

  return router;
}
