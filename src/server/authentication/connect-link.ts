/** Recognises a connect session: by the secret of its link, and by the `state` that Google's answer brings back. */
import type { ConnectSession } from '../../database/connect-sessions';
import { hashSecret } from '../../database/random-secrets';
import { PortageError } from '../../domain/error-codes';
import type { ServerDependencies } from '../dependencies';

type SessionReader = Pick<ServerDependencies, 'connectSessions' | 'now'>;

export interface LinkedSession {
  readonly session: ConnectSession;
  /**
   * Whether the user can still be sent to Google; else Google has answered, and this browser took part in the session.
   */
  readonly isOpen: boolean;
}

/**
 * The session of a link, for a browser.
 *
 * @param secret of the link
 * @param browser the secret of the browser's cookie
 * @throws PortageError `CONNECT_LINK_UNKNOWN`, `CONNECT_LINK_EXPIRED`, `CONNECT_CANCELLED`, and `CONNECT_LINK_USED` in
 * a browser that did not open the link first
 */
export async function sessionOfLink(
  deps: SessionReader,
  secret: string,
  browser: string | undefined,
): Promise<LinkedSession> {
  const session = await deps.connectSessions.findByLink(secret);
  if (session === undefined) throw new PortageError('CONNECT_LINK_UNKNOWN');
  return linked(deps, session, browser);
}

/**
 * The session of a page, by its id, for the browser that opened the link. The id is no secret.
 *
 * @throws PortageError those of {@link sessionOfLink}, or `CONNECT_LINK_OTHER_BROWSER`
 */
export async function sessionOfPage(
  deps: SessionReader,
  id: string,
  browser: string | undefined,
): Promise<LinkedSession> {
  const session = await deps.connectSessions.find(id);
  if (session === undefined) throw new PortageError('CONNECT_LINK_UNKNOWN');
  // After Google's answer the first cookie opens no page, since an attacker may have planted it.
  const hasNewerCookies = session.oauthStateUsedAt !== null && session.browserHashes.length > 0;
  const cookies = hasNewerCookies ? { ...session, browserHash: null } : session;
  if (!isBrowserOf(cookies, browser)) throw new PortageError('CONNECT_LINK_OTHER_BROWSER');
  return linked(deps, session, browser);
}

function linked({ now }: SessionReader, session: ConnectSession, browser: string | undefined): LinkedSession {
  const isUnanswered = session.state === 'created' || session.state === 'started';
  if (isUnanswered && session.oauthStateUsedAt === null) {
    if (session.expiresAt <= now()) throw new PortageError('CONNECT_LINK_EXPIRED');
    return { session, isOpen: true };
  }
  if (session.state === 'expired') throw new PortageError('CONNECT_LINK_EXPIRED');
  if (session.state === 'cancelled') throw new PortageError('CONNECT_CANCELLED');
  if (!isBrowserOf(session, browser)) throw new PortageError('CONNECT_LINK_USED');
  return { session, isOpen: false };
}

/** Whether this browser is the one that opened the session's link first, with its first cookie or a newer one. */
export function isBrowserOf({ browserHash, browserHashes }: ConnectSession, browser: string | undefined): boolean {
  if (browser === undefined) return false;
  const hash = hashSecret(browser);
  return browserHash === hash || browserHashes.includes(hash);
}

/**
 * The session of an answer from Google (docs/known-defects.md D15, D33).
 *
 * @param browser the browser that brings the answer; it has to be the one that started the session
 * @throws PortageError `STATE_INVALID`
 */
export async function sessionOfState(
  { connectSessions }: Pick<SessionReader, 'connectSessions'>,
  state: string,
  browser: string | undefined,
): Promise<ConnectSession> {
  const session = await connectSessions.findByOAuthState(state);
  if (session === undefined || !isBrowserOf(session, browser)) throw new PortageError('STATE_INVALID');
  return session;
}
