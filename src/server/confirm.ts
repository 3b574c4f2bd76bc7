/** The host app's confirmation that the user who came back is the one for whom it made the connect session. */
import type { RequestHandler } from 'express';
import { z } from 'zod';

import { wrongConfirmationsAllowed, type ConnectSession } from '../database/connect-sessions';
import { hashSecret } from '../database/host-apps';
import { PortageError } from '../domain/error-codes';
import type { HostAppAccess } from './authentication/host-app';
import type { ServerDependencies } from './dependencies';
import { followGrant, type FollowingDependencies } from './follow-grant';
import { createGrantKeeper } from './grant-keeper';
import { sessionJson } from './session-json';

const confirmationRequest = z.strictObject({
  code: z.string().min(1).max(200),
  /** The host app's user who is signed in in the browser that brought the code. */
  userId: z.string().min(1).max(200),
});

type Confirmation = z.infer<typeof confirmationRequest>;
type ConfirmDependencies = FollowingDependencies & Pick<ServerDependencies, 'config' | 'tokens' | 'oauth' | 'vault'>;

/**
 * `POST /v1/connect-sessions/:id/confirm`. A repeat answers as the first time.
 *
 * @returns what throws PortageError `REQUEST_INVALID`, `NOT_FOUND`, `NOTHING_TO_CONFIRM`, `CONFIRMATION_CODE_WRONG`,
 * `CONFIRMATION_USER_WRONG`, `CONFIRMATION_VOID`, `CONFIRMATION_EXPIRED`
 */
export function confirmHandler(deps: ConfirmDependencies, access: HostAppAccess): RequestHandler<{ id: string }> {
  const { connectSessions, logger, now } = deps;
  const grantKeeper = createGrantKeeper(deps);
  return async (request, response) => {
    const read = confirmationRequest.safeParse(request.body);
    if (!read.success) {
      const detail = read.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
      throw new PortageError('REQUEST_INVALID', { detail: detail.slice(0, 500) });
    }
    const before = await access.connectSessionOfHostApp(request, request.params.id);
    const session = await confirm(deps, before, read.data);
    if (session.state === 'awaiting_confirmation') {
      logger.info({ connectSessionId: session.id }, 'connect session confirmed');
      const kept = await grantKeeper.resume(session);
      if (kept !== undefined) await followGrant(deps, session, kept);
    }
    response.json(sessionJson((await connectSessions.find(session.id)) ?? session, now()));
  };
}

/** @returns the session, now confirmed */
async function confirm(
  { connectSessions, logger, now }: ConfirmDependencies,
  session: ConnectSession,
  { code, userId }: Confirmation,
): Promise<ConnectSession> {
  checkOpen(session, now());
  const isCode = session.confirmationCodeHashes.includes(hashSecret(code));
  if (!isCode || session.userId !== userId) {
    const wrong = isCode ? 'CONFIRMATION_USER_WRONG' : 'CONFIRMATION_CODE_WRONG';
    await connectSessions.countWrongConfirmation(session.id);
    logger.warn({ connectSessionId: session.id, errorCode: wrong }, 'a confirmation was refused');
    throw new PortageError(wrong);
  }
  if (session.confirmedAt !== null) return session;
  const confirmed = (await connectSessions.confirm(session.id, now())) ?? session;
  if (confirmed.confirmedAt === null) {
    checkOpen(confirmed, now());
    throw new PortageError('CONFIRMATION_EXPIRED');
  }
  return confirmed;
}

/** @throws PortageError when the session cannot be confirmed, whatever the code is */
function checkOpen(session: ConnectSession, at: Date): void {
  const { state, requiresConfirmation, confirmedAt, confirmBy, wrongConfirmations } = session;
  if (state === 'unconfirmed') throw new PortageError('CONFIRMATION_EXPIRED');
  if (!requiresConfirmation)
    throw new PortageError('NOTHING_TO_CONFIRM', { detail: 'the host app does not have to confirm this session' });
  if (state !== 'awaiting_confirmation' && state !== 'connected') {
    throw new PortageError('NOTHING_TO_CONFIRM', { detail: `its state is ${state}` });
  }
  if (confirmedAt !== null) return;
  if (confirmBy !== null && confirmBy <= at) throw new PortageError('CONFIRMATION_EXPIRED');
  if (wrongConfirmations >= wrongConfirmationsAllowed) throw new PortageError('CONFIRMATION_VOID');
}
