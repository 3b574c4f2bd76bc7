/** Deletes everything that is stored of one export. */
import { and, eq, isNull } from 'drizzle-orm';

import { countsAtBeginning, countStored } from '../audit-counts';
import type { AuditRecorder } from '../audit-log';
import type { Database } from '../database';
import { recordEvent } from '../write-events';
import { consents, exportsTable } from '../schema';

export function exportDataQueries(db: Database, audit: AuditRecorder) {
  return {
    /** From now on nothing more is stored of the export. */
    async beginExport(exportId: string, at: Date): Promise<void> {
      const recordAudit = await audit.recorder();
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

    /** Nothing is left of the export's data; the event is recorded once, if there was any data. */
    async concludeExport(exportId: string, at: Date): Promise<void> {
      const recordAudit = await audit.recorder();
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
        const { hostAppId } = consent;
        const data = { resource, ...counts };
        await recordEvent(tx, { hostAppId, type: 'data.deleted', consentId, exportId, data, at });
      });
    },
  };
}
