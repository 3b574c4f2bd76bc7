/** The steps of an export from the finished archive to its end. */
import { and, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm';

import { exportStateOf, type EndedExportState, type Verdict } from '../../domain/states';
import type { Finding } from '../../domain/verdict';
import type { Database } from '../database';
import { exportsTable } from '../schema';
import { endedStates, endExport, type ExportEnd } from './end-export';

export function stepQueries(db: Database) {
  const end = (id: string, values: ExportEnd, at: Date): Promise<void> =>
    db.transaction(async (tx) => {
      await endExport(tx, id, values, at);
    });

  return {
    /** The archive is complete at Google: with this many parts. */
    async beginDownload(id: string, archive: { parts: number; exportTime: Date | undefined }): Promise<void> {
      await db
        .update(exportsTable)
        .set({ state: 'downloading', partsTotal: archive.parts, exportTime: archive.exportTime ?? null })
        .where(and(eq(exportsTable.id, id), notInArray(exportsTable.state, endedStates)));
    },

    /** Every part of the archive is stored. @returns false when its data is being deleted; then nothing is changed */
    async beginVerification(id: string): Promise<boolean> {
      const begun = await db
        .update(exportsTable)
        .set({
          state: sql`case when ${inArray(exportsTable.state, endedStates)} then ${exportsTable.state} else 'verifying' end`,
        })
        .where(and(eq(exportsTable.id, id), isNull(exportsTable.dataDeletionAt)))
        .returning({ id: exportsTable.id });
      return begun.length > 0;
    },

    /** The archive is stored and verified. Its records are read next, and then the export ends. */
    async recordVerdict(id: string, result: { verdict: Verdict; findings: Finding[]; files: number }): Promise<void> {
      await db
        .update(exportsTable)
        .set({ state: 'reading', recordsRead: 0, ...result })
        .where(and(eq(exportsTable.id, id), notInArray(exportsTable.state, endedStates)));
    },

    /** Ends an export with the result of the verification. */
    async conclude(
      id: string,
      result: { verdict: Verdict; findings: Finding[]; files: number },
      at: Date,
    ): Promise<EndedExportState> {
      const state = exportStateOf(result.verdict);
      await end(id, { state, ...result, ...(state === 'failed' ? { errorCode: 'ARCHIVE_CORRUPT' } : {}) }, at);
      return state;
    },

    end,
  };
}
