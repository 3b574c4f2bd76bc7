/** Connect sessions by id, by link, by `state`, by consent and by user. */
import { and, asc, desc, eq, isNotNull, lt, ne, or } from 'drizzle-orm';

import type { Database } from '../database';
import { hashSecret } from '../random-secrets';
import type { ConnectSession } from '../rows';
import { connectAttempts, connectSessions } from '../schema';
import { mayBringGrant } from './grant-expected';

export function findQueries(db: Database) {
  return {
    async find(id: string): Promise<ConnectSession | undefined> {
      const [session] = await db.select().from(connectSessions).where(eq(connectSessions.id, id));
      return session;
    },

    async findByLink(link: string): Promise<ConnectSession | undefined> {
      const [session] = await db
        .select()
        .from(connectSessions)
        .where(eq(connectSessions.linkHash, hashSecret(link)));
      return session;
    },

    /** The session that an OAuth `state` belongs to, used or not. */
    async findByOAuthState(oauthState: string): Promise<ConnectSession | undefined> {
      const [match] = await db
        .select({ session: connectSessions })
        .from(connectAttempts)
        .innerJoin(connectSessions, eq(connectAttempts.sessionId, connectSessions.id))
        .where(eq(connectAttempts.stateHash, hashSecret(oauthState)));
      return match?.session;
    },

    /** Whether this is the OAuth `state` of the session's accepted answer. */
    async isTakenState(sessionId: string, oauthState: string): Promise<boolean> {
      const { id, oauthStateHash } = connectSessions;
      const [session] = await db
        .select({ id })
        .from(connectSessions)
        .where(and(eq(id, sessionId), eq(oauthStateHash, hashSecret(oauthState))));
      return session !== undefined;
    },

    /** The session that led to a consent, or the last one that renewed it. */
    async findByConsent(consentId: string): Promise<ConnectSession | undefined> {
      const [session] = await db
        .select()
        .from(connectSessions)
        .where(eq(connectSessions.consentId, consentId))
        .orderBy(desc(connectSessions.createdAt))
        .limit(1);
      return session;
    },

    /**
     * Whether a grant of this user may be on its way: see {@link mayBringGrant}.
     *
     * @param exceptId a session that does not count
     */
    async isConnecting(hostAppId: string, userId: string, at: Date, exceptId?: string): Promise<boolean> {
      const isUsers = and(eq(connectSessions.hostAppId, hostAppId), eq(connectSessions.userId, userId));
      const isOther = exceptId === undefined ? undefined : ne(connectSessions.id, exceptId);
      const [session] = await db
        .select({ id: connectSessions.id })
        .from(connectSessions)
        .where(and(isUsers, isOther, mayBringGrant(at)))
        .limit(1);
      return session !== undefined;
    },

    /**
     * Sessions whose answer, or whose confirmation, arrived before that time and whose grant is in no consent yet,
     * oldest first; sessions that await a confirmation are not included.
     */
    async withHeldGrant(before: Date, limit: number): Promise<ConnectSession[]> {
      const { state, sealedGrant, oauthStateUsedAt, confirmedAt } = connectSessions;
      const isAnswered = and(eq(state, 'started'), lt(oauthStateUsedAt, before));
      const isConfirmed = and(eq(state, 'awaiting_confirmation'), lt(confirmedAt, before));
      return db
        .select()
        .from(connectSessions)
        .where(and(isNotNull(sealedGrant), or(isAnswered, isConfirmed)))
        .orderBy(asc(connectSessions.oauthStateUsedAt))
        .limit(limit);
    },
  };
}
