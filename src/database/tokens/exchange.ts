/**
 * Exchanges refresh tokens at Google: one process at a time for each consent, and few at the same time for all of them.
 */
import { and, eq, sql } from 'drizzle-orm';

import { createSemaphore } from '../../semaphore';
import type { Vault } from '../../vault';
import { isEmbedded, type Database } from '../database';
import { tokens } from '../schema';
import { openTokens, sealTokens, type ConsentTokens, type GrantTokens } from './sealed-tokens';
import { lockActive, setEnd, type FindTokenRow, type TokenRow } from './token-rows';

/** Google's answer to a refresh token. */
export interface Refreshed {
  readonly tokens: GrantTokens;
  /** The grant's end, if the answer states it: a renewal makes it later (docs/google-api.md §10, Q6). */
  readonly refreshTokenExpiresAt: Date | undefined;
}

export interface Exchange {
  readonly at: Date;
  /** Called before the exchange begins, and again once no other process can exchange these tokens. */
  isDue(current: ConsentTokens): boolean;
  /** Awaited before the exchange, so that nothing but the call to Google happens during it. */
  prepare(): Promise<void>;
  exchange(refreshToken: string): Promise<Refreshed>;
}

/** An arbitrary number, the same in every Portage process: the kind of the advisory locks for exchanges. */
const exchangeLock = 7_067_468;
/** Number of exchanges of one process that may hold a connection while Google answers; the pool has ten. */
const exchangesAtOnce = 4;
/** A stated end is counted from the time of the answer, in whole seconds: a smaller difference is no change. */
const sameEndMs = 60_000;

export function exchangeQueries(db: Database, vault: Vault, findRow: FindTokenRow) {
  /** The exchanges of this process that have not ended, by consent. */
  const underWay = new Map<string, Promise<ConsentTokens | undefined>>();
  const slots = createSemaphore(exchangesAtOnce);
  const connection = { vault, findRow };

  const exchangeAlone = async (consentId: string, request: Exchange): Promise<ConsentTokens | undefined> => {
    const row = await findRow(db, consentId);
    if (row === undefined) return undefined;
    const current = openTokens(vault, row);
    if (current.refreshToken === undefined || !request.isDue(current)) return current;
    await request.prepare();
    // An embedded database has only this process; a transaction would make all others wait for Google's answer.
    if (isEmbedded(db)) return exchangeOn({ on: db, ...connection }, consentId, request);
    return slots(() =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(${exchangeLock}::int, hashtext(${consentId}))`);
        return exchangeOn({ on: tx, ...connection }, consentId, request);
      }),
    );
  };

  return {
    /**
     * Exchanges the refresh token of a consent while no other process can, so that parallel refreshes become one: the
     * second caller shares the first one's result or failure, or finds that no exchange is due any more. The grant's
     * end in the answer is stored with the tokens; a later end is recorded as `consent.renewed`.
     *
     * @returns the tokens now in force: the old ones when no exchange was due or there is no refresh token, undefined
     * when they are deleted
     */
    async exchange(consentId: string, request: Exchange): Promise<ConsentTokens | undefined> {
      for (let other = underWay.get(consentId); other !== undefined; other = underWay.get(consentId)) {
        const known = await other;
        if (known?.refreshToken === undefined || !request.isDue(known)) return known;
      }
      const own = exchangeAlone(consentId, request).finally(() => underWay.delete(consentId));
      underWay.set(consentId, own);
      return own;
    },
  };
}

interface Connection {
  /** The database, or the transaction that holds the lock of the exchange. */
  readonly on: Database;
  readonly vault: Vault;
  readonly findRow: FindTokenRow;
}

/** Exchanges and stores. No other process exchanges these tokens meanwhile, but they may be renewed or deleted. */
async function exchangeOn(
  connection: Connection,
  consentId: string,
  request: Exchange,
): Promise<ConsentTokens | undefined> {
  const { on, vault, findRow } = connection;
  const row = await findRow(on, consentId);
  if (row === undefined) return undefined;
  const current = openTokens(vault, row);
  if (current.refreshToken === undefined || !request.isDue(current)) return current;
  let refreshed: Refreshed;
  try {
    refreshed = await request.exchange(current.refreshToken);
  } catch (error) {
    // A renewal may have ended the old grant at Google and stored new tokens meanwhile.
    const newer = await findRow(on, consentId);
    if (newer !== undefined && newer.sealedAccessToken !== row.sealedAccessToken) return openTokens(vault, newer);
    throw error;
  }
  const { refreshTokenExpiresAt } = refreshed;
  // Google may leave the refresh token out of its answer; then the old one stays in force (docs/known-defects.md D36).
  const tokens = { ...refreshed.tokens, refreshToken: refreshed.tokens.refreshToken ?? current.refreshToken };
  return storeExchanged(connection, row, { tokens, refreshTokenExpiresAt }, request.at);
}

/**
 * @returns the tokens now in force: newer ones when a renewal has replaced `row` meanwhile, undefined when they are
 * deleted
 */
async function storeExchanged(
  { on, vault, findRow }: Connection,
  row: TokenRow,
  { tokens: fresh, refreshTokenExpiresAt: endsAt }: Refreshed,
  at: Date,
): Promise<ConsentTokens | undefined> {
  const { consentId } = row;
  return on.transaction(async (tx) => {
    const consent = await lockActive(tx, consentId);
    const stored = await tx
      .update(tokens)
      .set({ ...sealTokens(vault, consentId, fresh), updatedAt: at })
      .where(and(eq(tokens.consentId, consentId), eq(tokens.sealedAccessToken, row.sealedAccessToken)))
      .returning({ consentId: tokens.consentId });
    if (stored.length === 0) {
      const newer = await findRow(tx, consentId);
      return newer === undefined ? undefined : openTokens(vault, newer);
    }
    if (consent !== undefined && endsAt !== undefined) {
      const movedMs = consent.endsAt === null ? Infinity : Math.abs(endsAt.getTime() - consent.endsAt.getTime());
      if (movedMs > sameEndMs) await setEnd(tx, consent, endsAt, at);
    }
    return { ...fresh, googleClientId: row.googleClientId };
  });
}
