/** Google's answer to a session that has already ended. */
import { and, eq, inArray, isNotNull, isNull, lte, or } from 'drizzle-orm';

import type { Database } from '../database';
import { hashSecret } from '../random-secrets';
import { connectAttempts, connectSessions } from '../schema';
import type { TakenAnswer } from './oauth-flow';

/**
 * Deletes the code verifiers of a session that has led to a consent: no late answer to it is taken.
 *
 * @param tx the transaction that stores the consent
 */
export async function deleteVerifiers(tx: Database, id: string): Promise<void> {
  await tx.update(connectAttempts).set({ sealedCodeVerifier: null }).where(eq(connectAttempts.sessionId, id));
}

export function lateAnswerQueries(db: Database) {
  return {
    /**
     * Takes an answer to a session that has ended: its host app cancelled it or did not confirm it, it expired, its user
     * was deleted, or an answer from another tab ended it. One of these answers is taken, so that its grant can be
     * revoked; the session is not changed.
     *
     * @returns undefined when the session has not ended, has led to a consent, or a late answer was taken before
     */
    async takeLateAnswer(oauthState: string, at: Date): Promise<TakenAnswer | undefined> {
      const stateHash = hashSecret(oauthState);
      return db.transaction(async (tx) => {
        const [attempt] = await tx.select().from(connectAttempts).where(eq(connectAttempts.stateHash, stateHash));
        if (attempt?.sealedCodeVerifier == null) return undefined;
        const { id, state, oauthStateUsedAt, expiresAt } = connectSessions;
        const isOpen = inArray(state, ['created', 'started']);
        const hasExpired = and(isOpen, lte(expiresAt, at), isNull(oauthStateUsedAt));
        const hasEnded = or(inArray(state, ['cancelled', 'unconfirmed', 'expired', 'declined', 'failed']), hasExpired);
        const [session] = await tx
          .select()
          .from(connectSessions)
          .where(and(eq(id, attempt.sessionId), hasEnded));
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
