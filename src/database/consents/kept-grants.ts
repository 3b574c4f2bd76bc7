/**
 * Grants of consents that have ended and whose reset would have ended another consent of the user too. Their tokens are
 * kept until a reset harms no other consent (docs/decisions/several-accounts.md).
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
     * Consents whose kept grant can be ended: no other consent of the user is left, or the time is over. Grants that
     * Google refused to reset come last, and within both groups the order is random, so that none blocks the others
     * permanently.
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

    /**
     * The kept grant is over, with or without a reset: its tokens are deleted, and the user of deleted data is
     * forgotten.
     */
    async endKeptGrant(id: string, at: Date): Promise<void> {
      await db.transaction(async (tx) => {
        await tx.update(consents).set({ grantKeptUntil: null }).where(eq(consents.id, id));
        await tx.delete(tokens).where(eq(tokens.consentId, id));
        await forgetUser(tx, id, at);
      });
    },
  };
}
