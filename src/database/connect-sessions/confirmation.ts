/** The host app's confirmation of the account's owner. Without it, a grant is used for nothing except to reset it. */
import { and, asc, eq, gt, isNotNull, isNull, lt, lte, sql } from 'drizzle-orm';

import type { Database } from '../database';
import { recordEvent } from '../write-events';
import { hashSecret, newSecret } from '../random-secrets';
import type { ConnectSession } from '../rows';
import { connectSessions } from '../schema';

/** A code is 256 random bits, so this limits mistakes, not guesses. */
export const wrongConfirmationsAllowed = 5;

/** Number of codes that stay valid: the browser gets another one with each tab and each reload. */
const codesKept = 5;

export function confirmationQueries(db: Database) {
  const isAwaiting = (id: string) =>
    and(eq(connectSessions.id, id), eq(connectSessions.state, 'awaiting_confirmation'));

  return {
    /** From now on the session awaits the host app's confirmation. A repeat changes nothing. */
    async awaitConfirmation(id: string, confirmBy: Date, at: Date): Promise<void> {
      const { state, sealedGrant } = connectSessions;
      await db.transaction(async (tx) => {
        const [session] = await tx
          .update(connectSessions)
          .set({ state: 'awaiting_confirmation', confirmBy })
          .where(and(eq(connectSessions.id, id), eq(state, 'started'), isNotNull(sealedGrant)))
          .returning();
        if (session === undefined) return;
        const data = { connectSessionId: id, confirmBy: confirmBy.toISOString() };
        const type = 'connect_session.awaiting_confirmation';
        await recordEvent(tx, { hostAppId: session.hostAppId, type, data, at });
      });
    },

    /**
     * @returns a new code for the browser, stored only as a hash; undefined when no confirmation is awaited any more
     */
    async newConfirmationCode(id: string): Promise<string | undefined> {
      const code = newSecret();
      const { confirmationCodeHashes: hashes } = connectSessions;
      const given = await db
        .update(connectSessions)
        .set({
          confirmationCodeHashes: sql`(${hashes} || ${hashSecret(code)}::text)[greatest(1, cardinality(${hashes}) + 2 - ${codesKept}::int):]`,
        })
        .where(isAwaiting(id))
        .returning({ id: connectSessions.id });
      return given.length > 0 ? code : undefined;
    },

    async countWrongConfirmation(id: string): Promise<void> {
      await db
        .update(connectSessions)
        .set({ wrongConfirmations: sql`${connectSessions.wrongConfirmations} + 1` })
        .where(isAwaiting(id));
    },

    /**
     * Confirms, unless the deadline has passed, there were too many wrong confirmations, or it was confirmed before.
     *
     * @returns the session as it is now
     */
    async confirm(id: string, at: Date): Promise<ConnectSession | undefined> {
      await db
        .update(connectSessions)
        .set({ confirmedAt: at })
        .where(
          and(
            isAwaiting(id),
            isNull(connectSessions.confirmedAt),
            gt(connectSessions.confirmBy, at),
            lt(connectSessions.wrongConfirmations, wrongConfirmationsAllowed),
          ),
        );
      const [session] = await db.select().from(connectSessions).where(eq(connectSessions.id, id));
      return session;
    },

    /** Sessions whose host app did not confirm in time, those with the earliest deadline first. */
    async listUnconfirmed(at: Date, limit: number): Promise<ConnectSession[]> {
      return db
        .select()
        .from(connectSessions)
        .where(isUnconfirmed(at))
        .orderBy(asc(connectSessions.confirmBy))
        .limit(limit);
    },
  };
}

/** Sessions that had to be confirmed before that time and were not. */
export function isUnconfirmed(at: Date) {
  const { state, confirmedAt, confirmBy } = connectSessions;
  return and(eq(state, 'awaiting_confirmation'), isNull(confirmedAt), lte(confirmBy, at));
}
