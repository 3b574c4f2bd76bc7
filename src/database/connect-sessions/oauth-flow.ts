/** The way of a connect session from the host app’s request, over one browser, to the grant that Google gives. */
import { and, eq, gt, inArray, isNull } from 'drizzle-orm';

import type { RecordChoice } from '../../domain/records';
import type { Database } from '../database';
import { hashSecret, newSecret } from '../host-apps';
import { newId } from '../ids';
import { connectSessions } from '../schema';

export function flowQueries(db: Database) {
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
  };
}
