/** Retention: from when the time of an export counts, and which exports are due for deletion. */
import { and, asc, eq, getTableColumns, isNotNull, isNull, lte, or } from 'drizzle-orm';

import type { Retention } from '../../domain/policy';
import type { Database } from '../database';
import type { Export } from '../rows';
import { consents, exportsTable } from '../schema';

const countedFrom = ({ from }: Retention) => (from === 'end' ? exportsTable.endedAt : exportsTable.deliveryConfirmedAt);
const before = ({ afterMs }: Retention, at: Date) => new Date(at.getTime() - afterMs);

export function retentionQueries(db: Database) {
  return {
    /** The host app confirmed that it has the data; a repeat keeps the first time. */
    async confirmDelivery(exportId: string, at: Date): Promise<void> {
      await db
        .update(exportsTable)
        .set({ deliveryConfirmedAt: at })
        .where(and(eq(exportsTable.id, exportId), isNull(exportsTable.deliveryConfirmedAt)));
    },

    /**
     * Exports whose data is to be deleted now: their time is over, or their deletion was begun and not finished.
     * Exports of a consent that is being deleted are left to that deletion.
     *
     * @param retention undefined when data is kept until a request to delete it
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

    /** When the next export is due for deletion; undefined when none has a time limit. */
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
