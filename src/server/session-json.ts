/** A connect session as the API shows it to its host app. */
import type { ConnectSession } from '../database/connect-sessions';
import type { ConnectSessionState } from '../domain/states';

export function sessionJson(session: ConnectSession, at: Date) {
  const { id, userId, errorCode, resources, since, renewsConsentId, replacesConsentId, consentId } = session;
  const state = stateAt(session, at);
  // A grant that does not cover the consent to renew becomes a separate consent.
  const renewed = renewsConsentId === null || consentId === null ? null : renewsConsentId === consentId;
  return {
    ...{ id, userId, state },
    errorCode: state === 'unconfirmed' ? 'UNCONFIRMED' : errorCode,
    ...{ resources, since, renewsConsentId, renewed, replaces: replacesConsentId, consentId },
    ...{ createdAt: session.createdAt, expiresAt: session.expiresAt },
    ...{ confirmBy: session.confirmBy, confirmedAt: session.confirmedAt },
  };
}

/** The state at this moment, also before housekeeping records it. */
function stateAt({ state, expiresAt, oauthStateUsedAt, confirmBy, confirmedAt }: ConnectSession, at: Date) {
  const isUnanswered = (state === 'created' || state === 'started') && oauthStateUsedAt === null;
  const isUnconfirmed = state === 'awaiting_confirmation' && confirmedAt === null && confirmBy !== null;
  let shown: ConnectSessionState = state;
  if (isUnanswered && expiresAt <= at) shown = 'expired';
  if (isUnconfirmed && confirmBy <= at) shown = 'unconfirmed';
  return shown;
}
