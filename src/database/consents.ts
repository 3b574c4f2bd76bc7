/** Consents: made in one transaction with their tokens and their event, ended in one transaction too. */
import { and, asc, desc, eq, gt, inArray, isNull, lt, ne, sql } from 'drizzle-orm';

import type { ErrorCode } from '../domain/errors';
import type { AccessType, ConsentState, EndedConsentState, EventType, ResetAnswer, StopWanted } from '../domain/states';
import type { Vault } from '../vault';
import type { ConnectSession } from './connect-sessions';
import { builtOnce, type Database } from './database';
import { recordEvent } from './events';
import { newId } from './ids';
import { connectSessions, consents, events, tokens } from './schema';
import { recordShared, sharersOf } from './shared-accounts';
import { sealTokens, type GrantTokens } from './tokens';

export type Consent = typeof consents.$inferSelect;
export type Event = typeof events.$inferSelect;
export type ConsentStore = ReturnType<typeof createConsentStore>;

/** A day in the host app's words: reminders are counted in days, whatever a demo calls a day. */
const dayMs = 24 * 3_600_000;

/** What a consent's loops still export: what was granted, without what a newer consent has taken over. */
export function exportedResources(consent: Pick<Consent, 'grantedResources' | 'supersededResources'>): string[] {
  return consent.grantedResources.filter((resource) => !consent.supersededResources.includes(resource));
}

export function createConsentStore(db: Database, vault: Vault) {
  const byId = db
    .select()
    .from(consents)
    .where(eq(consents.id, sql.placeholder('id')))
    .prepare(builtOnce);

  /** Changes a consent and tells the host app in one transaction, where there is something to change. */
  const change = async (
    id: string,
    type: EventType,
    at: Date,
    decide: (consent: Consent) => { set: Partial<Consent>; data: Record<string, unknown> } | undefined,
  ): Promise<void> => {
    await db.transaction(async (tx) => {
      const [consent] = await tx.select().from(consents).where(eq(consents.id, id)).for('update');
      const changed = consent === undefined ? undefined : decide(consent);
      if (consent === undefined || changed === undefined) return;
      await tx.update(consents).set(changed.set).where(eq(consents.id, id));
      const { hostAppId, userId } = consent;
      await recordEvent(tx, { hostAppId, type, consentId: id, data: { userId, ...changed.data }, at });
    });
  };

  return {
    /**
     * Keeps what Google granted: consent, sealed tokens, the end of the connect session and the event, all or nothing.
     * A repeat, after an answer of the database was lost, finds the consent of the first time.
     *
     * @returns the consent's id
     * @throws Error when there is no such connect session
     */
    async create(grant: {
      session: ConnectSession;
      resources: string[];
      accessType: AccessType | undefined;
      endsAt: Date | undefined;
      tokens: GrantTokens;
      at: Date;
    }): Promise<string> {
      const id = newId('con');
      const { session, at } = grant;
      return db.transaction(async (tx) => {
        const [row] = await tx.select().from(connectSessions).where(eq(connectSessions.id, session.id)).for('update');
        if (row === undefined) throw new Error(`connect session ${session.id} is not there to store its consent`);
        if (row.consentId !== null) return row.consentId;
        await tx.insert(consents).values({
          id,
          hostAppId: session.hostAppId,
          userId: session.userId,
          state: 'active',
          accessType: grant.accessType ?? null,
          requestedResources: session.resources,
          grantedResources: grant.resources,
          createdAt: at,
          endsAt: grant.endsAt ?? null,
          since: session.since,
          keep: session.keep,
        });
        await tx.insert(tokens).values({ consentId: id, ...sealTokens(vault, id, grant.tokens), updatedAt: at });
        await tx
          .update(connectSessions)
          .set({ state: 'connected', consentId: id, errorCode: null, sealedCodeVerifier: null, sealedGrant: null })
          .where(eq(connectSessions.id, session.id));
        await recordEvent(tx, {
          hostAppId: session.hostAppId,
          type: 'consent.connected',
          consentId: id,
          data: { userId: session.userId, requested: session.resources, granted: grant.resources },
          at,
        });
        return id;
      });
    },

    async find(id: string): Promise<Consent | undefined> {
      return (await byId.execute({ id }))[0];
    },

    /** Consents, newest first. @param page `before` is the id of the last one of the page before */
    async page(page: {
      state: ConsentState | undefined;
      userId: string | undefined;
      before: string | undefined;
      limit: number;
    }): Promise<Consent[]> {
      const { state, userId, before, limit } = page;
      return db
        .select()
        .from(consents)
        .where(
          and(
            state === undefined ? undefined : eq(consents.state, state),
            userId === undefined ? undefined : eq(consents.userId, userId),
            before === undefined ? undefined : lt(consents.id, before),
          ),
        )
        .orderBy(desc(consents.id))
        .limit(limit);
    },

    /** Active consents that no workflow was started for, oldest first: what the housekeeping starts. */
    async withoutWorkflow(limit: number): Promise<Consent[]> {
      return db
        .select()
        .from(consents)
        .where(and(isNull(consents.workflowStartedAt), eq(consents.state, 'active')))
        .orderBy(asc(consents.createdAt))
        .limit(limit);
    },

    async markWorkflowStarted(id: string, at: Date): Promise<void> {
      await db
        .update(consents)
        .set({ workflowStartedAt: at })
        .where(and(eq(consents.id, id), isNull(consents.workflowStartedAt)));
    },

    async setAccessType(id: string, accessType: AccessType): Promise<void> {
      await db.update(consents).set({ accessType }).where(eq(consents.id, id));
    },

    /** Records what became of giving the grant back; once it is done, it stays done. */
    async recordReset(id: string, resetAnswer: ResetAnswer, at: Date): Promise<void> {
      const confirmed = resetAnswer === 'done' || resetAnswer === 'already_ended';
      await db
        .update(consents)
        .set({ resetAnswer, ...(confirmed ? { resetAt: at } : {}) })
        .where(and(eq(consents.id, id), isNull(consents.resetAt)));
    },

    /** Pauses or goes on; a repeat changes nothing. */
    async setPaused(id: string, paused: boolean, at: Date): Promise<void> {
      await change(id, paused ? 'consent.paused' : 'consent.resumed', at, (consent) =>
        (consent.pausedAt !== null) === paused ? undefined : { set: { pausedAt: paused ? at : null }, data: {} },
      );
    },

    /** Keeps the wish that it end, until it has. A wish to delete is more than one to cancel, and replaces it. */
    async wantStop(id: string, stopWanted: StopWanted): Promise<void> {
      const isNews = stopWanted === 'deleted' ? undefined : isNull(consents.stopWanted);
      await db
        .update(consents)
        .set({ stopWanted })
        .where(and(eq(consents.id, id), isNews));
    },

    /** From here on all resources share one job a day, or have one each again. */
    async setBatched(id: string, batched: boolean, at: Date): Promise<void> {
      await db
        .update(consents)
        .set({ batchedAt: batched ? at : null })
        .where(eq(consents.id, id));
    },

    /** A newer consent of the user exports these resources from here on. */
    async supersede(id: string, resources: readonly string[]): Promise<void> {
      await db.transaction(async (tx) => {
        const [consent] = await tx.select().from(consents).where(eq(consents.id, id)).for('update');
        if (consent === undefined) return;
        const taken = resources.filter((resource) => consent.grantedResources.includes(resource));
        const supersededResources = [...new Set([...consent.supersededResources, ...taken])];
        await tx.update(consents).set({ supersededResources }).where(eq(consents.id, id));
      });
    },

    /** Tells the host app once, for this end of the grant, that it can be renewed. */
    async remind(id: string, beforeEndMs: number, at: Date): Promise<void> {
      const daysBefore = Math.round(beforeEndMs / dayMs);
      await change(id, 'consent.renewal_due', at, (consent) => {
        const reminded = consent.remindedForEndsAt?.getTime() === consent.endsAt?.getTime();
        if (reminded && consent.remindedDaysBefore !== null && consent.remindedDaysBefore <= daysBefore)
          return undefined;
        return {
          set: { remindedForEndsAt: consent.endsAt, remindedDaysBefore: daysBefore },
          data: { endsAt: consent.endsAt?.toISOString() ?? null, daysBefore },
        };
      });
    },

    /** Everything of this consent is stored; from here on it no longer keeps another one from resetting. */
    async beginEnding(id: string): Promise<void> {
      await db
        .update(consents)
        .set({ state: 'ending' })
        .where(and(eq(consents.id, id), eq(consents.state, 'active')));
    },

    /** The user's other consents that are active, oldest first: a reset at Google would end them (docs/google-api.md §8). */
    async activeSiblings({ id, hostAppId, userId }: Pick<Consent, 'id' | 'hostAppId' | 'userId'>): Promise<Consent[]> {
      const sameUser = and(eq(consents.hostAppId, hostAppId), eq(consents.userId, userId));
      return db
        .select()
        .from(consents)
        .where(and(sameUser, eq(consents.state, 'active'), ne(consents.id, id)))
        .orderBy(asc(consents.createdAt), asc(consents.id));
    },

    /** Active consents of other users who are known to have connected the same Google account (docs/known-defects.md D39). */
    async activeSharers(id: string): Promise<Consent[]> {
      return db
        .select()
        .from(consents)
        .where(and(inArray(consents.id, await sharersOf(db, id)), eq(consents.state, 'active')))
        .orderBy(asc(consents.createdAt), asc(consents.id));
    },

    /** See {@link recordShared}. */
    recordShared: (id: string, otherId: string, at: Date) => recordShared(db, [id, otherId], at),

    /** Active consents by id, after the given one: for rounds over all of them. */
    async listActive(after: string, limit: number): Promise<Consent[]> {
      return db
        .select()
        .from(consents)
        .where(and(inArray(consents.state, ['active', 'ending']), gt(consents.id, after)))
        .orderBy(asc(consents.id))
        .limit(limit);
    },

    /** What the host app was told last of a consent and its exports, newest first. */
    async newestEvents({ id, hostAppId }: Pick<Consent, 'id' | 'hostAppId'>, limit: number): Promise<Event[]> {
      return db
        .select()
        .from(events)
        .where(and(eq(events.hostAppId, hostAppId), eq(events.consentId, id)))
        .orderBy(desc(events.id))
        .limit(limit);
    },

    /** What the host app was told of a consent and its exports, oldest first. */
    async listEvents(id: string): Promise<Event[]> {
      return db.select().from(events).where(eq(events.consentId, id)).orderBy(asc(events.id));
    },

    /** Ends a consent once: its tokens go, its event is written. A repeat changes nothing. */
    async end(id: string, state: EndedConsentState, errorCode: ErrorCode | undefined, at: Date): Promise<void> {
      await db.transaction(async (tx) => {
        const [ended] = await tx
          .update(consents)
          .set({ state, errorCode: errorCode ?? null, endedAt: at })
          .where(and(eq(consents.id, id), inArray(consents.state, ['active', 'ending'])))
          .returning();
        await tx.delete(tokens).where(eq(tokens.consentId, id));
        if (ended === undefined) return;
        await recordEvent(tx, {
          hostAppId: ended.hostAppId,
          type: 'consent.ended',
          consentId: id,
          data: { userId: ended.userId, state, ...(errorCode === undefined ? {} : { reason: errorCode }) },
          at,
        });
      });
    },
  };
}
