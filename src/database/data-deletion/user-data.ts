/** The request to delete everything of one user of one host app. */
import { and, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';

import type { Database } from '../database';
import { removeAnswers } from '../idempotency-keys';
import { newId } from '../ids';
import { connectSessions, consents, events } from '../schema';
import { recordErasures } from './erasures';
import { endedWithout, forgetUser, noUser, withoutUserId } from './forget-user';

/** A user, as named by a host app. */
export interface HostAppUser {
  readonly hostAppId: string;
  readonly userId: string;
}

export interface UserDeletion {
  /** The user's consents that have to end and be deleted, oldest first. */
  readonly consentIds: readonly string[];
  /** Sessions that hold an unconfirmed grant: `endUnconfirmed` turns them into consents that only end. */
  readonly unconfirmedIds: readonly string[];
  /** Number of sessions without a consent that were ended or forgotten. */
  readonly sessions: number;
  /** Number of sessions for which an answer of Google is being stored; a resulting consent is deleted immediately. */
  readonly answered: number;
  /** The id in the event `user.erased`; undefined when an earlier release forgot the sessions. */
  readonly erasureId: string | undefined;
}

export function userDataQueries(db: Database) {
  return {
    /**
     * Stores the request: from now on every consent of the user has to end and be deleted, and no open session creates
     * one that stays. A repeat returns everything that is not deleted yet.
     */
    async beginUser({ hostAppId, userId }: HostAppUser, at: Date): Promise<UserDeletion> {
      return db.transaction(async (tx) => {
        const ofUser = and(eq(connectSessions.hostAppId, hostAppId), eq(connectSessions.userId, userId));
        const { state, oauthStateUsedAt, consentId, confirmedAt } = connectSessions;
        const isAwaited = and(eq(state, 'awaiting_confirmation'), isNull(confirmedAt));
        const isUnanswered = and(inArray(state, ['created', 'started']), isNull(oauthStateUsedAt));
        const isOver = and(isNull(consentId), inArray(state, [...endedWithout]));
        // In the order in which an answer of Google is stored, so that the two never deadlock.
        const marked = await tx
          .update(connectSessions)
          // A repeat continues the deletion that was begun.
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
        // From a release that did not forget users.
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
