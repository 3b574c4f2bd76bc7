/** An export as the API answers it (docs/api.md). */
import type { Export } from '../database/exports';
import type { StoredPart } from '../database/parts';
import { findingWords } from '../domain/finding-words';

export function exportJson(row: Export, parts: readonly StoredPart[]) {
  return {
    id: row.id,
    consentId: row.consentId,
    resource: row.resource,
    resources: row.resources,
    cycle: row.cycle,
    state: row.state,
    verdict: row.verdict,
    errorCode: row.errorCode,
    findings: row.findings.map((finding) => ({ ...finding, text: findingWords(finding) })),
    startTime: row.startTime,
    endTime: row.endTime,
    adopted: row.adopted,
    requestedAt: row.requestedAt,
    lockedUntil: row.lockedUntil,
    initiatedAt: row.initiatedAt,
    exportTime: row.exportTime,
    endedAt: row.endedAt,
    partsTotal: row.partsTotal,
    files: row.files,
    bytes: row.bytes,
    records: recordsJson(row),
    partsDroppedAt: row.partsDroppedAt,
    progress: progressJson(row),
    parts: parts.map((part) => ({
      number: part.number,
      bytes: part.bytes,
      sha256: part.sha256,
      path: `/v1/exports/${row.id}/parts/${part.number}`,
    })),
  };
}

/** The counts of the records; null before reading has begun. During the reading, the number so far. */
function recordsJson({
  recordsState,
  recordsErrorCode,
  recordsNumber,
  recordsCount,
  recordsByKind,
  recordsRead,
}: Export) {
  if (recordsState === null) return recordsRead === null ? null : { state: 'reading' as const, read: recordsRead };
  return {
    ...{ state: recordsState, errorCode: recordsErrorCode, cursor: recordsNumber, ...recordsCount },
    byKind: recordsByKind ?? {},
  };
}

/** The progress of the download; null before it has begun. Updated every few seconds at most. */
function progressJson(row: Export) {
  const { bytesStored, bytesTotal, segmentsStored, segmentsTotal, bytesPerSecond, progressAt } = row;
  if (progressAt === null) return null;
  return { bytesStored, bytesTotal, segmentsStored, segmentsTotal, bytesPerSecond, at: progressAt };
}
