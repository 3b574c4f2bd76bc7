/** The sessions that may still lead to a grant. */
import { and, eq, gt, isNotNull, isNull, or } from 'drizzle-orm';

import { connectSessions } from '../schema';

/** Google's answer is exchanged and stored within this time, unless the process has died. */
const answerWithinMs = 5 * 60_000;
/** A held grant becomes a consent within minutes after the database is available again, unless it cannot be opened. */
const heldWithinMs = 24 * 3_600_000;

/**
 * Sessions that may still lead to a grant: the user is at Google's screen; or has just come back from it and the answer
 * is being exchanged; or the grant is held until a consent is made of it or the host app confirms. No other session of
 * the state `started` can lead to one.
 */
export function mayBringGrant(at: Date) {
  const { state, expiresAt, oauthStateUsedAt, sealedGrant, confirmBy } = connectSessions;
  const isAtGoogle = and(isNull(oauthStateUsedAt), gt(expiresAt, at));
  // Never null, so its negation is not null either.
  const isAnswered = and(isNotNull(oauthStateUsedAt), gt(oauthStateUsedAt, new Date(at.getTime() - answerWithinMs)));
  const isHeld = and(isNotNull(sealedGrant), gt(oauthStateUsedAt, new Date(at.getTime() - heldWithinMs)));
  const isAwaited = and(
    eq(state, 'awaiting_confirmation'),
    isNotNull(confirmBy),
    gt(confirmBy, new Date(at.getTime() - heldWithinMs)),
  );
  return or(and(eq(state, 'started'), or(isAtGoogle, isAnswered, isHeld)), isAwaited);
}
