/** Google's answer to a session that has already ended. */
import { and, eq, inArray, isNotNull, isNull, lte, or } from 'drizzle-orm';

import type { Database } from '../database';
import { hashSecret } from '../host-apps';
import { connectAttempts, connectSessions } from '../schema';
import type { TakenAnswer } from './oauth-flow';

export function lateAnswerQueries(db: Database) {
  return {
    /**
     * Takes an answer to a session that has ended without one: its host app cancelled it, it expired, or its user was
     * deleted. It is taken once, so that the grant can be reset; the session is not changed.
     *
     * @returns undefined when the session has not ended, or an answer was taken before
     */
    async takeLateAnswer(oauthState: string, at: Date): Promise<TakenAnswer | undefined> {
      const stateHash = hashSecret(oauthState);
      return db.transaction(async (tx) => {
        const [attempt] = await tx.select().from(connectAttempts).where(eq(connectAttempts.stateHash, stateHash));
        if (attempt?.sealedCodeVerifier == null) return undefined;
        const { id, state, oauthStateUsedAt, expiresAt } = connectSessions;
        const isExpired = and(inArray(state, ['created', 'started']), lte(expiresAt, at));
        const hasEnded = or(inArray(state, ['cancelled', 'expired']), isExpired);
        const [session] = await tx
          .select()
          .from(connectSessions)
          .where(and(eq(id, attempt.sessionId), hasEnded, isNull(oauthStateUsedAt)));
        if (session === undefined) return undefined;
        const { sessionId, sealedCodeVerifier } = connectAttempts;
        const taken = await tx
          .update(connectAttempts)
          .set({ sealedCodeVerifier: null })
          .where(and(eq(sessionId, session.id), isNotNull(sealedCodeVerifier)))
          .returning({ stateHash: connectAttempts.stateHash });
        if (taken.length === 0) return undefined;
        const { googleClientId } = attempt;
        return { session, stateHash, sealedCodeVerifier: attempt.sealedCodeVerifier, googleClientId };
      });
    },
  };
}
