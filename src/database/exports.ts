/** Exports and their archive jobs; every change of state is idempotent, since every step may run twice. */
import { and, asc, eq, inArray, notInArray, sql } from 'drizzle-orm';

import type { ErrorCode } from '../domain/errors';
import { exportStateOf, type AccessType, type EndedExportState, type Verdict } from '../domain/states';
import type { Finding } from '../domain/verdict';
import type { Database } from './connect';
import { recordEvent } from './events';
import { newId } from './ids';
import { createPartStore } from './parts';
import { archiveJobs, consents, exportsTable } from './schema';

export type Export = typeof exportsTable.$inferSelect;
export type ExportStore = ReturnType<typeof createExportStore>;

const ended: EndedExportState[] = ['ready', 'partial', 'failed'];

export function createExportStore(db: Database) {
  const parts = createPartStore(db);
  const find = async (id: string): Promise<Export | undefined> => {
    const [found] = await db.select().from(exportsTable).where(eq(exportsTable.id, id));
    return found;
  };

  const end = async (
    id: string,
    values: { state: EndedExportState; verdict?: Verdict; errorCode?: ErrorCode; findings?: Finding[]; files?: number },
    at: Date,
  ): Promise<void> => {
    await db.transaction(async (tx) => {
      const [row] = await tx
        .update(exportsTable)
        .set({ ...values, endedAt: at })
        .where(and(eq(exportsTable.id, id), notInArray(exportsTable.state, ended)))
        .returning();
      if (row === undefined) return;
      const [consent] = await tx.select().from(consents).where(eq(consents.id, row.consentId));
      if (consent === undefined) return;
      await recordEvent(tx, {
        hostAppId: consent.hostAppId,
        type: `export.${values.state}`,
        consentId: row.consentId,
        exportId: id,
        data: {
          resource: row.resource,
          verdict: row.verdict,
          reason: row.errorCode,
          parts: row.partsTotal,
          files: row.files,
          bytes: row.bytes,
        },
        at,
      });
    });
  };

  return {
    find,
    end,

    /**
     * Stores the request before it is sent, or finds it stored by an earlier try; the window stays that of the first try.
     *
     * @param cycle 1 for the first export of the resource under the consent
     */
    async begin(request: {
      consentId: string;
      resource: string;
      cycle: number;
      startTime: Date | undefined;
      endTime: Date | undefined;
      at: Date;
    }): Promise<Export> {
      await db
        .insert(exportsTable)
        .values({
          id: newId('exp'),
          consentId: request.consentId,
          resource: request.resource,
          resources: [request.resource],
          cycle: request.cycle,
          state: 'initiating',
          startTime: request.startTime ?? null,
          endTime: request.endTime ?? null,
          requestedAt: request.at,
        })
        .onConflictDoNothing();
      const [found] = await db
        .select()
        .from(exportsTable)
        .where(
          and(
            eq(exportsTable.consentId, request.consentId),
            eq(exportsTable.resource, request.resource),
            eq(exportsTable.cycle, request.cycle),
          ),
        );
      if (found === undefined) throw new Error(`export of ${request.resource} vanished while it was stored`);
      return found;
    },

    /** Keeps a job id the moment it is known: of the first start, of an adoption or of a retry at Google. */
    async recordJob(
      id: string,
      job: { archiveJobId: string; adopted: boolean; accessType: AccessType | undefined; at: Date },
    ): Promise<void> {
      await db.transaction(async (tx) => {
        await tx
          .insert(archiveJobs)
          .values({ id: job.archiveJobId, exportId: id, adopted: job.adopted, createdAt: job.at })
          .onConflictDoNothing();
        const [before] = await tx.select().from(exportsTable).where(eq(exportsTable.id, id)).for('update');
        if (before === undefined || before.archiveJobId === job.archiveJobId) return;
        // A job that became known too late is kept, for whoever looks for the data; the end stays the end.
        const hasEnded = before.endedAt !== null;
        await tx
          .update(exportsTable)
          .set({
            archiveJobId: job.archiveJobId,
            state: hasEnded ? before.state : 'waiting',
            initiatedAt: before.initiatedAt ?? job.at,
            ...(job.accessType === undefined ? {} : { accessType: job.accessType }),
          })
          .where(eq(exportsTable.id, id));
        if (before.archiveJobId !== null || hasEnded) return;
        const [consent] = await tx.select().from(consents).where(eq(consents.id, before.consentId));
        if (consent === undefined) return;
        await recordEvent(tx, {
          hostAppId: consent.hostAppId,
          type: 'export.started',
          consentId: before.consentId,
          exportId: id,
          data: { resource: before.resource, adopted: job.adopted },
          at: job.at,
        });
      });
    },

    /** Those of some job ids that belong to an export already. */
    async knownJobs(archiveJobIds: readonly string[]): Promise<Set<string>> {
      if (archiveJobIds.length === 0) return new Set();
      const known = await db
        .select({ id: archiveJobs.id })
        .from(archiveJobs)
        .where(inArray(archiveJobs.id, [...archiveJobIds]));
      return new Set(known.map(({ id }) => id));
    },

    /** How often the job of this export was started anew at Google after it had failed. */
    async countJobs(id: string): Promise<number> {
      const [row] = await db
        .select({ count: sql<number>`count(*)::int` })
        .from(archiveJobs)
        .where(eq(archiveJobs.exportId, id));
      return row?.count ?? 0;
    },

    /** The archive is complete at Google: it has this many parts. */
    async beginDownload(id: string, archive: { parts: number; exportTime: Date | undefined }): Promise<void> {
      await db
        .update(exportsTable)
        .set({ state: 'downloading', partsTotal: archive.parts, exportTime: archive.exportTime ?? null })
        .where(and(eq(exportsTable.id, id), notInArray(exportsTable.state, ended)));
    },

    /** The stored parts of an export, by number. */
    listParts: (id: string) => parts.list(id),

    /** Every part of the archive is stored. */
    async beginVerification(id: string): Promise<void> {
      await db
        .update(exportsTable)
        .set({ state: 'verifying' })
        .where(and(eq(exportsTable.id, id), notInArray(exportsTable.state, ended)));
    },

    /** Ends an export with what verification found. */
    async conclude(
      id: string,
      result: { verdict: Verdict; findings: Finding[]; files: number },
      at: Date,
    ): Promise<EndedExportState> {
      const state = exportStateOf(result.verdict);
      await end(id, { state, ...result, ...(state === 'failed' ? { errorCode: 'ARCHIVE_CORRUPT' } : {}) }, at);
      return state;
    },

    async listByConsent(consentId: string): Promise<Export[]> {
      return db.select().from(exportsTable).where(eq(exportsTable.consentId, consentId)).orderBy(asc(exportsTable.id));
    },
  };
}
