/** Consents by id, in pages, and for rounds over all of them. */
import { and, asc, count, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm';

import type { ConsentState } from '../../domain/states';
import { builtOnce, type Database } from '../database';
import type { Consent } from '../rows';
import { consents } from '../schema';

export function findQueries(db: Database) {
  const byId = db
    .select()
    .from(consents)
    .where(eq(consents.id, sql.placeholder('id')))
    .prepare(builtOnce);

  return {
    async find(id: string): Promise<Consent | undefined> {
      return (await byId.execute({ id }))[0];
    },

    /**
     * Consents, newest first. @param page `hostAppId`: only of this host app; `before` is the id of the last one of the
     * previous page
     */
    async page(page: {
      hostAppId?: string;
      state: ConsentState | undefined;
      userId: string | undefined;
      before: string | undefined;
      limit: number;
    }): Promise<Consent[]> {
      const { hostAppId, state, userId, before, limit } = page;
      return db
        .select()
        .from(consents)
        .where(
          and(
            hostAppId === undefined ? undefined : eq(consents.hostAppId, hostAppId),
            state === undefined ? undefined : eq(consents.state, state),
            userId === undefined ? undefined : eq(consents.userId, userId),
            before === undefined ? undefined : lt(consents.id, before),
          ),
        )
        .orderBy(desc(consents.id))
        .limit(limit);
    },

    /** How many consents a user of a host app has in each state; a state without any is left out. */
    async countOfUser({
      hostAppId,
      userId,
    }: {
      hostAppId: string;
      userId: string;
    }): Promise<Partial<Record<ConsentState, number>>> {
      const rows = await db
        .select({ state: consents.state, number: count() })
        .from(consents)
        .where(and(eq(consents.hostAppId, hostAppId), eq(consents.userId, userId)))
        .groupBy(consents.state);
      return Object.fromEntries(rows.map(({ state, number }) => [state, number]));
    },

    /** Live consents without a started workflow, oldest first, for the housekeeping. */
    async withoutWorkflow(limit: number): Promise<Consent[]> {
      return db
        .select()
        .from(consents)
        .where(and(isNull(consents.workflowStartedAt), inArray(consents.state, ['active', 'ending'])))
        .orderBy(asc(consents.createdAt))
        .limit(limit);
    },

    /** Active consents by id, after the given one: for rounds over all of them. */
    async listActive(after: string, limit: number): Promise<Consent[]> {
      return db
        .select()
        .from(consents)
        .where(and(inArray(consents.state, ['active', 'ending']), gt(consents.id, after)))
        .orderBy(asc(consents.id))
        .limit(limit);
    },
  };
}
