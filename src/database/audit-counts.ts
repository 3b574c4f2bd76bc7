/** The counts of deleted data in the audit log's entries of a deletion. */
import { and, eq, isNull, sql } from 'drizzle-orm';

import type { AuditCounts } from '../domain/audit';
import type { Database } from './database';
import { auditLog, exportsTable, parts, segments } from './schema';

/** Whose data: that of a whole consent, or of one export. */
interface AuditSubject {
  readonly consentId: string;
  readonly exportId: string | undefined;
}

/** Counts the data that is stored now. */
export async function countStored(
  tx: Pick<Database, 'select'>,
  { consentId, exportId }: AuditSubject,
): Promise<AuditCounts> {
  const own = and(
    eq(exportsTable.consentId, consentId),
    exportId === undefined ? undefined : eq(exportsTable.id, exportId),
  );
  const ofExport = eq(exportsTable.id, parts.exportId);
  const [partRow] = await tx
    .select({
      exports: sql<number>`count(distinct ${parts.exportId})`.mapWith(Number),
      parts: sql<number>`count(*)`.mapWith(Number),
    })
    .from(parts)
    .innerJoin(exportsTable, ofExport)
    .where(own);
  const [segmentRow] = await tx
    .select({
      segments: sql<number>`count(*)`.mapWith(Number),
      bytes: sql<number>`coalesce(sum(${segments.bytes}), 0)`.mapWith(Number),
    })
    .from(segments)
    .innerJoin(exportsTable, eq(exportsTable.id, segments.exportId))
    .where(own);
  return { exports: 0, parts: 0, segments: 0, bytes: 0, ...partRow, ...segmentRow };
}

/** The counts in the entry of the deletion's beginning; at its end nothing is left to count. */
export async function countsAtBeginning(
  tx: Pick<Database, 'select'>,
  { consentId, exportId }: AuditSubject,
): Promise<AuditCounts | undefined> {
  const [begun] = await tx
    .select()
    .from(auditLog)
    .where(
      and(
        eq(auditLog.action, 'deletion.begun'),
        eq(auditLog.consentId, consentId),
        exportId === undefined ? isNull(auditLog.exportId) : eq(auditLog.exportId, exportId),
      ),
    );
  return begun?.counts ?? undefined;
}
