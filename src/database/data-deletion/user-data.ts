/** The request to delete everything of one user of one host app. */
import { and, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';

import type { Database } from '../database';
import { removeAnswers } from '../idempotency-keys';
import { newId } from '../ids';
import { connectSessions, consents, events } from '../schema';
import { recordErasures } from './erasures';
import { endedWithout, forgetUser, noUser, withoutUserId } from './forget-user';

/** A user as a host app names one. */
export interface HostAppUser {
  readonly hostAppId: string;
  readonly userId: string;
}

export interface UserDeletion {
  /** The user's consents, oldest first, which are to end and to be deleted. */
  readonly consentIds: readonly string[];
  /** Sessions that hold a grant which nobody has confirmed: `endUnconfirmed` makes consents of them that only end. */
  readonly unconfirmedIds: readonly string[];
  /** How many sessions without a consent were ended or forgotten. */
  readonly sessions: number;
  /** How many sessions have an answer of Google that is being stored; the consent that comes of one is deleted at once. */
  readonly answered: number;
  /** What the event `user.erased` will name; undefined where an earlier release forgot the sessions. */
  readonly erasureId: string | undefined;
}

export function userDataQueries(db: Database) {
  return {
    /**
     * Stores the request: from now on every consent of the user is to end and to be deleted, and no open session brings one
     * that stays. A repeat finds what is not deleted yet.
     */
    async beginUser({ hostAppId, userId }: HostAppUser, at: Date): Promise<UserDeletion> {
      return db.transaction(async (tx) => {
        const ofUser = and(eq(connectSessions.hostAppId, hostAppId), eq(connectSessions.userId, userId));
        const { state, oauthStateUsedAt, consentId, confirmedAt } = connectSessions;
        const isAwaited = and(eq(state, 'awaiting_confirmation'), isNull(confirmedAt));
        const isUnanswered = and(inArray(state, ['created', 'started']), isNull(oauthStateUsedAt));
        const isOver = and(isNull(consentId), inArray(state, [...endedWithout]));
        // In the order in which an answer of Google is stored, so that the two never wait for each other.
        const marked = await tx
          .update(connectSessions)
          // A repeat goes on with the deletion that was begun.
          .set({ userDeletionAt: at, erasureId: sql`coalesce(${connectSessions.erasureId}, ${newId('ers')})` })
          .where(ofUser)
          .returning({ erasureId: connectSessions.erasureId });
        const unconfirmed = await tx
          .update(connectSessions)
          .set({ confirmBy: at })
          .where(and(ofUser, isAwaited))
          .returning({ id: connectSessions.id });
        const forgotten = await tx
          .update(connectSessions)
          .set({ state: sql`case when ${isUnanswered} then 'expired' else ${state} end`, ...noUser })
          .where(and(ofUser, or(isUnanswered, isOver)))
          .returning({ id: connectSessions.id, erasureId: connectSessions.erasureId });
        await removeAnswers(
          tx,
          forgotten.map(({ id }) => id),
        );
        const answered = await tx
          .select({ id: connectSessions.id })
          .from(connectSessions)
          .where(and(ofUser, isNull(consentId), or(eq(state, 'started'), isNotNull(confirmedAt))));
        const wanted = await tx
          .update(consents)
          .set({ stopWanted: 'deleted' })
          .where(and(eq(consents.hostAppId, hostAppId), eq(consents.userId, userId)))
          .returning({ id: consents.id, createdAt: consents.createdAt });
        const ids = wanted.toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
        // Of a release that did not forget users.
        const erased = forgotten.flatMap(({ erasureId }) => erasureId ?? []);
        for (const { id } of ids) erased.push(...(await forgetUser(tx, id, at)));
        await tx
          .update(events)
          .set(withoutUserId)
          .where(
            and(
              eq(events.hostAppId, hostAppId),
              isNull(events.consentId),
              sql`${events.data} ->> 'userId' = ${userId}`,
            ),
          );
        await recordErasures(tx, erased, at);
        return {
          consentIds: ids.map(({ id }) => id),
          unconfirmedIds: unconfirmed.map(({ id }) => id),
          sessions: forgotten.length,
          answered: answered.length,
          erasureId: marked
            .flatMap(({ erasureId }) => erasureId ?? [])
            .toSorted()
            .at(-1),
        };
      });
    },
  };
}
