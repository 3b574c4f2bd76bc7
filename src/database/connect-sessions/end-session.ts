/** The ends of a connect session that do not create a consent. */
import { and, eq, inArray, isNull, lte, ne, not, or, sql } from 'drizzle-orm';

import type { ErrorCode } from '../../domain/error-codes';
import { recordErasures } from '../data-deletion/erasures';
import type { Database } from '../database';
import { removeAnswers } from '../idempotency-keys';
import { recordEvent, type EventWriter } from '../write-events';
import type { ConnectSession } from '../rows';
import { connectSessions } from '../schema';
import { mayBringGrant } from './grant-expected';
import { deleteVerifiers } from './late-answer';
import { isOpen } from './oauth-flow';

const { userDeletionAt, userId, returnUrl, accountHintHash } = connectSessions;
/** When all data of the user is being deleted, the session must keep none of it. */
const noDeletedUser = {
  userId: sql`case when ${userDeletionAt} is null then ${userId} end`,
  returnUrl: sql`case when ${userDeletionAt} is null then ${returnUrl} end`,
  accountHintHash: sql`case when ${userDeletionAt} is null then ${accountHintHash} end`,
  userLabel: null,
} as const;

/** The columns of a session that are cleared at its end. */
export const nothingLeft = { sealedGrant: null, ...noDeletedUser } as const;

export function endQueries(db: Database) {
  return {
    /**
     * Ends a session without a consent, and records an event, so that the host app can ask its user to connect again.
     */
    async endWithout(session: ConnectSession, state: 'declined' | 'failed', code: ErrorCode, at: Date): Promise<void> {
      await db.transaction(async (tx) => {
        const ended = await tx
          .update(connectSessions)
          .set({ state, errorCode: code, ...nothingLeft })
          .where(and(eq(connectSessions.id, session.id), isNull(connectSessions.consentId)))
          .returning({ id: connectSessions.id, erasureId: connectSessions.erasureId });
        if (ended.length === 0) return;
        const { id, hostAppId } = session;
        const data = { connectSessionId: id, reason: code };
        await recordEvent(tx, { hostAppId, type: `connect_session.${state}`, data, at });
        await concludeErasures(tx, ended, at);
      });
    },

    /** Ends a session for its host app, if Google has not answered yet. Any other session is not changed. */
    async cancel(id: string, at: Date): Promise<void> {
      const errorCode: ErrorCode = 'CONNECT_CANCELLED';
      await db.transaction(async (tx) => {
        const [ended] = await tx
          .update(connectSessions)
          .set({ state: 'cancelled', errorCode, ...nothingLeft })
          .where(isOpen(id, at))
          .returning();
        if (ended === undefined) return;
        const data = { connectSessionId: id };
        await recordEvent(tx, { hostAppId: ended.hostAppId, type: 'connect_session.cancelled', data, at });
      });
    },

    /** Ends a session whose grant went into an existing consent. */
    async endRenewed(id: string, consentId: string, at: Date): Promise<void> {
      await db.transaction(async (tx) => {
        const [ended] = await tx
          .update(connectSessions)
          .set({ state: 'connected', consentId, errorCode: null, ...nothingLeft })
          .where(and(eq(connectSessions.id, id), ne(connectSessions.state, 'connected')))
          .returning();
        if (ended === undefined) return;
        await deleteVerifiers(tx, id);
        await recordConnected(tx, ended, consentId, at);
        await concludeErasures(tx, [ended], at);
      });
    },

    /**
     * Ends sessions that can no longer lead to a grant: as `expired` when no answer arrived, as `failed` when the
     * process died that had taken the answer, so that Google may have given a grant that Portage does not know.
     *
     * @returns the sessions that were ended now
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
        // In the order of the host apps (write-events.ts).
        for (const session of ended.toSorted((a, b) => (a.hostAppId < b.hostAppId ? -1 : 1))) {
          const about = { hostAppId: session.hostAppId, at };
          const data = { connectSessionId: session.id };
          if (session.state === 'failed') {
            await recordEvent(tx, { ...about, type: 'connect_session.failed', data: { ...data, reason: code } });
          } else await recordEvent(tx, { ...about, type: 'connect_session.expired', data });
        }
        await concludeErasures(tx, ended, at);
        return ended;
      });
    },
  };
}

/** Ended sessions whose user is being deleted: removes the stored answers about them, and may complete the deletion. */
async function concludeErasures(
  tx: Database,
  ended: readonly Pick<ConnectSession, 'id' | 'erasureId'>[],
  at: Date,
): Promise<void> {
  const ofDeletedUsers = ended.filter(({ erasureId }) => erasureId !== null);
  await removeAnswers(
    tx,
    ofDeletedUsers.map(({ id }) => id),
  );
  await recordErasures(
    tx,
    ofDeletedUsers.flatMap(({ erasureId }) => erasureId ?? []),
    at,
  );
}

/** A session led to a consent, or renewed one. @param tx the transaction of the change */
export async function recordConnected(
  tx: EventWriter,
  { id, hostAppId, confirmedAt, renewsConsentId }: ConnectSession,
  consentId: string,
  at: Date,
): Promise<void> {
  const data = { connectSessionId: id, consentId, renewed: renewsConsentId === consentId };
  await recordEvent(tx, { hostAppId, type: 'connect_session.connected', data, at });
  if (confirmedAt !== null) {
    const type = 'consent.confirmed';
    await recordEvent(tx, { hostAppId, type, consentId, data: { connectSessionId: id }, at });
  }
}
