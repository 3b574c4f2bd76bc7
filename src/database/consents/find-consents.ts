/** Consents by id, in pages, and for rounds over all of them. */
import { and, asc, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm';

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

    /** Consents, newest first. @param page `before` is the id of the last one of the page before */
    async page(page: {
      state: ConsentState | undefined;
      userId: string | undefined;
      before: string | undefined;
      limit: number;
    }): Promise<Consent[]> {
      const { state, userId, before, limit } = page;
      return db
        .select()
        .from(consents)
        .where(
          and(
            state === undefined ? undefined : eq(consents.state, state),
            userId === undefined ? undefined : eq(consents.userId, userId),
            before === undefined ? undefined : lt(consents.id, before),
          ),
        )
        .orderBy(desc(consents.id))
        .limit(limit);
    },

    /** Live consents that no workflow was started for, oldest first: what the housekeeping starts. */
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
