/** Changes of a consent from the start of its workflow to its end; the end deletes its tokens. */
import { and, eq, inArray, isNull } from 'drizzle-orm';

import type { ErrorCode } from '../../domain/error-codes';
import type { AccessType, EndedConsentState, ResetAnswer, StopWanted } from '../../domain/states';
import type { Database } from '../database';
import { recordErasures } from '../data-deletion/erasures';
import { forgetUser } from '../data-deletion/forget-user';
import { recordEvent } from '../write-events';
import { consents, tokens } from '../schema';

async function keepOrDeleteTokens(tx: Database, id: string, keepGrantUntil: Date | undefined): Promise<void> {
  const [row] = await tx.select().from(tokens).where(eq(tokens.consentId, id));
  if (keepGrantUntil === undefined || row?.sealedRefreshToken == null) {
    await tx.delete(tokens).where(eq(tokens.consentId, id));
    return;
  }
  await tx.update(consents).set({ grantKeptUntil: keepGrantUntil }).where(eq(consents.id, id));
}

export function stateQueries(db: Database) {
  return {
    async markWorkflowStarted(id: string, at: Date): Promise<void> {
      await db
        .update(consents)
        .set({ workflowStartedAt: at })
        .where(and(eq(consents.id, id), isNull(consents.workflowStartedAt)));
    },

    async setAccessType(id: string, accessType: AccessType): Promise<void> {
      await db.update(consents).set({ accessType }).where(eq(consents.id, id));
    },

    /** From now on all resources share one job a day, or each has its own again. */
    async setBatched(id: string, batched: boolean, at: Date): Promise<void> {
      await db
        .update(consents)
        .set({ batchedAt: batched ? at : null })
        .where(eq(consents.id, id));
    },

    /**
     * Stores the request to end the consent, so that it survives a lost workflow. A deletion replaces a cancellation,
     * never the reverse.
     */
    async requestStop(id: string, stopWanted: StopWanted): Promise<void> {
      const replaceable = stopWanted === 'deleted' ? undefined : isNull(consents.stopWanted);
      await db
        .update(consents)
        .set({ stopWanted })
        .where(and(eq(consents.id, id), replaceable));
    },

    /** No further export of this consent follows; from now on it does not block another consent's reset. */
    async beginEnding(id: string): Promise<void> {
      await db
        .update(consents)
        .set({ state: 'ending' })
        .where(and(eq(consents.id, id), eq(consents.state, 'active')));
    },

    /** Records the result of the reset; a reset that was done stays recorded. */
    async recordReset(id: string, resetAnswer: ResetAnswer, at: Date): Promise<void> {
      const confirmed = resetAnswer === 'done' || resetAnswer === 'already_ended';
      await db
        .update(consents)
        .set({ resetAnswer, ...(confirmed ? { resetAt: at } : {}) })
        .where(and(eq(consents.id, id), isNull(consents.resetAt)));
    },

    /**
     * Ends a consent once: its tokens are deleted, its event is written, and its user is forgotten when its data is
     * deleted. A repeat changes nothing.
     *
     * @param keepGrantUntil the tokens are kept until then, so that the grant can be reset later (kept-grants.ts);
     * without a refresh token they would be useless, and are deleted
     */
    async end(
      id: string,
      state: EndedConsentState,
      errorCode: ErrorCode | undefined,
      at: Date,
      keepGrantUntil?: Date,
    ): Promise<void> {
      const end = async (tx: Database): Promise<(() => Promise<void>) | undefined> => {
        const [ended] = await tx
          .update(consents)
          .set({ state, errorCode: errorCode ?? null, endedAt: at })
          .where(and(eq(consents.id, id), inArray(consents.state, ['active', 'ending'])))
          .returning();
        if (ended === undefined) return undefined;
        await keepOrDeleteTokens(tx, id, keepGrantUntil);
        const data = { state, ...(errorCode === undefined ? {} : { reason: errorCode }) };
        const type = 'consent.ended';
        // Must be the last write (write-events.ts).
        return () => recordEvent(tx, { hostAppId: ended.hostAppId, type, consentId: id, data, at });
      };
      await db.transaction(async (tx) => {
        const recordEnd = await end(tx);
        const erasureIds = await forgetUser(tx, id, at);
        await recordEnd?.();
        await recordErasures(tx, erasureIds, at);
      });
    },
  };
}
