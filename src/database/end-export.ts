/** The end of an export: its last state and the event that tells of it, in one transaction. */
import { and, eq, notInArray, type SQL } from 'drizzle-orm';

import type { ErrorCode } from '../domain/errors';
import type { KindCount, RecordsCount, RecordsState } from '../domain/records';
import type { EndedExportState, Verdict } from '../domain/states';
import type { Finding } from '../domain/verdict';
import type { Database } from './connect';
import { recordConsentEvent } from './events';
import { exportsTable } from './schema';

export const endedStates: EndedExportState[] = ['ready', 'partial', 'failed'];

/** What is known of an export at its end. */
export interface ExportEnd {
  readonly state: EndedExportState;
  readonly verdict?: Verdict;
  readonly errorCode?: ErrorCode;
  readonly findings?: Finding[];
  readonly files?: number;
  readonly recordsState?: RecordsState;
  readonly recordsErrorCode?: ErrorCode;
  readonly recordsRun?: string;
  /** Also a number that the database is to find. */
  readonly recordsNumber?: number | SQL;
  readonly recordsCount?: RecordsCount;
  readonly recordsByKind?: Record<string, KindCount>;
}

/**
 * Ends an export once.
 *
 * @param tx the transaction
 * @returns the export when it was ended now; a repeat changes nothing
 */
export async function endExport(
  tx: Pick<Database, 'select' | 'update' | 'insert'>,
  id: string,
  values: ExportEnd,
  at: Date,
): Promise<typeof exportsTable.$inferSelect | undefined> {
  const [row] = await tx
    .update(exportsTable)
    .set({ ...values, endedAt: at })
    .where(and(eq(exportsTable.id, id), notInArray(exportsTable.state, endedStates)))
    .returning();
  if (row === undefined) return undefined;
  await recordConsentEvent(tx, {
    type: `export.${values.state}`,
    consentId: row.consentId,
    exportId: id,
    data: {
      resources: row.resources,
      verdict: row.verdict,
      reason: row.errorCode,
      parts: row.partsTotal,
      files: row.files,
      bytes: row.bytes,
      records: row.recordsState === null ? null : recordsOf(row),
    },
    at,
  });
  return row;
}

function recordsOf(row: typeof exportsTable.$inferSelect) {
  const { recordsState, recordsErrorCode, recordsNumber, recordsCount } = row;
  return { state: recordsState, reason: recordsErrorCode, cursor: recordsNumber, ...recordsCount };
}
