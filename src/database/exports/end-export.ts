/** The end of an export: its final state and the event about it, in one transaction; also for a later correction. */
import { and, eq, inArray, notInArray } from 'drizzle-orm';

import type { ErrorCode } from '../../domain/error-codes';
import type { KindCount, RecordsCount, RecordsState } from '../../domain/records';
import type { EndedExportState, Verdict } from '../../domain/states';
import type { Finding } from '../../domain/verdict';
import type { Database } from '../database';
import { recordConsentEvent, type EventWriter } from '../write-events';
import type { Export } from '../rows';
import { exportsTable } from '../schema';

export const endedStates: EndedExportState[] = ['ready', 'partial', 'failed'];

/** The values that an export gets at its end. */
export interface ExportEnd {
  readonly state: EndedExportState;
  readonly verdict?: Verdict;
  readonly errorCode?: ErrorCode;
  readonly findings?: Finding[];
  readonly files?: number;
  readonly recordsState?: RecordsState;
  readonly recordsErrorCode?: ErrorCode | null;
  readonly recordsRun?: string;
  readonly recordsNumber?: number;
  readonly recordsCount?: RecordsCount;
  readonly recordsByKind?: Record<string, KindCount>;
  readonly recordsRead?: null;
}

/**
 * Ends an export once.
 *
 * @param tx the transaction
 * @returns the export when it was ended now; undefined for a repeat, which changes nothing
 */
export async function endExport(
  tx: Pick<Database, 'update' | 'execute'>,
  id: string,
  values: ExportEnd,
  at: Date,
): Promise<Export | undefined> {
  const [row] = await tx
    .update(exportsTable)
    .set({ ...values, endedAt: at })
    .where(and(eq(exportsTable.id, id), notInArray(exportsTable.state, endedStates)))
    .returning();
  if (row !== undefined) await recordEnd(tx, row, values.state, at);
  return row;
}

/**
 * Replaces the values of an export that has ended, and records the event of its end again.
 *
 * @returns the export as it is now
 */
export async function amendExport(
  tx: Pick<Database, 'update' | 'execute'>,
  id: string,
  values: ExportEnd,
  at: Date,
): Promise<Export | undefined> {
  const place = and(eq(exportsTable.id, id), inArray(exportsTable.state, endedStates));
  const [row] = await tx.update(exportsTable).set(values).where(place).returning();
  if (row !== undefined) await recordEnd(tx, row, values.state, at);
  return row;
}

async function recordEnd(tx: EventWriter, row: Export, state: EndedExportState, at: Date): Promise<void> {
  await recordConsentEvent(tx, {
    type: `export.${state}`,
    consentId: row.consentId,
    exportId: row.id,
    data: {
      resources: row.resources,
      verdict: row.verdict,
      reason: row.errorCode,
      parts: row.partsTotal,
      files: row.files,
      bytes: row.bytes,
      records: recordsOf(row),
    },
    at,
  });
  const { recordsNumber, recordsCount } = row;
  if (recordsNumber === null || recordsCount === null) return;
  await recordConsentEvent(tx, {
    type: 'records.available',
    consentId: row.consentId,
    exportId: row.id,
    data: { resources: row.resources, cursor: recordsNumber, ...recordsCount },
    at,
  });
}

function recordsOf({ recordsState, recordsErrorCode, recordsNumber, recordsCount }: Export) {
  if (recordsState === null) return null;
  return { state: recordsState, reason: recordsErrorCode, cursor: recordsNumber, ...recordsCount };
}
