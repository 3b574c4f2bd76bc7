/** Recognises a host app by its API key, and finds its data. */
import type { Request, RequestHandler } from 'express';

import type { ApiKeyAccess } from '../../database/api-keys';
import type { NewAuditEntry } from '../../database/audit-log';
import type { ConnectSession } from '../../database/connect-sessions';
import type { Consent } from '../../database/consents';
import type { Export } from '../../database/exports';
import type { HostApp } from '../../database/host-apps';
import type { WebhookEndpoint } from '../../database/webhooks';
import type { AuditActor } from '../../domain/audit';
import { PortageError } from '../../domain/error-codes';
import { objectOf, readActionOf } from '../audited-routes';
import type { ServerDependencies } from '../dependencies';

type Stores = Pick<
  ServerDependencies,
  'hostApps' | 'connectSessions' | 'consents' | 'exports' | 'webhooks' | 'auditLog' | 'now'
>;

/** The objects of a request, for the audit log. */
type Subject = Pick<NewAuditEntry, 'object' | 'consentId' | 'exportId' | 'details'>;

/**
 * Finds data of the requesting host app. Each finder throws the same PortageError `NOT_FOUND` for an unknown id and for
 * an id of another host app, so that answers reveal nothing about ids of others. The finder of a route that reads
 * personal data writes an audit entry first; if that fails, no data is sent.
 */
export interface HostAppAccess {
  /** Goes before every route of the API. @throws PortageError with status 401 without a valid `Authorization: Bearer` */
  readonly authenticate: RequestHandler;
  /** The same check once more: a request may hold its body back until its key has ended. */
  authenticateAgain(request: Request): Promise<void>;
  /** The key of an authenticated request. */
  keyOf(request: Request): ApiKeyAccess;
  /** The host app of an authenticated request. */
  hostAppOf(request: Request): HostApp;
  /** Who makes a request, also without authentication, and from which address. */
  callerOf(request: Request): { readonly actor: AuditActor; readonly address: string | undefined };
  subjectOf(request: Request): Subject;
  /** Sets the subject of a request that creates it. */
  noteSubject(request: Request, subject: Subject): void;
  connectSessionOfHostApp(request: Request, id: string): Promise<ConnectSession>;
  consentOfHostApp(request: Request, id: string): Promise<Consent>;
  exportOfHostApp(request: Request, id: string): Promise<Export>;
  webhookEndpointOfHostApp(request: Request, id: string): Promise<WebhookEndpoint>;
  /** @returns the id of the key, which may have ended */
  apiKeyOfHostApp(request: Request, id: string): Promise<string>;
}

export function createHostAppAccess(deps: Stores): HostAppAccess {
  const { hostApps, connectSessions, consents, exports, webhooks, auditLog, now } = deps;
  const authenticated = new WeakMap<Request, ApiKeyAccess>();
  const subjects = new WeakMap<Request, Subject>();

  const keyOf = (request: Request): ApiKeyAccess => {
    const key = authenticated.get(request);
    if (key === undefined) throw new PortageError('API_KEY_INVALID');
    return key;
  };
  const hostAppOf = (request: Request): HostApp => keyOf(request).hostApp;
  const callerOf = (request: Request) => ({
    actor: { kind: 'api_key', id: authenticated.get(request)?.keyId } as const,
    address: request.ip,
  });

  const ownConsent = async (request: Request, id: string): Promise<Consent> => {
    const consent = await consents.find(id);
    if (consent?.hostAppId !== hostAppOf(request).id) throw new PortageError('NOT_FOUND', { detail: 'consent' });
    return consent;
  };
  const noteAccess = async (request: Request, subject: Subject): Promise<void> => {
    subjects.set(request, subject);
    const action = readActionOf(request);
    if (action === undefined) return;
    await auditLog.append({ action, ...callerOf(request), ...subject, object: objectOf(request), at: now() });
  };

  const authenticateAgain = async (request: Request): Promise<void> => {
    const key = /^Bearer ([\w-]{1,200})$/.exec(request.get('authorization') ?? '')?.[1];
    if (key === undefined) throw new PortageError('API_KEY_INVALID');
    authenticated.set(request, await hostApps.authenticate(key, now()));
  };

  return {
    async authenticate(request, _response, next) {
      await authenticateAgain(request);
      next();
    },
    authenticateAgain,

    keyOf,
    hostAppOf,
    callerOf,
    subjectOf: (request) => subjects.get(request) ?? {},
    noteSubject: (request, subject) => void subjects.set(request, subject),

    async connectSessionOfHostApp(request, id) {
      const session = await connectSessions.find(id);
      if (session?.hostAppId !== hostAppOf(request).id) {
        throw new PortageError('NOT_FOUND', { detail: 'connect session' });
      }
      await noteAccess(request, { object: session.id, consentId: session.consentId ?? undefined });
      return session;
    },

    async consentOfHostApp(request, id) {
      const consent = await ownConsent(request, id);
      await noteAccess(request, { consentId: consent.id });
      return consent;
    },

    async exportOfHostApp(request, id) {
      const row = await exports.find(id);
      if (row === undefined) throw new PortageError('NOT_FOUND', { detail: 'export' });
      await ownConsent(request, row.consentId);
      await noteAccess(request, { consentId: row.consentId, exportId: row.id });
      return row;
    },

    async webhookEndpointOfHostApp(request, id) {
      const endpoint = await webhooks.findEndpoint(id);
      if (endpoint?.hostAppId !== hostAppOf(request).id) {
        throw new PortageError('NOT_FOUND', { detail: 'webhook endpoint' });
      }
      await noteAccess(request, { object: endpoint.id });
      return endpoint;
    },

    async apiKeyOfHostApp(request, id) {
      const hostAppId = await hostApps.hostAppOfApiKey(id);
      if (hostAppId !== hostAppOf(request).id) throw new PortageError('NOT_FOUND', { detail: 'API key' });
      await noteAccess(request, { object: id });
      return id;
    },
  };
}
