/** Which sessions may still bring a grant. */
import { and, eq, gt, isNotNull, isNull, or } from 'drizzle-orm';

import { connectSessions } from '../schema';

/** Google's answer is exchanged and stored within this time, or whoever did so has died. */
const answerWithinMs = 5 * 60_000;
/** A grant that is held becomes a consent within minutes of the database's return, unless it cannot be opened. */
const heldWithinMs = 24 * 3_600_000;

/**
 * Sessions that may still bring a grant: the user is at Google's screen, or has come back from it a moment ago and the
 * answer is being exchanged, or what it gave is held until a consent is made of it, or until the host app confirms. No
 * other session of the state `started` can bring any.
 */
export function mayBringGrant(at: Date) {
  const { state, expiresAt, oauthStateUsedAt, sealedGrant, confirmBy } = connectSessions;
  const isAtGoogle = and(isNull(oauthStateUsedAt), gt(expiresAt, at));
  // Never null, so that its negation is not, either.
  const isAnswered = and(isNotNull(oauthStateUsedAt), gt(oauthStateUsedAt, new Date(at.getTime() - answerWithinMs)));
  const isHeld = and(isNotNull(sealedGrant), gt(oauthStateUsedAt, new Date(at.getTime() - heldWithinMs)));
  const isAwaited = and(
    eq(state, 'awaiting_confirmation'),
    isNotNull(confirmBy),
    gt(confirmBy, new Date(at.getTime() - heldWithinMs)),
  );
  return or(and(eq(state, 'started'), or(isAtGoogle, isAnswered, isHeld)), isAwaited);
}
