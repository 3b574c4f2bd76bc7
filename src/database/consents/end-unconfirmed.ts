/**
 * The end of a connect session that holds a grant and was not confirmed: not in time, or its host app cancelled it. A
 * consent is made of the grant only to reset it.
 */
import { and, eq, isNull, type SQL } from 'drizzle-orm';

import type { ErrorCode } from '../../domain/error-codes';
import type { StopWanted } from '../../domain/states';
import type { Vault } from '../../vault';
import { isUnconfirmed } from '../connect-sessions/confirmation';
import { nothingLeft } from '../connect-sessions/end-session';
import { openGrant } from '../connect-sessions/sealed-grant';
import type { Database } from '../database';
import { recordEvent } from '../write-events';
import { newId } from '../ids';
import type { ConnectSession } from '../rows';
import { connectSessions, consents, tokens } from '../schema';
import { sealTokens } from '../tokens/sealed-tokens';

type HeldEnd = Extract<StopWanted, 'unconfirmed' | 'cancelled'>;
type SessionId = Pick<ConnectSession, 'id'>;

const reasons = {
  unconfirmed: 'UNCONFIRMED',
  cancelled: 'CONNECT_CANCELLED',
} as const satisfies Record<HeldEnd, ErrorCode>;

export function unconfirmedQueries(db: Database, vault: Vault) {
  /**
   * Ends the session. Its grant becomes a consent that is `ending` and has a request to end, so that its workflow
   * resets the authorization like any other, and never exports. A live consent that the session was to renew is not
   * changed. All or nothing.
   *
   * @param isHeld the sessions that may be ended this way
   * @returns the consent's id; undefined when the session was confirmed or ended meanwhile
   */
  const endHeld = (
    { id: sessionId }: SessionId,
    state: HeldEnd,
    isHeld: SQL | undefined,
    at: Date,
  ): Promise<string | undefined> =>
    db.transaction(async (tx) => {
      const [session] = await tx
        .select()
        .from(connectSessions)
        .where(and(eq(connectSessions.id, sessionId), isHeld))
        .for('update');
      if (session?.sealedGrant == null) return undefined;
      const grant = openGrant(vault, session.id, session.sealedGrant);
      const id = newId('con');
      const { hostAppId, userId, resources, since, keep, accountHintHash } = session;
      await tx.insert(consents).values({
        id,
        ...{ hostAppId, userId, since, keep, accountHintHash },
        googleClientId: grant.googleClientId,
        state: 'ending',
        stopWanted: session.userDeletionAt === null ? state : 'deleted',
        accessType: grant.refreshTokenExpiresAt === undefined ? null : 'time_based',
        requestedResources: resources,
        grantedResources: grant.resources.filter((resource) => resources.includes(resource)),
        createdAt: at,
        endsAt: grant.refreshTokenExpiresAt ?? null,
      });
      await tx.insert(tokens).values({ consentId: id, ...sealTokens(vault, id, grant.tokens), updatedAt: at });
      const errorCode = reasons[state];
      await tx
        .update(connectSessions)
        .set({ state, errorCode, consentId: id, ...nothingLeft })
        .where(eq(connectSessions.id, session.id));
      const data = { connectSessionId: session.id, consentId: id };
      if (state === 'cancelled') await recordEvent(tx, { hostAppId, type: 'connect_session.cancelled', data, at });
      else {
        const type = 'connect_session.unconfirmed';
        await recordEvent(tx, { hostAppId, type, data: { ...data, reason: errorCode }, at });
      }
      return id;
    });

  return {
    /** Ends a session as `unconfirmed` whose confirmation is overdue. See {@link endHeld}. */
    endUnconfirmed: (session: SessionId, at: Date) => endHeld(session, 'unconfirmed', isUnconfirmed(at), at),

    /** Ends a session as `cancelled` that awaits its confirmation. See {@link endHeld}. */
    endCancelled(session: SessionId, at: Date) {
      const { state, confirmedAt } = connectSessions;
      return endHeld(session, 'cancelled', and(eq(state, 'awaiting_confirmation'), isNull(confirmedAt)), at);
    },
  };
}
