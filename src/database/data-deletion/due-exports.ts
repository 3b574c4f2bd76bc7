/** The time after which the data of an export is deleted: what it counts from, and whose is over. */
import { and, asc, eq, getTableColumns, isNotNull, isNull, lte, or } from 'drizzle-orm';

import type { Retention } from '../../domain/policy';
import type { Database } from '../database';
import type { Export } from '../rows';
import { consents, exportsTable } from '../schema';

const countedFrom = ({ from }: Retention) => (from === 'end' ? exportsTable.endedAt : exportsTable.deliveryConfirmedAt);
const before = ({ afterMs }: Retention, at: Date) => new Date(at.getTime() - afterMs);

export function retentionQueries(db: Database) {
  return {
    /** The host app has the data; a repeat keeps the first time. */
    async confirmDelivery(exportId: string, at: Date): Promise<void> {
      await db
        .update(exportsTable)
        .set({ deliveryConfirmedAt: at })
        .where(and(eq(exportsTable.id, exportId), isNull(exportsTable.deliveryConfirmedAt)));
    },

    /**
     * Exports whose data is to be deleted now: their time is over, or their deletion was begun and not finished. Those of
     * a consent that is being deleted go with it.
     *
     * @param retention undefined where data is kept until it is asked to be deleted
     * @returns those that waited longest first
     */
    async due(retention: Retention | undefined, at: Date, limit: number): Promise<Export[]> {
      const begun = isNotNull(exportsTable.dataDeletionAt);
      const isDue = retention === undefined ? begun : or(begun, lte(countedFrom(retention), before(retention, at)));
      return db
        .select(getTableColumns(exportsTable))
        .from(exportsTable)
        .innerJoin(consents, eq(consents.id, exportsTable.consentId))
        .where(and(isNull(exportsTable.dataDeletedAt), isNull(consents.dataDeletionAt), isDue))
        .orderBy(asc(exportsTable.endedAt))
        .limit(limit);
    },

    /** When the time of the next export is over; undefined while none is counted. */
    async nextDueAt(retention: Retention): Promise<Date | undefined> {
      const from = countedFrom(retention);
      const [row] = await db
        .select({ at: from })
        .from(exportsTable)
        .innerJoin(consents, eq(consents.id, exportsTable.consentId))
        .where(and(isNotNull(from), isNull(exportsTable.dataDeletedAt), isNull(consents.dataDeletionAt)))
        .orderBy(asc(from))
        .limit(1);
      return row?.at == null ? undefined : new Date(row.at.getTime() + retention.afterMs);
    },
  };
}
