/** Recognises a host app by its API key, and finds what belongs to it. */
import type { Request, RequestHandler } from 'express';

import type { ConnectSession } from '../../database/connect-sessions';
import type { Consent } from '../../database/consents';
import type { Export } from '../../database/exports';
import type { HostApp } from '../../database/host-apps';
import { PortageError } from '../../domain/error-codes';
import type { ServerDependencies } from '../dependencies';

type Stores = Pick<ServerDependencies, 'hostApps' | 'connectSessions' | 'consents' | 'exports'>;

/**
 * Finds data of the requesting host app. Each finder throws the same PortageError `NOT_FOUND` for an unknown id and for
 * an id of another host app, so that answers reveal nothing about ids of others.
 */
export interface HostAppAccess {
  /** Goes before every route of the API. @throws PortageError `API_KEY_INVALID` without a valid `Authorization: Bearer` */
  readonly authenticate: RequestHandler;
  /** The host app of an authenticated request. */
  hostAppOf(request: Request): HostApp;
  connectSessionOfHostApp(request: Request, id: string): Promise<ConnectSession>;
  consentOfHostApp(request: Request, id: string): Promise<Consent>;
  exportOfHostApp(request: Request, id: string): Promise<Export>;
}

export function createHostAppAccess({ hostApps, connectSessions, consents, exports }: Stores): HostAppAccess {
  const authenticated = new WeakMap<Request, HostApp>();

  const hostAppOf = (request: Request): HostApp => {
    const hostApp = authenticated.get(request);
    if (hostApp === undefined) throw new PortageError('API_KEY_INVALID');
    return hostApp;
  };

  const consentOfHostApp = async (request: Request, id: string): Promise<Consent> => {
    const consent = await consents.find(id);
    if (consent?.hostAppId !== hostAppOf(request).id) throw new PortageError('NOT_FOUND', { detail: 'consent' });
    return consent;
  };

  return {
    async authenticate(request, _response, next) {
      const key = /^Bearer ([\w-]{1,200})$/.exec(request.get('authorization') ?? '')?.[1];
      const hostApp = key === undefined ? undefined : await hostApps.findByApiKey(key);
      if (hostApp === undefined) throw new PortageError('API_KEY_INVALID');
      authenticated.set(request, hostApp);
      next();
    },

    hostAppOf,
    consentOfHostApp,

    async connectSessionOfHostApp(request, id) {
      const session = await connectSessions.find(id);
      if (session?.hostAppId !== hostAppOf(request).id) {
        throw new PortageError('NOT_FOUND', { detail: 'connect session' });
      }
      return session;
    },

    async exportOfHostApp(request, id) {
      const row = await exports.find(id);
      if (row === undefined) throw new PortageError('NOT_FOUND', { detail: 'export' });
      await consentOfHostApp(request, row.consentId);
      return row;
    },
  };
}
