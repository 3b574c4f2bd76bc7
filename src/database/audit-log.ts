/** The audit log: what was done to data and when, written in the transaction of the change it tells of. */
import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';

import type { AuditAction, AuditCounts } from '../domain/audit';
import type { Database } from './database';
import { newId } from './ids';
import { auditLog, exportsTable, parts, segments } from './schema';

export type AuditEntry = typeof auditLog.$inferSelect;
export type AuditLog = ReturnType<typeof createAuditLog>;

/** Whose data: of a whole consent, or of one export of it. */
export interface AuditSubject {
  readonly consentId: string;
  readonly exportId: string | undefined;
}

export interface NewAuditEntry extends AuditSubject {
  readonly action: AuditAction;
  readonly counts?: AuditCounts;
  readonly at: Date;
}

/** @param tx the transaction that makes the change */
export async function recordAudit(tx: Pick<Database, 'insert'>, entry: NewAuditEntry): Promise<void> {
  const { at, ...values } = entry;
  await tx.insert(auditLog).values({ ...values, id: newId('aud'), createdAt: at });
}

/** How much is stored now. */
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

/** What the log says there was when the deletion was begun; nothing is left to be counted at its end. */
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

export function createAuditLog(db: Database) {
  return {
    /** Entries in the order in which they were written. @param page `after` is the id of the last one of the page before */
    async page(page: { consentId: string | undefined; after: string; limit: number }): Promise<AuditEntry[]> {
      const { consentId, after, limit } = page;
      const own = consentId === undefined ? undefined : eq(auditLog.consentId, consentId);
      return db
        .select()
        .from(auditLog)
        .where(and(gt(auditLog.id, after), own))
        .orderBy(asc(auditLog.id))
        .limit(limit);
    },
  };
}
