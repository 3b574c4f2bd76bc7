/**
 * Opens a connect link: the page that it leads to, and the form in which that page sends the secret.
 * docs/decisions/connect-link.md explains why the secret is not in the path.
 */
import { Router, urlencoded, type Request, type Response } from 'express';

import type { ConnectSession } from '../database/connect-sessions';
import { PortageError } from '../domain/error-codes';
import { auditBrowser } from './audit-browser';
import { browserOf, knownOrNewBrowser, rememberBrowser, renewBrowserAgain } from './authentication/browser';
import { sessionOfLink } from './authentication/connect-link';
import type { ServerDependencies } from './dependencies';
import { openLinkPage } from './pages/open-link-page';

export type OpeningDependencies = Pick<
  ServerDependencies,
  'auditLog' | 'config' | 'connectSessions' | 'logger' | 'now'
>;

/** The address that a host app gets: behind the `#` is the secret, which browsers send to no server. */
export const connectUrlOf = (publicUrl: string, secret: string): string => `${publicUrl}/connect#${secret}`;

/**
 * Assigns the session to this browser, if it is the first one. The browser gets its cookie only then: a second tab that
 * comes too early must not replace the cookie of the first.
 *
 * @throws PortageError `CONNECT_LINK_OTHER_BROWSER`
 */
export async function openSession(
  deps: OpeningDependencies,
  { request, response }: { readonly request: Request; readonly response: Response },
  { id, isFirst }: { readonly id: string; readonly isFirst: boolean },
): Promise<void> {
  const browser = await knownOrNewBrowser(deps, request);
  if (!(await deps.connectSessions.open(id, browser))) throw new PortageError('CONNECT_LINK_OTHER_BROWSER');
  rememberBrowser(response, deps.config, browser);
  // Only at the first time, since reloads would fill the log.
  if (isFirst) await auditBrowser(deps, request, { action: 'connect_session.opened', object: id });
}

/** The address of a session's page, which opens in the browser of the session alone. */
export const sessionPath = ({ id }: Pick<ConnectSession, 'id'>): string => `/connect/${id}`;

/**
 * Takes the secret of a link, and leads to the page of its session.
 *
 * @throws PortageError those of {@link sessionOfLink} and {@link openSession}
 */
export async function openLink(
  deps: OpeningDependencies,
  { request, response }: { readonly request: Request; readonly response: Response },
  secret: string,
): Promise<void> {
  const sent = browserOf(request, deps.config);
  const { session, isOpen } = await sessionOfLink(deps, secret, sent);
  const { id, browserHash } = session;
  if (isOpen) await openSession(deps, { request, response }, { id, isFirst: browserHash === null });
  else if (sent !== undefined) await renewBrowserAgain(deps, response, { sessionId: id, before: sent });
  response.redirect(303, sessionPath(session));
}

export function openLinkRouter(deps: OpeningDependencies): Router {
  const router = Router();

  router.get('/connect', (_request, response) => {
    response.send(openLinkPage());
  });

  router.post('/connect/open', urlencoded({ extended: false, limit: '4kb' }), async (request, response) => {
    const { link } = (request.body ?? {}) as { link?: unknown };
    // The secret alone, or the whole link: a user whose browser runs no script pastes it.
    const secret = typeof link === 'string' ? /[\w-]{43}$/.exec(link.trim())?.[0] : undefined;
    if (secret === undefined) throw new PortageError('CONNECT_LINK_UNKNOWN');
    await openLink(deps, { request, response }, secret);
  });

  return router;
}
