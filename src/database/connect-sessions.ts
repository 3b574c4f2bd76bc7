/** Connect sessions: from the host app's request, over the OAuth flow in one browser, to Google's answer. */
import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, not, or, sql } from 'drizzle-orm';

import type { ErrorCode } from '../domain/errors';
import type { RecordChoice } from '../domain/records';
import type { Database } from './database';
import { recordEvent } from './events';
import { hashSecret, newSecret } from './host-apps';
import { newId } from './ids';
import { connectSessions } from './schema';

export type ConnectSession = typeof connectSessions.$inferSelect;
export type ConnectSessionStore = ReturnType<typeof createConnectSessionStore>;

/** What the vault binds the sealed PKCE verifier of a session to. */
export const verifierPlace = (sessionId: string) => `connect_sessions/${sessionId}/code_verifier`;

/** What it binds the sealed copy of a grant to that no consent holds yet. */
export const grantPlace = (sessionId: string) => `connect_sessions/${sessionId}/grant`;

/** Google's answer is exchanged and stored within this time, or whoever did so has died. */
const answerWithinMs = 5 * 60_000;
/** A grant that is held becomes a consent within minutes of the database's return, unless it cannot be opened. */
const heldWithinMs = 24 * 3_600_000;

/**
 * Sessions that may still bring a grant: the user is at Google's screen, or has come back from it a moment ago and the
 * answer is being exchanged, or what it gave is held until a consent is made of it. No other session of the state
 * `started` can bring any.
 */
function mayBringGrant(at: Date) {
  const { state, expiresAt, oauthStateUsedAt, sealedGrant } = connectSessions;
  const isAtGoogle = and(isNull(oauthStateUsedAt), gt(expiresAt, at));
  // Never null, so that its negation is not, either.
  const isAnswered = and(isNotNull(oauthStateUsedAt), gt(oauthStateUsedAt, new Date(at.getTime() - answerWithinMs)));
  const isHeld = and(isNotNull(sealedGrant), gt(oauthStateUsedAt, new Date(at.getTime() - heldWithinMs)));
  return and(eq(state, 'started'), or(isAtGoogle, isAnswered, isHeld));
}

export function createConnectSessionStore(db: Database) {
  return {
    /** @returns the session's id and the secret of its connect link, which is stored only as a hash */
    async create(request: {
      hostAppId: string;
      userId: string;
      resources: string[];
      returnUrl: string | undefined;
      since?: Date | undefined;
      keep?: RecordChoice | undefined;
      /** Of the same host app and user; see the callback. */
      renewsConsentId?: string | undefined;
      at: Date;
      expiresAt: Date;
    }): Promise<{ id: string; link: string }> {
      const id = newId('cns');
      const link = newSecret();
      await db.insert(connectSessions).values({
        id,
        hostAppId: request.hostAppId,
        userId: request.userId,
        resources: request.resources,
        returnUrl: request.returnUrl ?? null,
        since: request.since ?? null,
        keep: request.keep ?? null,
        renewsConsentId: request.renewsConsentId ?? null,
        state: 'created',
        linkHash: hashSecret(link),
        createdAt: request.at,
        expiresAt: request.expiresAt,
      });
      return { id, link };
    },

    async find(id: string): Promise<ConnectSession | undefined> {
      const [found] = await db.select().from(connectSessions).where(eq(connectSessions.id, id));
      return found;
    },

    async findByLink(link: string): Promise<ConnectSession | undefined> {
      const [found] = await db
        .select()
        .from(connectSessions)
        .where(eq(connectSessions.linkHash, hashSecret(link)));
      return found;
    },

    /**
     * Binds the session to a browser and a fresh OAuth `state`; an older `state` of the session stops working.
     *
     * @returns false when Google's answer came or the session expired in the meantime
     */
    async start(
      id: string,
      flow: { browser: string; oauthState: string; sealedCodeVerifier: string; at: Date },
    ): Promise<boolean> {
      const started = await db
        .update(connectSessions)
        .set({
          state: 'started',
          browserHash: hashSecret(flow.browser),
          oauthStateHash: hashSecret(flow.oauthState),
          sealedCodeVerifier: flow.sealedCodeVerifier,
        })
        .where(
          and(
            eq(connectSessions.id, id),
            inArray(connectSessions.state, ['created', 'started']),
            isNull(connectSessions.oauthStateUsedAt),
            gt(connectSessions.expiresAt, flow.at),
          ),
        )
        .returning({ id: connectSessions.id });
      return started.length > 0;
    },

    /** The session that an OAuth `state` belongs to, used or not. */
    async findByOAuthState(oauthState: string): Promise<ConnectSession | undefined> {
      const [found] = await db
        .select()
        .from(connectSessions)
        .where(eq(connectSessions.oauthStateHash, hashSecret(oauthState)));
      return found;
    },

    /**
     * Uses up the `state`: of two answers with the same one, exactly one gets true. An answer that comes after the session
     * has expired counts: the user has agreed.
     */
    async useOAuthState(id: string, at: Date): Promise<boolean> {
      const used = await db
        .update(connectSessions)
        .set({ oauthStateUsedAt: at, state: 'started' })
        .where(and(eq(connectSessions.id, id), isNull(connectSessions.oauthStateUsedAt)))
        .returning({ id: connectSessions.id });
      return used.length > 0;
    },

    /**
     * Keeps what Google gave for the code, sealed, in one small statement before anything else is done with it: whatever
     * happens from here on, the grant is known (docs/known-defects.md D58).
     */
    async holdGrant(id: string, sealedGrant: string): Promise<void> {
      await db.update(connectSessions).set({ sealedGrant }).where(eq(connectSessions.id, id));
    },

    /** Sessions whose answer came before that time and whose grant no consent holds yet, oldest first. */
    async withHeldGrant(before: Date, limit: number): Promise<ConnectSession[]> {
      return db
        .select()
        .from(connectSessions)
        .where(and(isNotNull(connectSessions.sealedGrant), lt(connectSessions.oauthStateUsedAt, before)))
        .orderBy(asc(connectSessions.oauthStateUsedAt))
        .limit(limit);
    },

    /** Ends a session without a consent; the host app is told, as it may ask its user to connect again. */
    async endWithout(session: ConnectSession, state: 'declined' | 'failed', code: ErrorCode, at: Date): Promise<void> {
      await db.transaction(async (tx) => {
        const ended = await tx
          .update(connectSessions)
          .set({ state, errorCode: code, sealedCodeVerifier: null, sealedGrant: null })
          .where(and(eq(connectSessions.id, session.id), isNull(connectSessions.consentId)))
          .returning({ id: connectSessions.id });
        if (ended.length === 0) return;
        const type = state === 'declined' ? 'consent.declined' : 'consent.not_connected';
        await recordNotConnected(tx, session, type, code, at);
      });
    },

    /** Ends a session whose grant went into a consent that was there before. */
    async endRenewed(id: string, consentId: string): Promise<void> {
      await db
        .update(connectSessions)
        .set({ state: 'connected', consentId, errorCode: null, sealedCodeVerifier: null, sealedGrant: null })
        .where(eq(connectSessions.id, id));
    },

    /** Whether this browser is one in which the consent was given or renewed. */
    async isBrowserOf(consentId: string, browser: string): Promise<boolean> {
      const [found] = await db
        .select({ id: connectSessions.id })
        .from(connectSessions)
        .where(and(eq(connectSessions.consentId, consentId), eq(connectSessions.browserHash, hashSecret(browser))));
      return found !== undefined;
    },

    /** Whether a grant of this user may come about at the moment: see {@link mayBringGrant}. */
    async isConnecting(hostAppId: string, userId: string, at: Date): Promise<boolean> {
      const [found] = await db
        .select({ id: connectSessions.id })
        .from(connectSessions)
        .where(and(eq(connectSessions.hostAppId, hostAppId), eq(connectSessions.userId, userId), mayBringGrant(at)));
      return found !== undefined;
    },

    /**
     * Ends sessions that were started and can bring no grant any more: as `expired` where no answer came, as `failed` where
     * whoever took the answer has died, so that Google may have given a grant that nobody knows.
     *
     * @returns those that were ended now
     */
    async endDead(at: Date, limit: number): Promise<ConnectSession[]> {
      const { id, state, oauthStateUsedAt } = connectSessions;
      const isDead = and(eq(state, 'started'), not(mayBringGrant(at) ?? sql`false`));
      const dead = db.select({ id }).from(connectSessions).where(isDead).limit(limit);
      const code: ErrorCode = 'CONNECT_INTERRUPTED';
      return db.transaction(async (tx) => {
        const ended = await tx
          .update(connectSessions)
          .set({
            state: sql`case when ${oauthStateUsedAt} is null then 'expired' else 'failed' end`,
            errorCode: sql`case when ${oauthStateUsedAt} is null then null else ${code} end`,
          })
          .where(and(inArray(id, dead), isDead))
          .returning();
        for (const session of ended) {
          if (session.state === 'failed') await recordNotConnected(tx, session, 'consent.not_connected', code, at);
        }
        return ended;
      });
    },

    /** The session that led to a consent, or the last one that renewed it. */
    async findByConsent(consentId: string): Promise<ConnectSession | undefined> {
      const [found] = await db
        .select()
        .from(connectSessions)
        .where(eq(connectSessions.consentId, consentId))
        .orderBy(desc(connectSessions.createdAt))
        .limit(1);
      return found;
    },
  };
}

async function recordNotConnected(
  tx: Pick<Database, 'insert'>,
  { id, hostAppId, userId }: ConnectSession,
  type: 'consent.declined' | 'consent.not_connected',
  reason: ErrorCode,
  at: Date,
): Promise<void> {
  await recordEvent(tx, { hostAppId, type, data: { connectSessionId: id, userId, reason }, at });
}
