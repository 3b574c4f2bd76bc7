/** Deletes everything that is stored of a consent. */
import { and, asc, eq, isNotNull, isNull, or } from 'drizzle-orm';

import { countsAtBeginning, countStored } from '../audit-counts';
import type { AuditRecorder } from '../audit-log';
import type { Database } from '../database';
import { recordEvent } from '../write-events';
import { consents, exportsTable, knownRecords } from '../schema';
import { recordErasures } from './erasures';
import { forgetUser } from './forget-user';

export function consentDataQueries(db: Database, audit: AuditRecorder) {
  return {
    /** From now on nothing more is stored of the consent. @returns the ids of its exports */
    async beginConsent(consentId: string, at: Date): Promise<string[]> {
      const recordAudit = await audit.recorder();
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

    /**
     * Nothing is left of the consent's data; the event is recorded once. The user of a consent that has ended is
     * forgotten with it.
     */
    async concludeConsent(consentId: string, at: Date): Promise<void> {
      const recordAudit = await audit.recorder();
      const conclude = async (tx: Database): Promise<(() => Promise<void>) | undefined> => {
        const [consent] = await tx
          .update(consents)
          .set({ dataDeletedAt: at })
          .where(and(eq(consents.id, consentId), isNull(consents.dataDeletedAt)))
          .returning();
        if (consent === undefined) return undefined;
        await tx.delete(knownRecords).where(eq(knownRecords.consentId, consentId));
        await tx
          .update(exportsTable)
          .set({ dataDeletedAt: at })
          .where(and(eq(exportsTable.consentId, consentId), isNull(exportsTable.dataDeletedAt)));
        const { hostAppId } = consent;
        const counts = await countsAtBeginning(tx, { consentId, exportId: undefined });
        await recordAudit(tx, {
          action: 'data.deleted',
          consentId,
          exportId: undefined,
          ...(counts && { counts }),
          at,
        });
        // Must be the last write (write-events.ts).
        return () => recordEvent(tx, { hostAppId, type: 'data.deleted', consentId, data: { ...counts }, at });
      };
      await db.transaction(async (tx) => {
        const recordDeletion = await conclude(tx);
        const erasureIds = await forgetUser(tx, consentId, at);
        await recordDeletion?.();
        await recordErasures(tx, erasureIds, at);
      });
    },

    /**
     * Consents whose deletion was begun and not finished, those that waited longest first; consents that ended without
     * their requested deletion, because the workflow was lost; and consents whose user an earlier release did not
     * forget.
     */
    async unfinished(limit: number): Promise<string[]> {
      const isLost = and(eq(consents.stopWanted, 'deleted'), isNotNull(consents.endedAt));
      const rows = await db
        .select({ id: consents.id })
        .from(consents)
        .where(
          and(
            or(isNotNull(consents.dataDeletionAt), isLost),
            isNull(consents.userForgottenAt),
            // A consent that is still ending forgets its user at its end.
            or(isNull(consents.dataDeletedAt), isNotNull(consents.endedAt)),
          ),
        )
        .orderBy(asc(consents.dataDeletionAt))
        .limit(limit);
      return rows.map(({ id }) => id);
    },
  };
}
