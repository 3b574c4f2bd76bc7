/** Which records are stored of which export, and what is known of each resource; the records themselves lie in storage. */
import {
  and,
  arrayOverlaps,
  asc,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  max,
  ne,
  notInArray,
  sql,
} from 'drizzle-orm';

import { PortageError, type ErrorCode } from '../domain/errors';
import type { KindCount, RecordsCount } from '../domain/records';
import { exportStateOf, type EndedExportState } from '../domain/states';
import type { Database } from './database';
import { amendExport, endedStates, endExport } from './end-export';
import type { Export } from './exports';
import { consents, exportsTable, knownRecords } from './schema';

export type RecordStore = ReturnType<typeof createRecordStore>;
export type KnownRecords = typeof knownRecords.$inferSelect;

/** An export whose records were read. */
export type ReadExport = Export & { readonly recordsRun: string; readonly recordsNumber: number };

/** What a try of reading gave. */
export interface ReadResult {
  /** The try's name. */
  readonly run: string;
  readonly state: 'complete' | 'partial';
  readonly count: RecordsCount;
  readonly byKind: Record<string, KindCount>;
  /** What is known from now on, by resource; `seen` is the place of what was known when the try began. */
  readonly known: readonly (Pick<KnownRecords, 'resource' | 'place' | 'objects' | 'choice' | 'drift'> & {
    readonly seen: string | null;
  })[];
  /** Of an export that has ended and is read again: the cursor that it had when the try began. */
  readonly again?: { readonly cursor: number | null };
}

const isOpen = (id: string) => and(eq(exportsTable.id, id), notInArray(exportsTable.state, endedStates));

export function createRecordStore(db: Database) {
  return {
    /** What is known of these resources under a consent, by resource. */
    async known(consentId: string, resources: readonly string[]): Promise<Map<string, KnownRecords>> {
      const rows = await db
        .select()
        .from(knownRecords)
        .where(and(eq(knownRecords.consentId, consentId), inArray(knownRecords.resource, [...resources])));
      return new Map(rows.map((row) => [row.resource, row]));
    },

    /** How many records were read so far. */
    async recordProgress(exportId: string, recordsRead: number): Promise<void> {
      await db.update(exportsTable).set({ recordsRead }).where(isOpen(exportId));
    },

    /** An export that has ended is read again: until that is done, there may be objects of it that do not count. */
    async recordReadingAgain(exportId: string): Promise<void> {
      await db.update(exportsTable).set({ recordsRead: 0 }).where(eq(exportsTable.id, exportId));
    },

    /** Exports that ended in a time while a try of reading them was not at its end. */
    async listBrokenOff(time: { readonly from: Date; readonly to: Date }, limit: number): Promise<Export[]> {
      const { endedAt, recordsRead, dataDeletionAt } = exportsTable;
      return db
        .select()
        .from(exportsTable)
        .where(and(gte(endedAt, time.from), lt(endedAt, time.to), isNotNull(recordsRead), isNull(dataDeletionAt)))
        .orderBy(asc(endedAt))
        .limit(limit);
    },

    /** Nothing is stored any more of tries of reading an export that do not count. */
    async recordSwept(exportId: string): Promise<void> {
      await db
        .update(exportsTable)
        .set({ recordsRead: null })
        .where(and(eq(exportsTable.id, exportId), isNotNull(exportsTable.endedAt)));
    },

    /**
     * Ends an export with its records: counts, cursor, event, and what its resources' next exports are compared with,
     * all or nothing, so that a record is new exactly once. The first try that comes here counts; one that reads an export
     * again gives it a new cursor, so that whoever has taken the others over meets it too.
     *
     * @returns the export as it is now; undefined when another try was first, or the data is being deleted
     * @throws PortageError `RECORDS_OVERTAKEN` when something else is known by now than what the try began with
     */
    async conclude(exportId: string, result: ReadResult, at: Date): Promise<Export | undefined> {
      return db.transaction(async (tx) => {
        const [before] = await tx.select().from(exportsTable).where(eq(exportsTable.id, exportId)).for('update');
        if (before === undefined || before.dataDeletionAt !== null) return undefined;
        const { again } = result;
        const isFirst = again === undefined ? before.endedAt === null : before.recordsNumber === again.cursor;
        if (!isFirst) return undefined;
        const { consentId, verdict } = before;
        // Held until the end, so that cursors are given in the order in which they become visible.
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

    /** Ends an export whose records could not be read; its archive stays as it is. */
    async fail(exportId: string, errorCode: ErrorCode, at: Date): Promise<EndedExportState> {
      return db.transaction(async (tx) => {
        const [before] = await tx.select().from(exportsTable).where(eq(exportsTable.id, exportId)).for('update');
        const state = stateOf(before?.verdict ?? null, 'failed');
        await endExport(tx, exportId, { state, recordsState: 'failed', recordsErrorCode: errorCode }, at);
        const [row] = await tx.select().from(exportsTable).where(eq(exportsTable.id, exportId));
        return row?.state === 'ready' || row?.state === 'failed' ? row.state : 'partial';
      });
    },

    /**
     * Verified exports whose records were not read in time and whose parts are there, each consent's in the order in which
     * they are to be read. The consents are drawn by lot, so that one whose exports fail again and again keeps none waiting.
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

    /** The records of an ended export that were not read in time will not be read: tells why. */
    async giveUp(exportId: string, errorCode: ErrorCode, at: Date): Promise<void> {
      await db.transaction(async (tx) => {
        const [row] = await tx.select().from(exportsTable).where(eq(exportsTable.id, exportId)).for('update');
        if (row?.recordsErrorCode !== 'RECORDS_OVERDUE') return;
        const state = stateOf(row.verdict, 'failed');
        await amendExport(tx, exportId, { state, recordsErrorCode: errorCode }, at);
      });
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

    /** The other exports of a consent that hold one of these resources and whose records were read, oldest first. */
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

    /** The parts of an export were deleted, since only its records were wanted. */
    async recordPartsDropped(exportId: string, at: Date): Promise<void> {
      await db.update(exportsTable).set({ partsDroppedAt: at }).where(eq(exportsTable.id, exportId));
    },

    /** Nothing of a consent is known any more. */
    async forgetKnown(consentId: string): Promise<void> {
      await db.delete(knownRecords).where(eq(knownRecords.consentId, consentId));
    },
  };
}

/** Whether there are records of it. */
export const isRead = (row: Export): row is ReadExport => row.recordsRun !== null && row.recordsNumber !== null;

/** An archive that is whole and whose records are not is no complete import (docs/google-api.md §A10). */
function stateOf(verdict: Export['verdict'], records: 'complete' | 'partial' | 'failed'): EndedExportState {
  const state = verdict === null ? 'failed' : exportStateOf(verdict);
  return state === 'ready' && records !== 'complete' ? 'partial' : state;
}
