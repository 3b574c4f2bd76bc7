/** Cancels a connect session for its host app. */
import type { ConnectSession } from '../database/connect-sessions';
import { PortageError } from '../domain/error-codes';
import type { ServerDependencies } from './dependencies';

type CancelDependencies = Pick<
  ServerDependencies,
  'connectSessions' | 'consents' | 'consentStarter' | 'logger' | 'now'
>;

/**
 * `POST /v1/connect-sessions/:id/cancel`. The link stops working at once. The workflow of a consent resets the
 * authorization of a grant that awaits its confirmation; the callback revokes a grant that Google gives later. A
 * session that has ended stays as it is.
 *
 * @returns the session after the cancellation
 * @throws PortageError `CONNECT_SESSION_CONNECTED`, or `NOT_READY` while the grant is being stored
 */
export async function cancelSession(
  { connectSessions, consents, consentStarter, logger, now }: CancelDependencies,
  before: ConnectSession,
): Promise<ConnectSession> {
  const { id } = before;
  const at = now();
  await connectSessions.cancel(id, at);
  const consentId = await consents.endCancelled(before, at);
  const session = (await connectSessions.find(id)) ?? before;
  if (session.state === 'connected') throw new PortageError('CONNECT_SESSION_CONNECTED');
  const isAnswered = session.state === 'started' && session.oauthStateUsedAt !== null;
  const isConfirmed = session.state === 'awaiting_confirmation' && session.confirmedAt !== null;
  if (isAnswered || isConfirmed) throw new PortageError('NOT_READY', { detail: 'the grant is being stored' });
  logger.info({ connectSessionId: id, consentId }, 'the end of a connect session was asked for');
  const ending = consentId === undefined ? undefined : await consents.find(consentId);
  if (ending !== undefined) await consentStarter.tryStart(ending);
  return session;
}
