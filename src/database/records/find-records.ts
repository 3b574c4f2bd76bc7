/** The record files of exports, and the known keys that the next export of a resource is compared with. */
import { and, arrayOverlaps, asc, eq, gt, inArray, isNotNull, ne } from 'drizzle-orm';

import type { Database } from '../database';
import type { Export, KnownRecords } from '../rows';
import { exportsTable, knownRecords } from '../schema';
import { isRead, type ReadExport } from './state-with-records';

export function findQueries(db: Database) {
  return {
    /** The known keys of these resources under a consent, by resource. */
    async known(consentId: string, resources: readonly string[]): Promise<Map<string, KnownRecords>> {
      const rows = await db
        .select()
        .from(knownRecords)
        .where(and(eq(knownRecords.consentId, consentId), inArray(knownRecords.resource, [...resources])));
      return new Map(rows.map((row) => [row.resource, row]));
    },

    /** Forgets all known keys of a consent. */
    async forgetKnown(consentId: string): Promise<void> {
      await db.delete(knownRecords).where(eq(knownRecords.consentId, consentId));
    },

    /** The exports of a consent whose records were read after a cursor, in that order. */
    async readSince(consentId: string, cursor: number, limit: number): Promise<ReadExport[]> {
      const rows = await db
        .select()
        .from(exportsTable)
        .where(
          and(
            eq(exportsTable.consentId, consentId),
            isNotNull(exportsTable.recordsRun),
            gt(exportsTable.recordsNumber, cursor),
          ),
        )
        .orderBy(asc(exportsTable.recordsNumber))
        .limit(limit);
      return rows.filter(isRead);
    },

    /** The other exports of a consent that contain one of these resources and whose records were read, oldest first. */
    async othersRead({ id, consentId, resources }: Export): Promise<ReadExport[]> {
      const rows = await db
        .select()
        .from(exportsTable)
        .where(
          and(
            eq(exportsTable.consentId, consentId),
            ne(exportsTable.id, id),
            arrayOverlaps(exportsTable.resources, resources),
            isNotNull(exportsTable.recordsRun),
          ),
        )
        .orderBy(asc(exportsTable.requestedAt));
      return rows.filter(isRead);
    },
  };
}
