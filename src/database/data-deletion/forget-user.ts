/** Removes the ids and addresses of a user from what stays of a deleted consent. */
import { and, eq, inArray, ne, or, sql } from 'drizzle-orm';

import type { Database } from '../database';
import { removeAnswers } from '../idempotency-keys';
import { connectSessions, consents, events } from '../schema';

/** Ends of a session that bring no consent of their own. */
export const endedWithout = ['declined', 'failed', 'expired', 'cancelled'] as const;
/** Says of a user, not of a consent, whose Google account others have connected (docs/known-defects.md D39). */
const accountShared = 'consent.account_shared';

/** A session without what identifies its user. */
export const noUser = { userId: null, userLabel: null, returnUrl: null } as const;
/** The data of an event without the id of its user. */
export const withoutUserId = { data: sql`${events.data} - 'userId'` } as const;

/**
 * Forgets the user of a consent that has ended and whose data is deleted; not before both, since giving the grant back
 * looks for the other consents of the user. Ids, states, times and counts stay, as the receipt. That an account is shared
 * is kept as long as the user has another consent.
 *
 * @param tx the transaction that ends the consent or concludes its deletion; a repeat changes nothing
 * @returns the deletions of users that may be complete with this one, for `tellErased`
 */
export async function forgetUser(tx: Database, consentId: string, at: Date): Promise<string[]> {
  const [consent] = await tx.select().from(consents).where(eq(consents.id, consentId)).for('update');
  if (consent === undefined || consent.endedAt === null || consent.dataDeletedAt === null) return [];
  if (consent.userForgottenAt !== null) return [];
  const { hostAppId, userId } = consent;
  await tx.update(consents).set({ userId: null, userForgottenAt: at }).where(eq(consents.id, consentId));
  const isAttemptToRenew = and(
    eq(connectSessions.renewsConsentId, consentId),
    inArray(connectSessions.state, [...endedWithout]),
  );
  const forgotten = await tx
    .update(connectSessions)
    .set(noUser)
    .where(or(eq(connectSessions.consentId, consentId), isAttemptToRenew))
    .returning({ id: connectSessions.id, erasureId: connectSessions.erasureId });
  await removeAnswers(tx, [consentId, ...forgotten.map(({ id }) => id)]);
  const erasureIds = forgotten.flatMap(({ erasureId }) => (erasureId === null ? [] : [erasureId]));
  const isOwn = and(eq(events.hostAppId, hostAppId), eq(events.consentId, consentId));
  await tx
    .update(events)
    .set(withoutUserId)
    .where(and(isOwn, ne(events.type, accountShared)));
  if (userId === null) return erasureIds;
  const [other] = await tx
    .select({ id: consents.id })
    .from(consents)
    .where(and(eq(consents.hostAppId, hostAppId), eq(consents.userId, userId)))
    .limit(1);
  if (other !== undefined) return erasureIds;
  const isUsers = and(eq(events.hostAppId, hostAppId), sql`${events.data} ->> 'userId' = ${userId}`);
  await tx
    .update(events)
    .set(withoutUserId)
    .where(and(isUsers, eq(events.type, accountShared)));
  return erasureIds;
}
