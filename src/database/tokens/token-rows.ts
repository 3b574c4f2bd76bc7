/** The row of tokens of a consent, and the end of the grant, which changes with the tokens. */
import { and, eq, getTableColumns, sql } from 'drizzle-orm';

import { builtOnce, type Database } from '../database';
import { recordEvent } from '../write-events';
import type { Consent } from '../rows';
import { consents, tokens } from '../schema';

export type TokenRow = typeof tokens.$inferSelect & Pick<Consent, 'googleClientId'>;

const columns = { ...getTableColumns(tokens), googleClientId: consents.googleClientId };

/** Reads the row of a consent's tokens. @param on the database, or a transaction */
export type FindTokenRow = (on: Database, consentId: string) => Promise<TokenRow | undefined>;

/**
 * @returns the function; its statement is prepared once outside of transactions, since every call to Google begins with
 * it
 */
export function createFindTokenRow(db: Database): FindTokenRow {
  const rows = (on: Database) =>
    on.select(columns).from(tokens).innerJoin(consents, eq(consents.id, tokens.consentId)).$dynamic();
  const byConsent = rows(db)
    .where(eq(tokens.consentId, sql.placeholder('consentId')))
    .prepare(builtOnce);
  return async (on, consentId) => {
    if (on === db) return (await byConsent.execute({ consentId }))[0];
    const [row] = await rows(on).where(eq(tokens.consentId, consentId));
    return row;
  };
}

/** Locks an active consent, always before its tokens, so that two transactions never deadlock. */
export async function lockActive(tx: Database, consentId: string): Promise<Consent | undefined> {
  const [consent] = await tx
    .select()
    .from(consents)
    .where(and(eq(consents.id, consentId), eq(consents.state, 'active')))
    .for('update');
  return consent;
}

/** Stores when the grant ends; a later end than before is recorded as `consent.renewed`. */
export async function setEnd(tx: Database, consent: Consent, endsAt: Date, at: Date): Promise<void> {
  await tx.update(consents).set({ endsAt }).where(eq(consents.id, consent.id));
  if (consent.endsAt === null || endsAt <= consent.endsAt) return;
  await recordEvent(tx, {
    hostAppId: consent.hostAppId,
    type: 'consent.renewed',
    consentId: consent.id,
    data: { endsAt: endsAt.toISOString(), before: consent.endsAt.toISOString() },
    at,
  });
}
