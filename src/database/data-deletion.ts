/** What is deleted and what is to be: each deletion is begun in the database, and told once nothing is left. */
import { and, asc, eq, getTableColumns, isNotNull, isNull, lte, or } from 'drizzle-orm';

import type { Retention } from '../domain/policy';
import type { Database } from './database';
import { countsAtBeginning, countStored, recordAudit } from './audit-log';
import { recordEvent } from './events';
import type { Export } from './exports';
import { consents, exportsTable, knownRecords } from './schema';

export type DataDeletionStore = ReturnType<typeof createDataDeletionStore>;

export function createDataDeletionStore(db: Database) {
  return {
    /** From now on nothing more is stored of the consent. @returns the ids of its exports */
    async beginConsent(consentId: string, at: Date): Promise<string[]> {
      return db.transaction(async (tx) => {
        const begun = await tx
          .update(consents)
          .set({ dataDeletionAt: at })
          .where(and(eq(consents.id, consentId), isNull(consents.dataDeletionAt)))
          .returning();
        const subject = { consentId, exportId: undefined };
        if (begun.length > 0) {
          await recordAudit(tx, { action: 'deletion.begun', ...subject, counts: await countStored(tx, subject), at });
        }
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
        const counts = await countsAtBeginning(tx, { consentId, exportId: undefined });
        await recordAudit(tx, {
          action: 'data.deleted',
          consentId,
          exportId: undefined,
          ...(counts && { counts }),
          at,
        });
        await recordEvent(tx, { hostAppId, type: 'data.deleted', consentId, data: { userId, ...counts }, at });
      });
    },

    /** From now on nothing more is stored of the export. */
    async beginExport(exportId: string, at: Date): Promise<void> {
      await db.transaction(async (tx) => {
        const [row] = await tx
          .update(exportsTable)
          .set({ dataDeletionAt: at })
          .where(and(eq(exportsTable.id, exportId), isNull(exportsTable.dataDeletionAt)))
          .returning();
        if (row === undefined) return;
        const subject = { consentId: row.consentId, exportId };
        await recordAudit(tx, { action: 'deletion.begun', ...subject, counts: await countStored(tx, subject), at });
      });
    },

    /** Nothing is left of the export's data; told once, if there was any. */
    async concludeExport(exportId: string, at: Date): Promise<void> {
      await db.transaction(async (tx) => {
        const [row] = await tx
          .update(exportsTable)
          .set({ dataDeletedAt: at })
          .where(and(eq(exportsTable.id, exportId), isNull(exportsTable.dataDeletedAt)))
          .returning();
        if (row === undefined) return;
        const subject = { consentId: row.consentId, exportId };
        const counts = await countsAtBeginning(tx, subject);
        await recordAudit(tx, { action: 'data.deleted', ...subject, ...(counts && { counts }), at });
        if (row.partsTotal === null || row.partsTotal === 0) return;
        const [consent] = await tx.select().from(consents).where(eq(consents.id, row.consentId));
        if (consent === undefined) return;
        const { resource, consentId } = row;
        const { hostAppId, userId } = consent;
        const data = { userId, resource, ...counts };
        await recordEvent(tx, { hostAppId, type: 'data.deleted', consentId, exportId, data, at });
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

    /**
     * Consents whose deletion was begun and not finished, those that waited longest first; and those that ended without
     * the deletion that was wished for, as a workflow does that is lost.
     */
    async unfinished(limit: number): Promise<string[]> {
      const isLost = and(eq(consents.stopWanted, 'deleted'), isNotNull(consents.endedAt));
      const rows = await db
        .select({ id: consents.id })
        .from(consents)
        .where(and(or(isNotNull(consents.dataDeletionAt), isLost), isNull(consents.dataDeletedAt)))
        .orderBy(asc(consents.dataDeletionAt))
        .limit(limit);
      return rows.map(({ id }) => id);
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

const countedFrom = ({ from }: Retention) => (from === 'end' ? exportsTable.endedAt : exportsTable.deliveryConfirmedAt);
const before = ({ afterMs }: Retention, at: Date) => new Date(at.getTime() - afterMs);
