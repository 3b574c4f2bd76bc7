/** Google's answer to a session that has ended before. */
import { and, eq, isNull } from 'drizzle-orm';

import type { Database } from '../database';
import { hashSecret } from '../host-apps';
import { connectAttempts, connectSessions } from '../schema';
import type { TakenAnswer } from './oauth-flow';

export function lateAnswerQueries(db: Database) {
  return {
    /**
     * Takes an answer to a session that its host app has cancelled, once, so that the grant can be given back.
     *
     * @returns undefined when the session was not cancelled, or an answer was taken before
     */
    async takeLateAnswer(oauthState: string, at: Date): Promise<TakenAnswer | undefined> {
      const stateHash = hashSecret(oauthState);
      return db.transaction(async (tx) => {
        const [attempt] = await tx.select().from(connectAttempts).where(eq(connectAttempts.stateHash, stateHash));
        if (attempt?.sealedCodeVerifier == null) return undefined;
        const { sealedCodeVerifier, googleClientId } = attempt;
        const { id, state, oauthStateUsedAt } = connectSessions;
        const [session] = await tx
          .update(connectSessions)
          .set({ oauthStateUsedAt: at })
          .where(and(eq(id, attempt.sessionId), eq(state, 'cancelled'), isNull(oauthStateUsedAt)))
          .returning();
        if (session === undefined) return undefined;
        await tx
          .update(connectAttempts)
          .set({ sealedCodeVerifier: null })
          .where(eq(connectAttempts.sessionId, attempt.sessionId));
        return { session, stateHash, sealedCodeVerifier, googleClientId };
      });
    },
  };
}
