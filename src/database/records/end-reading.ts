/** The end of reading: an export ends with its records, or without them. */
import { eq, max } from 'drizzle-orm';

import { PortageError, type ErrorCode } from '../../domain/error-codes';
import type { KindCount, RecordsCount } from '../../domain/records';
import type { EndedExportState } from '../../domain/states';
import type { Database } from '../database';
import { amendExport, endExport } from '../exports/end-export';
import type { Export, KnownRecords } from '../rows';
import { consents, exportsTable, knownRecords } from '../schema';
import { stateOf } from './state-with-records';

/** The result of a try of reading. */
export interface ReadResult {
  /** The try's name. */
  readonly run: string;
  readonly state: 'complete' | 'partial';
  readonly count: RecordsCount;
  readonly byKind: Record<string, KindCount>;
  /** The known keys from now on, by resource; `seen` is the place of the known keys when the try began. */
  readonly known: readonly (Pick<KnownRecords, 'resource' | 'place' | 'objects' | 'choice' | 'drift'> & {
    readonly seen: string | null;
  })[];
  /** For an export that has ended and is read again: its cursor when the try began. */
  readonly again?: { readonly cursor: number | null };
}

export function concludeQueries(db: Database) {
  return {
    /**
     * Ends an export with its records: counts, cursor, event, and the known keys that the next exports are compared
     * with, all or nothing, so that a record is new exactly once. The first try to get here counts. A try that reads an
     * export again gives it a new cursor, so that a reader with an older cursor gets it too.
     *
     * @returns the export as it is now; undefined when another try was first, or the data is being deleted
     * @throws PortageError `RECORDS_OVERTAKEN` when the known keys have changed since the try began
     */
    async conclude(exportId: string, result: ReadResult, at: Date): Promise<Export | undefined> {
      return db.transaction(async (tx) => {
        const [before] = await tx.select().from(exportsTable).where(eq(exportsTable.id, exportId)).for('update');
        if (before === undefined || before.dataDeletionAt !== null) return undefined;
        const { again } = result;
        const isFirst = again === undefined ? before.endedAt === null : before.recordsNumber === again.cursor;
        if (!isFirst) return undefined;
        const { consentId, verdict } = before;
        // Locked until the end, so that cursors are given in the order in which they become visible.
        await tx.select({ id: consents.id }).from(consents).where(eq(consents.id, consentId)).for('update');
        const [last] = await tx
          .select({ number: max(exportsTable.recordsNumber) })
          .from(exportsTable)
          .where(eq(exportsTable.consentId, consentId));
        const knownNow = await tx.select().from(knownRecords).where(eq(knownRecords.consentId, consentId));
        for (const { seen, ...known } of result.known) {
          const now = knownNow.find(({ resource }) => resource === known.resource);
          if ((now?.place ?? null) !== seen) throw new PortageError('RECORDS_OVERTAKEN', { detail: exportId });
          const values = { ...known, consentId, exportId };
          await tx
            .insert(knownRecords)
            .values(values)
            .onConflictDoUpdate({ target: [knownRecords.consentId, knownRecords.resource], set: values });
        }
        const values = {
          ...{ recordsState: result.state, recordsRun: result.run, recordsNumber: (last?.number ?? 0) + 1 },
          ...{ recordsCount: result.count, recordsByKind: result.byKind },
          recordsRead: null,
        };
        const end = { state: stateOf(verdict, result.state), ...values };
        if (again === undefined) return endExport(tx, exportId, end, at);
        return amendExport(tx, exportId, { ...end, recordsErrorCode: null }, at);
      });
    },

    /** Ends an export whose records could not be read; its archive is not changed. */
    async fail(exportId: string, errorCode: ErrorCode, at: Date): Promise<EndedExportState> {
      return db.transaction(async (tx) => {
        const [before] = await tx.select().from(exportsTable).where(eq(exportsTable.id, exportId)).for('update');
        const state = stateOf(before?.verdict ?? null, 'failed');
        await endExport(tx, exportId, { state, recordsState: 'failed', recordsErrorCode: errorCode }, at);
        const [row] = await tx.select().from(exportsTable).where(eq(exportsTable.id, exportId));
        return row?.state === 'ready' || row?.state === 'failed' ? row.state : 'partial';
      });
    },

    /** The parts of an export were deleted, since the host app wanted only its records. */
    async recordPartsDropped(exportId: string, at: Date): Promise<void> {
      await db.update(exportsTable).set({ partsDroppedAt: at }).where(eq(exportsTable.id, exportId));
    },
  };
}
