/** What is deleted and what is to be: each deletion is begun in the database, and told once nothing is left. */
import { and, asc, eq, isNotNull, isNull, lte, or } from 'drizzle-orm';

import type { Retention } from '../domain/policy';
import type { Database } from './connect';
import { recordEvent } from './events';
import type { Export } from './exports';
import { consents, exportsTable, knownRecords } from './schema';

export type DataDeletionStore = ReturnType<typeof createDataDeletionStore>;

export function createDataDeletionStore(db: Database) {
  return {
    /** From now on nothing more is stored of the consent. @returns the ids of its exports */
    async beginConsent(consentId: string, at: Date): Promise<string[]> {
      return db.transaction(async (tx) => {
        await tx
          .update(consents)
          .set({ dataDeletionAt: at })
          .where(and(eq(consents.id, consentId), isNull(consents.dataDeletionAt)));
        await tx
          .update(exportsTable)
          .set({ dataDeletionAt: at })
          .where(and(eq(exportsTable.consentId, consentId), isNull(exportsTable.dataDeletionAt)));
        const rows = await tx
          .select({ id: exportsTable.id })
          .from(exportsTable)
          .where(eq(exportsTable.consentId, consentId));
        return rows.map(({ id }) => id);
      });
    },

    /** Nothing is left of the consent's data; told once. */
    async concludeConsent(consentId: string, at: Date): Promise<void> {
      await db.transaction(async (tx) => {
        const [consent] = await tx
          .update(consents)
          .set({ dataDeletedAt: at })
          .where(and(eq(consents.id, consentId), isNull(consents.dataDeletedAt)))
          .returning();
        if (consent === undefined) return;
        await tx.delete(knownRecords).where(eq(knownRecords.consentId, consentId));
        await tx
          .update(exportsTable)
          .set({ dataDeletedAt: at })
          .where(and(eq(exportsTable.consentId, consentId), isNull(exportsTable.dataDeletedAt)));
        const { hostAppId, userId } = consent;
        await recordEvent(tx, { hostAppId, type: 'data.deleted', consentId, data: { userId }, at });
      });
    },

    /** From now on nothing more is stored of the export. */
    async beginExport(exportId: string, at: Date): Promise<void> {
      await db
        .update(exportsTable)
        .set({ dataDeletionAt: at })
        .where(and(eq(exportsTable.id, exportId), isNull(exportsTable.dataDeletionAt)));
    },

    /** Nothing is left of the export's data; told once, if there was any. */
    async concludeExport(exportId: string, at: Date): Promise<void> {
      await db.transaction(async (tx) => {
        const [row] = await tx
          .update(exportsTable)
          .set({ dataDeletedAt: at })
          .where(and(eq(exportsTable.id, exportId), isNull(exportsTable.dataDeletedAt)))
          .returning();
        if (row === undefined || row.partsTotal === null || row.partsTotal === 0) return;
        const [consent] = await tx.select().from(consents).where(eq(consents.id, row.consentId));
        if (consent === undefined) return;
        const { resource, consentId } = row;
        const { hostAppId, userId } = consent;
        await recordEvent(tx, { hostAppId, type: 'data.deleted', consentId, exportId, data: { userId, resource }, at });
      });
    },

    /** The host app has the data; a repeat keeps the first time. */
    async confirmDelivery(exportId: string, at: Date): Promise<void> {
      await db
        .update(exportsTable)
        .set({ deliveryConfirmedAt: at })
        .where(and(eq(exportsTable.id, exportId), isNull(exportsTable.deliveryConfirmedAt)));
    },

    /**
     * Exports whose data is to be deleted now: their time is over, or their deletion was begun and not finished.
     *
     * @param retention undefined where data is kept until it is asked to be deleted
     * @returns those that waited longest first
     */
    async due(retention: Retention | undefined, at: Date, limit: number): Promise<Export[]> {
      const begun = isNotNull(exportsTable.dataDeletionAt);
      return db
        .select()
        .from(exportsTable)
        .where(
          and(isNull(exportsTable.dataDeletedAt), retention === undefined ? begun : or(begun, over(retention, at))),
        )
        .orderBy(asc(exportsTable.endedAt))
        .limit(limit);
    },
  };
}

function over({ afterMs, from }: Retention, at: Date) {
  const before = new Date(at.getTime() - afterMs);
  const hasEnded = isNotNull(exportsTable.endedAt);
  return and(hasEnded, lte(from === 'end' ? exportsTable.endedAt : exportsTable.deliveryConfirmedAt, before));
}
