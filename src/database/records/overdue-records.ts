/** Exports that ended before their records were read, which are read later. */
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';

import type { ErrorCode } from '../../domain/error-codes';
import type { Database } from '../database';
import { amendExport } from '../exports/end-export';
import { exportsTable } from '../schema';
import { stateOf } from './state-with-records';

export function overdueQueries(db: Database) {
  return {
    /**
     * Verified exports whose records were not read in time and whose parts are still stored; the exports of each
     * consent are in the order in which they are to be read. The consents are in random order, so that one whose
     * exports fail repeatedly does not block the others.
     *
     * @param limits the most consents, and the most exports of each of them
     */
    async listOverdue(limits: { consents: number; exports: number }): Promise<{ consentId: string; ids: string[] }[]> {
      const { consentId, requestedAt, recordsErrorCode, dataDeletionAt, partsDroppedAt } = exportsTable;
      const isOverdue = and(
        eq(recordsErrorCode, 'RECORDS_OVERDUE'),
        isNotNull(exportsTable.endedAt),
        isNull(dataDeletionAt),
        isNull(partsDroppedAt),
      );
      const ids = sql<string[]>`array_agg(${exportsTable.id} order by ${requestedAt})`;
      const rows = await db
        .select({ consentId, ids })
        .from(exportsTable)
        .where(isOverdue)
        .groupBy(consentId)
        .orderBy(sql`random()`)
        .limit(limits.consents);
      return rows.map((row) => ({ ...row, ids: row.ids.slice(0, limits.exports) }));
    },

    /**
     * The records of an ended export that were not read in time will not be read: stores the reason and records the
     * event.
     */
    async giveUp(exportId: string, errorCode: ErrorCode, at: Date): Promise<void> {
      await db.transaction(async (tx) => {
        const [row] = await tx.select().from(exportsTable).where(eq(exportsTable.id, exportId)).for('update');
        if (row?.recordsErrorCode !== 'RECORDS_OVERDUE') return;
        const state = stateOf(row.verdict, 'failed');
        await amendExport(tx, exportId, { state, recordsErrorCode: errorCode }, at);
      });
    },
  };
}
