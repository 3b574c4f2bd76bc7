/** Removes the ids and addresses of a user from the remaining rows of a deleted consent. */
import { and, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm';

import type { Database } from '../database';
import { removeAnswers } from '../idempotency-keys';
import type { Consent } from '../rows';
import { connectSessions, consents, events, tokens } from '../schema';

/** Ends of a session that create no consent. */
export const endedWithout = ['declined', 'failed', 'expired', 'cancelled'] as const;
/**
 * This event is about a user, not about a consent: others have connected the same Google account (docs/known-defects.md
 * D39).
 */
const accountShared = 'consent.account_shared';

/** The columns of a session that identify its user, cleared. */
export const noUser = { userId: null, userLabel: null, returnUrl: null, accountHintHash: null } as const;
/** The data of an event without the id of its user. */
export const withoutUserId = { data: sql`${events.data} - 'userId'` } as const;

/**
 * Forgets the user of a consent that has ended and whose data is deleted. It must not run earlier, since the reset
 * looks for the other consents of the user. A kept grant is given up when another consent of the user stays, possibly
 * for months; otherwise its reset follows within minutes, and the user is forgotten then. Ids, states, times and counts
 * stay, as the receipt. That an account is shared is kept as long as the user has another consent.
 *
 * @param tx the transaction that ends the consent or concludes its deletion; a repeat changes nothing
 * @returns the deletions of users that may now be complete, for `recordErasures`
 */
export async function forgetUser(tx: Database, consentId: string, at: Date): Promise<string[]> {
  const [consent] = await tx.select().from(consents).where(eq(consents.id, consentId)).for('update');
  if (consent === undefined || consent.endedAt === null || consent.dataDeletedAt === null) return [];
  if (consent.userForgottenAt !== null) return [];
  if (consent.grantKeptUntil !== null) {
    if (!(await hasStayingSibling(tx, consent))) return [];
    await tx.update(consents).set({ grantKeptUntil: null }).where(eq(consents.id, consentId));
    await tx.delete(tokens).where(eq(tokens.consentId, consentId));
  }
  const { hostAppId, userId } = consent;
  await tx
    .update(consents)
    .set({ userId: null, userForgottenAt: at, accountHintHash: null })
    .where(eq(consents.id, consentId));
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

/** Whether another consent of the user is live and has no request to be deleted. */
async function hasStayingSibling(tx: Database, { id, hostAppId, userId }: Consent): Promise<boolean> {
  if (userId === null) return false;
  const [sibling] = await tx
    .select({ id: consents.id })
    .from(consents)
    .where(
      and(
        ...[eq(consents.hostAppId, hostAppId), eq(consents.userId, userId), ne(consents.id, id)],
        inArray(consents.state, ['active', 'ending']),
        or(isNull(consents.stopWanted), ne(consents.stopWanted, 'deleted')),
      ),
    )
    .limit(1);
  return sibling !== undefined;
}
