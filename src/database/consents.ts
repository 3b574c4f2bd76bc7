/** Consents: made in one transaction with their tokens and their event, ended in one transaction too. */
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';

import type { ErrorCode } from '../domain/errors';
import type { AccessType, EndedConsentState } from '../domain/states';
import type { Vault } from '../vault';
import type { ConnectSession } from './connect-sessions';
import type { Database } from './connect';
import { recordEvent } from './events';
import { newId } from './ids';
import { connectSessions, consents, tokens } from './schema';
import { sealTokens, type GrantTokens } from './tokens';

export type Consent = typeof consents.$inferSelect;
export type ConsentStore = ReturnType<typeof createConsentStore>;

export function createConsentStore(db: Database, vault: Vault) {
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
        });
        await tx.insert(tokens).values({ consentId: id, ...sealTokens(vault, id, grant.tokens), updatedAt: at });
        await tx
          .update(connectSessions)
          .set({ state: 'connected', consentId: id, sealedCodeVerifier: null })
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
      const [found] = await db.select().from(consents).where(eq(consents.id, id));
      return found;
    },

    /** Active consents that no workflow was started for, oldest first: what the reconciler works on. */
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

    async markReset(id: string, at: Date): Promise<void> {
      await db.update(consents).set({ resetAt: at }).where(eq(consents.id, id));
    },

    /** Everything of this consent is stored; from here on it no longer keeps another one from resetting. */
    async beginEnding(id: string): Promise<void> {
      await db
        .update(consents)
        .set({ state: 'ending' })
        .where(and(eq(consents.id, id), eq(consents.state, 'active')));
    },

    /**
     * Other consents of the same user that a reset at Google would harm, since it ends all of the user's grants
     * (docs/google-api.md §8).
     */
    async activeSiblings(consent: Consent): Promise<string[]> {
      const { hostAppId, userId } = consent;
      const active = await db
        .select({ id: consents.id })
        .from(consents)
        .where(and(eq(consents.hostAppId, hostAppId), eq(consents.userId, userId), eq(consents.state, 'active')));
      return active.map(({ id }) => id).filter((id) => id !== consent.id);
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
