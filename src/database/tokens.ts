/** The sealed tokens of a grant: opened only for the moment of a call, exchanged by one process at a time. */
import { and, eq, sql } from 'drizzle-orm';

import type { Vault } from '../vault';
import { builtOnce, isEmbedded, type Database } from './database';
import { recordEvent } from './events';
import { consents, tokens } from './schema';
import { createSemaphore } from '../semaphore';

export interface GrantTokens {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  /** Google may send none for one-time grants (docs/google-api.md Q9). */
  readonly refreshToken: string | undefined;
}

/** What Google gives for a refresh token. */
export interface Refreshed {
  readonly tokens: GrantTokens;
  /** The grant's end, where the answer states it: a renewal makes it later (docs/google-api.md §10, Q6). */
  readonly refreshTokenExpiresAt: Date | undefined;
}

export interface Exchange {
  readonly at: Date;
  /** Asked before the exchange begins, and again once nobody else can exchange these tokens. */
  isDue(current: GrantTokens): boolean;
  /** Awaited before that, so that nothing but the call to Google happens meanwhile. */
  prepare(): Promise<void>;
  exchange(refreshToken: string): Promise<Refreshed>;
}

export type TokenStore = ReturnType<typeof createTokenStore>;

/** Any number, the same in every Portage process: the kind of the advisory locks under which tokens are exchanged. */
const exchangeLock = 7_067_468;
/** How many exchanges of one process may hold a connection while Google answers; the pool has ten. */
const exchangesAtOnce = 4;
/** A stated end is counted from the moment of the answer, in whole seconds: less than this is no change. */
const sameEndMs = 60_000;

/** What the vault binds sealed tokens to. */
export const accessTokenPlace = (consentId: string) => `tokens/${consentId}/access_token`;
export const refreshTokenPlace = (consentId: string) => `tokens/${consentId}/refresh_token`;

/** The columns of a row of tokens, sealed for exactly this consent. */
export function sealTokens(vault: Vault, consentId: string, granted: GrantTokens) {
  return {
    sealedAccessToken: vault.seal(granted.accessToken, accessTokenPlace(consentId)),
    accessTokenExpiresAt: granted.accessTokenExpiresAt,
    sealedRefreshToken:
      granted.refreshToken === undefined ? null : vault.seal(granted.refreshToken, refreshTokenPlace(consentId)),
  };
}

export function createTokenStore(db: Database, vault: Vault) {
  /** The exchanges of this process that have not ended, by consent. */
  const underWay = new Map<string, Promise<GrantTokens | undefined>>();
  const slots = createSemaphore(exchangesAtOnce);

  const open = (row: typeof tokens.$inferSelect): GrantTokens => ({
    accessToken: vault.open(row.sealedAccessToken, accessTokenPlace(row.consentId)),
    accessTokenExpiresAt: row.accessTokenExpiresAt,
    refreshToken:
      row.sealedRefreshToken === null
        ? undefined
        : vault.open(row.sealedRefreshToken, refreshTokenPlace(row.consentId)),
  });

  const byConsent = db
    .select()
    .from(tokens)
    .where(eq(tokens.consentId, sql.placeholder('consentId')))
    .prepare(builtOnce);
  const rowOf = async (on: Database, consentId: string) => {
    if (on === db) return (await byConsent.execute({ consentId }))[0];
    const [row] = await on.select().from(tokens).where(eq(tokens.consentId, consentId));
    return row;
  };

  /** Locks an active consent, always before its tokens, so that two transactions never wait for each other. */
  const lockActive = async (tx: Database, consentId: string) => {
    const [consent] = await tx
      .select()
      .from(consents)
      .where(and(eq(consents.id, consentId), eq(consents.state, 'active')))
      .for('update');
    return consent;
  };

  const setEnd = async (tx: Database, consent: typeof consents.$inferSelect, endsAt: Date, at: Date) => {
    await tx.update(consents).set({ endsAt }).where(eq(consents.id, consent.id));
    if (consent.endsAt === null || endsAt <= consent.endsAt) return;
    await recordEvent(tx, {
      hostAppId: consent.hostAppId,
      type: 'consent.renewed',
      consentId: consent.id,
      data: { userId: consent.userId, endsAt: endsAt.toISOString(), before: consent.endsAt.toISOString() },
      at,
    });
  };

  /** Exchanges and stores. Nobody else exchanges these tokens meanwhile; still, they may be renewed or forgotten. */
  const exchangeOn = async (on: Database, consentId: string, request: Exchange): Promise<GrantTokens | undefined> => {
    const row = await rowOf(on, consentId);
    if (row === undefined) return undefined;
    const current = open(row);
    if (current.refreshToken === undefined || !request.isDue(current)) return current;
    let refreshed: Refreshed;
    try {
      refreshed = await request.exchange(current.refreshToken);
    } catch (error) {
      // A renewal may have ended the old grant at Google and put new tokens here meanwhile.
      const newer = await rowOf(on, consentId);
      if (newer !== undefined && newer.sealedAccessToken !== row.sealedAccessToken) return open(newer);
      throw error;
    }
    const { tokens: fresh, refreshTokenExpiresAt: endsAt } = refreshed;
    // Google may leave the refresh token out of its answer; the old one stays in force (docs/known-defects.md D36).
    const kept = { ...fresh, refreshToken: fresh.refreshToken ?? current.refreshToken };
    return on.transaction(async (tx) => {
      const consent = await lockActive(tx, consentId);
      const stored = await tx
        .update(tokens)
        .set({ ...sealTokens(vault, consentId, kept), updatedAt: request.at })
        .where(and(eq(tokens.consentId, consentId), eq(tokens.sealedAccessToken, row.sealedAccessToken)))
        .returning({ consentId: tokens.consentId });
      if (stored.length === 0) {
        const newer = await rowOf(tx, consentId);
        return newer === undefined ? undefined : open(newer);
      }
      if (consent !== undefined && endsAt !== undefined) {
        const movedMs = consent.endsAt === null ? Infinity : Math.abs(endsAt.getTime() - consent.endsAt.getTime());
        if (movedMs > sameEndMs) await setEnd(tx, consent, endsAt, request.at);
      }
      return kept;
    });
  };

  const exchangeAlone = async (consentId: string, request: Exchange): Promise<GrantTokens | undefined> => {
    const row = await rowOf(db, consentId);
    if (row === undefined) return undefined;
    const current = open(row);
    if (current.refreshToken === undefined || !request.isDue(current)) return current;
    await request.prepare();
    // An embedded database has this one process; a transaction would keep all others waiting for Google's answer.
    if (isEmbedded(db)) return exchangeOn(db, consentId, request);
    return slots(() =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(${exchangeLock}::int, hashtext(${consentId}))`);
        return exchangeOn(tx, consentId, request);
      }),
    );
  };

  return {
    /** The tokens of a consent, or undefined once they are forgotten. */
    async find(consentId: string): Promise<GrantTokens | undefined> {
      const row = await rowOf(db, consentId);
      return row === undefined ? undefined : open(row);
    },

    /**
     * Exchanges the refresh token of a consent while no other process can, so that parallel refreshes become one: who
     * comes second shares the first one's result or failure, or finds that nothing is due any more. What the answer says
     * of the grant's end is stored with the tokens; a later end is recorded as `consent.renewed`.
     *
     * @returns the tokens now in force: the old ones where nothing was due or there is no refresh token, undefined when
     * they are forgotten
     */
    async exchange(consentId: string, request: Exchange): Promise<GrantTokens | undefined> {
      for (let other = underWay.get(consentId); other !== undefined; other = underWay.get(consentId)) {
        const known = await other;
        if (known?.refreshToken === undefined || !request.isDue(known)) return known;
      }
      const own = exchangeAlone(consentId, request).finally(() => underWay.delete(consentId));
      underWay.set(consentId, own);
      return own;
    },

    /**
     * Puts the tokens of a new grant in the place of a live consent's, which it extends (docs/google-api.md Q6, answer
     * B). A repeat records no second event.
     *
     * @param granted exchanged already, so that the old tokens go only after the new ones were had
     * @returns false when the consent is no longer active; nothing is changed then
     */
    async renew(consentId: string, granted: { tokens: GrantTokens; endsAt: Date; at: Date }): Promise<boolean> {
      return db.transaction(async (tx) => {
        const consent = await lockActive(tx, consentId);
        if (consent === undefined) return false;
        const row = await rowOf(tx, consentId);
        const refreshToken = granted.tokens.refreshToken ?? (row === undefined ? undefined : open(row).refreshToken);
        const sealed = { ...sealTokens(vault, consentId, { ...granted.tokens, refreshToken }), updatedAt: granted.at };
        await tx
          .insert(tokens)
          .values({ consentId, ...sealed })
          .onConflictDoUpdate({ target: tokens.consentId, set: sealed });
        await setEnd(tx, consent, granted.endsAt, granted.at);
        return true;
      });
    },
  };
}
