/** The ends of a connect session that bring no consent of its own. */
import { and, eq, inArray, isNull, lte, not, or, sql } from 'drizzle-orm';

import type { ErrorCode } from '../../domain/error-codes';
import type { Database } from '../database';
import { recordEvent } from '../events';
import type { ConnectSession } from '../rows';
import { connectSessions } from '../schema';
import { mayBringGrant } from './grant-expected';

const { userDeletionAt, userId, returnUrl } = connectSessions;
/** Where everything of the user is being deleted, nothing may be left of the user here. */
const noDeletedUser = {
  userId: sql`case when ${userDeletionAt} is null then ${userId} end`,
  returnUrl: sql`case when ${userDeletionAt} is null then ${returnUrl} end`,
  userLabel: null,
} as const;

/** What goes from the row of a session with its end. */
export const nothingLeft = { sealedGrant: null, ...noDeletedUser } as const;

export function endQueries(db: Database) {
  return {
    /** Ends a session without a consent; the host app is told, as it may ask its user to connect again. */
    async endWithout(session: ConnectSession, state: 'declined' | 'failed', code: ErrorCode, at: Date): Promise<void> {
      await db.transaction(async (tx) => {
        const ended = await tx
          .update(connectSessions)
          .set({ state, errorCode: code, ...nothingLeft })
          .where(and(eq(connectSessions.id, session.id), isNull(connectSessions.consentId)))
          .returning();
        const type = state === 'declined' ? 'consent.declined' : 'consent.not_connected';
        for (const each of ended) await recordNotConnected(tx, each, type, code, at);
      });
    },

    /** Ends a session whose grant went into a consent that was there before. */
    async endRenewed(id: string, consentId: string): Promise<void> {
      await db
        .update(connectSessions)
        .set({ state: 'connected', consentId, errorCode: null, ...nothingLeft })
        .where(eq(connectSessions.id, id));
    },

    /**
     * Ends sessions that can bring no grant any more: as `expired` where no answer came, as `failed` where whoever took the
     * answer has died, so that Google may have given a grant that nobody knows.
     *
     * @returns those that were ended now
     */
    async endDead(at: Date, limit: number): Promise<ConnectSession[]> {
      const { id, state, oauthStateUsedAt, expiresAt } = connectSessions;
      const isDead = or(
        and(eq(state, 'started'), not(mayBringGrant(at) ?? sql`false`)),
        and(eq(state, 'created'), lte(expiresAt, at)),
      );
      const dead = db.select({ id }).from(connectSessions).where(isDead).limit(limit);
      const code: ErrorCode = 'CONNECT_INTERRUPTED';
      return db.transaction(async (tx) => {
        const ended = await tx
          .update(connectSessions)
          .set({
            state: sql`case when ${oauthStateUsedAt} is null then 'expired' else 'failed' end`,
            errorCode: sql`case when ${oauthStateUsedAt} is null then null else ${code} end`,
            ...noDeletedUser,
          })
          .where(and(inArray(id, dead), isDead))
          .returning();
        for (const session of ended) {
          if (session.state === 'failed') await recordNotConnected(tx, session, 'consent.not_connected', code, at);
        }
        return ended;
      });
    },
  };
}

async function recordNotConnected(
  tx: Pick<Database, 'insert'>,
  { id, hostAppId, userId }: ConnectSession,
  type: 'consent.declined' | 'consent.not_connected',
  reason: ErrorCode,
  at: Date,
): Promise<void> {
  await recordEvent(tx, { hostAppId, type, data: { connectSessionId: id, userId, reason }, at });
}
