/** Exports by id, by loop and by consent, for pages, answers and workflows. */
import { and, asc, desc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';

import { builtOnce, type Database } from '../database';
import { isStored, type StoredPart } from '../parts/part';
import type { Export } from '../rows';
import { exportsTable, parts } from '../schema';

export function findQueries(db: Database) {
  const byId = db
    .select()
    .from(exportsTable)
    .where(eq(exportsTable.id, sql.placeholder('id')))
    .prepare(builtOnce);

  return {
    async find(id: string): Promise<Export | undefined> {
      return (await byId.execute({ id }))[0];
    },

    /** The newest export of each of these loops, if there is one; a page may ask every second. */
    async newestOfLoops(consentId: string, loops: readonly string[]): Promise<Export[]> {
      if (loops.length === 0) return [];
      const newest = loops.map((loop) =>
        db
          .select({ id: exportsTable.id })
          .from(exportsTable)
          .where(and(eq(exportsTable.consentId, consentId), eq(exportsTable.resource, loop)))
          .orderBy(desc(exportsTable.cycle))
          .limit(1),
      );
      return db
        .select()
        .from(exportsTable)
        .where(or(...newest.map((one) => eq(exportsTable.id, one))));
    },

    /** The newest export of each loop of these consents. */
    async newestOfConsents(consentIds: readonly string[]): Promise<Export[]> {
      if (consentIds.length === 0) return [];
      return db
        .selectDistinctOn([exportsTable.consentId, exportsTable.resource])
        .from(exportsTable)
        .where(inArray(exportsTable.consentId, [...consentIds]))
        .orderBy(exportsTable.consentId, exportsTable.resource, desc(exportsTable.cycle));
    },

    /** The exports of a consent, newest first. @param page `before` is the id of the last one of the previous page */
    async page(consentId: string, page: { before: string | undefined; limit: number }): Promise<Export[]> {
      const older = page.before === undefined ? undefined : lt(exportsTable.id, page.before);
      return db
        .select()
        .from(exportsTable)
        .where(and(eq(exportsTable.consentId, consentId), older))
        .orderBy(desc(exportsTable.id))
        .limit(page.limit);
    },

    /** The exports that have not ended. */
    async listOpen(consentId: string): Promise<Export[]> {
      return db
        .select()
        .from(exportsTable)
        .where(and(eq(exportsTable.consentId, consentId), isNull(exportsTable.endedAt)));
    },

    async listByConsent(consentId: string): Promise<Export[]> {
      return db.select().from(exportsTable).where(eq(exportsTable.consentId, consentId)).orderBy(asc(exportsTable.id));
    },

    /** The stored parts of several exports, each export's by number. */
    async partsOf(ids: readonly string[]): Promise<Map<string, StoredPart[]>> {
      const rows =
        ids.length === 0
          ? []
          : await db
              .select()
              .from(parts)
              .where(inArray(parts.exportId, [...ids]))
              .orderBy(asc(parts.number));
      const stored = rows.filter(isStored);
      return new Map(ids.map((id) => [id, stored.filter((part) => part.exportId === id)]));
    },
  };
}
