/** The OAuth flow of a connect session: from the browser that opens the link to Google's grant. */
import { and, arrayContains, desc, eq, gt, inArray, isNull, notInArray, or, sql } from 'drizzle-orm';

import type { Database } from '../database';
import { hashSecret } from '../random-secrets';
import type { ConnectSession } from '../rows';
import { connectAttempts, connectSessions } from '../schema';

/** Number of OAuth attempts that a session keeps, newest first: more than the tabs that a person opens of one link. */
const attemptsKept = 10;

/** An answer of Google that was accepted. */
export interface TakenAnswer {
  readonly session: ConnectSession;
  /** Of the attempt to which the answer belongs. */
  readonly stateHash: string;
  readonly sealedCodeVerifier: string;
  /** The OAuth client that can exchange the code; null means the one of the configuration. */
  readonly googleClientId: string | null;
}

export function flowQueries(db: Database) {
  return {
    /** Assigns the session to the first browser that opens its link. @returns whether this browser is that one */
    async open(id: string, browser: string): Promise<boolean> {
      const browserHash = hashSecret(browser);
      await db
        .update(connectSessions)
        .set({ browserHash })
        .where(and(eq(connectSessions.id, id), isNull(connectSessions.browserHash)));
      const [session] = await db.select().from(connectSessions).where(eq(connectSessions.id, id));
      return session?.browserHash === browserHash || session?.browserHashes.includes(browserHash) === true;
    },

    /**
     * Adds an OAuth attempt with its own `state`; the earlier attempts stay open for this browser.
     *
     * @returns false when Google's answer arrived or the session expired in the meantime, or it belongs to another
     * browser
     */
    async start(
      id: string,
      flow: {
        browser: string;
        oauthState: string;
        sealedCodeVerifier: string;
        googleClientId?: string | null;
        at: Date;
      },
    ): Promise<boolean> {
      const browserHash = hashSecret(flow.browser);
      return db.transaction(async (tx) => {
        const started = await tx
          .update(connectSessions)
          .set({ state: 'started', browserHash: sql`coalesce(${connectSessions.browserHash}, ${browserHash})` })
          .where(
            and(
              isOpen(id, flow.at),
              or(
                isNull(connectSessions.browserHash),
                eq(connectSessions.browserHash, browserHash),
                arrayContains(connectSessions.browserHashes, [browserHash]),
              ),
            ),
          )
          .returning({ id: connectSessions.id });
        if (started.length === 0) return false;
        await tx.insert(connectAttempts).values({
          stateHash: hashSecret(flow.oauthState),
          sessionId: id,
          ...{ sealedCodeVerifier: flow.sealedCodeVerifier, googleClientId: flow.googleClientId ?? null },
          createdAt: flow.at,
        });
        const kept = tx
          .select({ stateHash: connectAttempts.stateHash })
          .from(connectAttempts)
          .where(eq(connectAttempts.sessionId, id))
          .orderBy(desc(connectAttempts.createdAt))
          .limit(attemptsKept);
        await tx
          .delete(connectAttempts)
          .where(and(eq(connectAttempts.sessionId, id), notInArray(connectAttempts.stateHash, kept)));
        return true;
      });
    },

    /**
     * Takes Google's first answer: of all answers to a session, exactly one is taken, and none after its end.
     *
     * @param cameAt when the answer arrived; it may have waited for its turn
     * @returns undefined when another answer was taken before, or the session had ended when this one arrived
     */
    async takeAnswer(oauthState: string, cameAt: Date, at = cameAt): Promise<TakenAnswer | undefined> {
      const stateHash = hashSecret(oauthState);
      return db.transaction(async (tx) => {
        const [attempt] = await tx.select().from(connectAttempts).where(eq(connectAttempts.stateHash, stateHash));
        if (attempt?.sealedCodeVerifier == null) return undefined;
        const { sealedCodeVerifier, googleClientId } = attempt;
        const [session] = await tx
          .update(connectSessions)
          .set({ oauthStateUsedAt: at, oauthStateHash: stateHash, state: 'started', browserHashes: [] })
          .where(isOpen(attempt.sessionId, cameAt))
          .returning();
        if (session === undefined) return undefined;
        // The others keep theirs until a consent is stored: without it, a late grant could not be revoked (late-answer.ts).
        await tx
          .update(connectAttempts)
          .set({ sealedCodeVerifier: null })
          .where(eq(connectAttempts.stateHash, stateHash));
        return { session, stateHash, sealedCodeVerifier, googleClientId };
      });
    },

    /**
     * Stores Google's grant, sealed, in one small statement before any other step: whatever happens afterwards, the
     * grant is known (docs/known-defects.md D58).
     */
    async holdGrant(id: string, sealedGrant: string): Promise<void> {
      await db.update(connectSessions).set({ sealedGrant }).where(eq(connectSessions.id, id));
    },
  };
}

/** Sessions that may still be started, and whose answer may still be taken. */
export function isOpen(id: string, at: Date) {
  return and(
    eq(connectSessions.id, id),
    inArray(connectSessions.state, ['created', 'started']),
    isNull(connectSessions.oauthStateUsedAt),
    gt(connectSessions.expiresAt, at),
  );
}
