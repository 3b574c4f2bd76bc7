/**
 * Grants of consents that have ended: a reset would have ended another consent of the user as well, so their tokens wait
 * until it harms none (docs/decisions/several-accounts.md).
 */
import { and, eq, inArray, isNotNull, lte, ne, notExists, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';

import { forgetUser } from '../data-deletion/forget-user';
import type { Database } from '../database';
import type { Consent } from '../rows';
import { consents, tokens } from '../schema';

export function keptGrantQueries(db: Database) {
  return {
    /**
     * Consents whose kept grant can be looked at: no other consent of the user is left, or the time is over. Those that
     * Google refused to reset come last, and within both groups the order is random, so that none keeps others from their
     * turn for good.
     */
    async listKeptGrants(at: Date, limit: number): Promise<Consent[]> {
      const other = alias(consents, 'other');
      const liveOther = db
        .select({ one: sql`1` })
        .from(other)
        .where(
          and(
            eq(other.hostAppId, consents.hostAppId),
            eq(other.userId, consents.userId),
            ne(other.id, consents.id),
            inArray(other.state, ['active', 'ending']),
          ),
        );
      return db
        .select()
        .from(consents)
        .where(and(isNotNull(consents.grantKeptUntil), or(lte(consents.grantKeptUntil, at), notExists(liveOther))))
        .orderBy(sql`${consents.resetAnswer} is not distinct from 'refused'`, sql`random()`)
        .limit(limit);
    },

    /** The kept grant is over, whatever came of it: its tokens go, and the user of deleted data is forgotten. */
    async endKeptGrant(id: string, at: Date): Promise<void> {
      await db.transaction(async (tx) => {
        await tx.update(consents).set({ grantKeptUntil: null }).where(eq(consents.id, id));
        await tx.delete(tokens).where(eq(tokens.consentId, id));
        await forgetUser(tx, id, at);
      });
    },
  };
}
