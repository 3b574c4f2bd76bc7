/** The host app's confirmation that the user who came back is the one for whom it made the connect session. */
import type { z } from 'zod';

import { wrongConfirmationsAllowed, type ConnectSession } from '../database/connect-sessions';
import { hashSecret } from '../database/random-secrets';
import { PortageError } from '../domain/error-codes';
import type { confirmConnectSession } from './contract/connect-sessions';
import type { ServerDependencies } from './dependencies';
import { startOrRenewWorkflow, type FollowingDependencies } from './start-or-renew-workflow';
import { createGrantReceiver } from './receive-grant';

type Confirmation = z.output<NonNullable<(typeof confirmConnectSession)['body']>>;
type ConfirmDependencies = FollowingDependencies &
  Pick<ServerDependencies, 'config' | 'tokens' | 'clientsAtGoogle' | 'vault' | 'inConfirmationTurn'>;

/**
 * `POST /v1/connect-sessions/:id/confirm`. A repeat gets the same answer.
 *
 * @returns a function that takes a session and its confirmation and returns the updated session. It throws PortageError
 * `NOTHING_TO_CONFIRM`, `CONFIRMATION_CODE_WRONG`, `CONFIRMATION_USER_WRONG`, `CONFIRMATION_VOID`,
 * `CONFIRMATION_EXPIRED`
 */
export function createConfirmation(deps: ConfirmDependencies) {
  const { connectSessions, logger, now } = deps;
  const grantReceiver = createGrantReceiver(deps);
  const take = async (before: ConnectSession, confirmation: Confirmation, at: Date): Promise<ConnectSession> => {
    const session = await confirm(deps, before, confirmation, at);
    if (session.state === 'awaiting_confirmation') {
      logger.info({ connectSessionId: session.id }, 'connect session confirmed');
      const kept = await grantReceiver.resume(session);
      if (kept !== undefined) await startOrRenewWorkflow(deps, session, kept);
    }
    return (await connectSessions.find(session.id)) ?? session;
  };
  return (before: ConnectSession, confirmation: Confirmation): Promise<ConnectSession> => {
    // When the request came: a confirmation that waits for its turn is not late.
    const at = now();
    return deps.inConfirmationTurn(() => take(before, confirmation, at));
  };
}

/** @returns the session, now confirmed */
async function confirm(
  { connectSessions, logger }: ConfirmDependencies,
  session: ConnectSession,
  { code, userId }: Confirmation,
  at: Date,
): Promise<ConnectSession> {
  checkOpen(session, at);
  const isCode = session.confirmationCodeHashes.includes(hashSecret(code));
  if (!isCode || session.userId !== userId) {
    const wrong = isCode ? 'CONFIRMATION_USER_WRONG' : 'CONFIRMATION_CODE_WRONG';
    await connectSessions.countWrongConfirmation(session.id);
    logger.warn({ connectSessionId: session.id, errorCode: wrong }, 'a confirmation was refused');
    throw new PortageError(wrong);
  }
  if (session.confirmedAt !== null) return session;
  const confirmed = (await connectSessions.confirm(session.id, at)) ?? session;
  if (confirmed.confirmedAt === null) {
    checkOpen(confirmed, at);
    throw new PortageError('CONFIRMATION_EXPIRED');
  }
  return confirmed;
}

/** @throws PortageError when the session cannot be confirmed with any code */
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
