/** Recognises a connect session: by the secret of its link, and by the `state` that Google's answer brings back. */
import type { ConnectSession } from '../../database/connect-sessions';
import { hashSecret } from '../../database/host-apps';
import { PortageError } from '../../domain/errors';
import type { ServerDependencies } from '../dependencies';

type SessionReader = Pick<ServerDependencies, 'connectSessions' | 'now'>;

/**
 * The session of a link that can still be used.
 *
 * @throws PortageError `CONNECT_LINK_UNKNOWN`, `CONNECT_LINK_USED` or `CONNECT_LINK_EXPIRED`
 */
export async function sessionOfLink({ connectSessions, now }: SessionReader, link: string): Promise<ConnectSession> {
  const session = await connectSessions.findByLink(link);
  if (session === undefined) throw new PortageError('CONNECT_LINK_UNKNOWN');
  if (session.state !== 'created' && session.state !== 'started') throw new PortageError('CONNECT_LINK_USED');
  if (session.expiresAt <= now()) throw new PortageError('CONNECT_LINK_EXPIRED');
  return session;
}

/**
 * The session of an answer from Google, its `state` now used up (docs/known-defects.md D15, D33).
 *
 * @param browser the browser that brings the answer, which has to be the one that started the session
 * @throws PortageError `STATE_INVALID` or `STATE_USED`
 */
export async function takeSessionOfState(
  { connectSessions, now }: SessionReader,
  state: string,
  browser: string | undefined,
): Promise<ConnectSession> {
  const session = await connectSessions.findByOAuthState(state);
  const fits = browser !== undefined && session?.browserHash === hashSecret(browser);
  if (session === undefined || !fits) throw new PortageError('STATE_INVALID');
  if (!(await connectSessions.useOAuthState(session.id, now()))) throw new PortageError('STATE_USED');
  return session;
}
