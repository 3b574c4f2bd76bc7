/**
 * Queries about earlier exports to plan the next one: its number, its window, and the start from which Google’s lock
 * counts.
 */
import { and, arrayContains, arrayOverlaps, asc, desc, eq, gt, inArray, isNotNull, ne, or, sql } from 'drizzle-orm';

import type { Database } from '../database';
import type { Export } from '../rows';
import { consents, exportsTable } from '../schema';
import { sharersOf } from '../consents/shared-accounts';

export function planningQueries(db: Database) {
  return {
    /** The number of the loop's next export, or of its open one. */
    async nextCycle(consentId: string, resource: string): Promise<{ cycle: number; before: Export | undefined }> {
      const [newest] = await db
        .select()
        .from(exportsTable)
        .where(and(eq(exportsTable.consentId, consentId), eq(exportsTable.resource, resource)))
        .orderBy(desc(exportsTable.cycle))
        .limit(1);
      if (newest === undefined) return { cycle: 1, before: undefined };
      return { cycle: newest.endedAt === null ? newest.cycle : newest.cycle + 1, before: newest };
    },

    /**
     * The time up to which the data of a resource are stored under a consent without a gap: the next window begins
     * there. Only exports count that Google itself did not call incomplete. A job that was started for another request
     * and begins after the stored data leaves a gap, which stays due (docs/known-defects.md D21).
     *
     * @param from start of the requested data; undefined when everything is requested
     * @returns `from` when nothing is stored
     */
    async storedUntil(consentId: string, resource: string, from: Date | undefined): Promise<Date | undefined> {
      const { startTime, exportTime, endTime, initiatedAt } = exportsTable;
      const end = sql<Date>`coalesce(${exportTime}, ${endTime}, ${initiatedAt})`.mapWith(exportTime);
      const rows = await db
        .select({ startTime, end })
        .from(exportsTable)
        .where(
          and(
            eq(exportsTable.consentId, consentId),
            arrayContains(exportsTable.resources, [resource]),
            inArray(exportsTable.verdict, ['complete', 'unverified']),
          ),
        )
        .orderBy(asc(end));
      let until = from;
      for (const row of rows) {
        const leavesGap = row.startTime !== null && (until === undefined || row.startTime > until);
        if (!leavesGap) until = row.end;
      }
      return until;
    },

    /** When Google last started an export of these resources under this consent; undefined when it never did. */
    async lastStart({ consentId, resources }: Pick<Export, 'consentId' | 'resources'>): Promise<Date | undefined> {
      const [newest] = await db
        .select({ initiatedAt: exportsTable.initiatedAt })
        .from(exportsTable)
        .where(
          and(
            eq(exportsTable.consentId, consentId),
            arrayOverlaps(exportsTable.resources, [...resources]),
            isNotNull(exportsTable.initiatedAt),
          ),
        )
        .orderBy(desc(exportsTable.initiatedAt))
        .limit(1);
      return newest?.initiatedAt ?? undefined;
    },

    /**
     * The other exports of the same user or Google account, under any consent, that were started or requested since
     * then.
     */
    async othersOfUser(row: Export, since: Date): Promise<Export[]> {
      const owner = db
        .select({ hostAppId: consents.hostAppId, userId: consents.userId })
        .from(consents)
        .where(eq(consents.id, row.consentId));
      const rows = await db
        .select({ export: exportsTable })
        .from(exportsTable)
        .innerJoin(consents, eq(consents.id, exportsTable.consentId))
        .where(
          and(
            or(
              sql`(${consents.hostAppId}, ${consents.userId}) in ${owner}`,
              inArray(consents.id, await sharersOf(db, row.consentId)),
            ),
            ne(exportsTable.id, row.id),
            gt(sql`coalesce(${exportsTable.initiatedAt}, ${exportsTable.requestedAt})`, since),
          ),
        );
      return rows.map((each) => each.export);
    },
  };
}
