/** Changes of a consent from the start of its workflow to its end; the end deletes its tokens. */
import { and, eq, inArray, isNull } from 'drizzle-orm';

import type { ErrorCode } from '../../domain/error-codes';
import type { AccessType, EndedConsentState, ResetAnswer, StopWanted, TakeoverReason } from '../../domain/states';
import type { EventData } from '../../events/event-types';
import type { Database } from '../database';
import { tellErased } from '../data-deletion/erasures';
import { forgetUser } from '../data-deletion/forget-user';
import { recordEvent } from '../events';
import { consents, tokens } from '../schema';

/** What a newer consent of the same user exports in place of an older one; `by` is null where it is not known any more. */
export interface Takeover {
  readonly by: string | null;
  readonly because: TakeoverReason | null;
  readonly resources: readonly string[];
}

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

    /** Newer consents of the user export these resources from here on. Each of them is one event. */
    async supersede(id: string, takeovers: readonly Takeover[], at: Date): Promise<void> {
      await db.transaction(async (tx) => {
        const [consent] = await tx.select().from(consents).where(eq(consents.id, id)).for('update');
        if (consent === undefined) return;
        const { hostAppId, grantedResources } = consent;
        const superseded = new Set(consent.supersededResources);
        const takers = new Set(consent.supersededBy);
        const told: EventData<'consent.superseded'>[] = [];
        for (const { by, because, resources } of takeovers) {
          const taken = grantedResources.filter((each) => resources.includes(each) && !superseded.has(each));
          if (taken.length === 0) continue;
          for (const each of taken) superseded.add(each);
          if (by !== null) takers.add(by);
          told.push({ resources: taken, by, because });
        }
        if (told.length === 0) return;
        const changed = { supersededResources: [...superseded], supersededBy: [...takers] };
        await tx.update(consents).set(changed).where(eq(consents.id, id));
        for (const data of told) {
          await recordEvent(tx, { hostAppId, type: 'consent.superseded', consentId: id, data, at });
        }
      });
    },

    /** From here on all resources share one job a day, or have one each again. */
    async setBatched(id: string, batched: boolean, at: Date): Promise<void> {
      await db
        .update(consents)
        .set({ batchedAt: batched ? at : null })
        .where(eq(consents.id, id));
    },

    /** Stores that the consent is to end, so that this survives a lost workflow. A deletion replaces a cancellation, never the reverse. */
    async wantStop(id: string, stopWanted: StopWanted): Promise<void> {
      const replaceable = stopWanted === 'deleted' ? undefined : isNull(consents.stopWanted);
      await db
        .update(consents)
        .set({ stopWanted })
        .where(and(eq(consents.id, id), replaceable));
    },

    /** Everything of this consent is stored; from here on it no longer keeps another one from resetting. */
    async beginEnding(id: string): Promise<void> {
      await db
        .update(consents)
        .set({ state: 'ending' })
        .where(and(eq(consents.id, id), eq(consents.state, 'active')));
    },

    /** Records what became of giving the grant back; once it is done, it stays done. */
    async recordReset(id: string, resetAnswer: ResetAnswer, at: Date): Promise<void> {
      const confirmed = resetAnswer === 'done' || resetAnswer === 'already_ended';
      await db
        .update(consents)
        .set({ resetAnswer, ...(confirmed ? { resetAt: at } : {}) })
        .where(and(eq(consents.id, id), isNull(consents.resetAt)));
    },

    /**
     * Ends a consent once: its tokens go, its event is written, and its user is forgotten when its data is deleted. A repeat
     * changes nothing.
     *
     * @param keepGrantUntil the tokens stay until then, so that the grant can be reset later (kept-grants.ts); without a
     * refresh token they would be of no use, and go
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
        // The last thing that is written (events.ts).
        return () => recordEvent(tx, { hostAppId: ended.hostAppId, type, consentId: id, data, at });
      };
      await db.transaction(async (tx) => {
        const tell = await end(tx);
        const erasureIds = await forgetUser(tx, id, at);
        await tell?.();
        await tellErased(tx, erasureIds, at);
      });
    },
  };
}
