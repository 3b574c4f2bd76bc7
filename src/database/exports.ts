/** Exports, their archive jobs and their parts; every change of state is idempotent, since every step may run twice. */
import {
  and,
  arrayContains,
  arrayOverlaps,
  asc,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lt,
  ne,
  notInArray,
  or,
  sql,
} from 'drizzle-orm';

import type { Policy } from '../domain/policy';
import { exportStateOf, type AccessType, type EndedExportState, type Verdict } from '../domain/states';
import type { Finding } from '../domain/verdict';
import { builtOnce, type Database } from './database';
import { recordConsentEvent } from './events';
import { endedStates as ended, endExport, type ExportEnd } from './end-export';
import { newId } from './ids';
import { createPartStore, isStored, type StoredPart } from './parts';
import { archiveJobs, consents, exportsTable, parts as partRows } from './schema';
import { sharersOf } from './shared-accounts';

export type Export = typeof exportsTable.$inferSelect;
export type ExportStore = ReturnType<typeof createExportStore>;

/** What is asked of Google. */
export interface ExportRequest {
  readonly consentId: string;
  /** The loop's name: its resource, or `batch`. */
  readonly resource: string;
  readonly resources: readonly string[];
  /** 1 for the first export of the loop under the consent. */
  readonly cycle: number;
  readonly startTime: Date | undefined;
  readonly endTime: Date | undefined;
  readonly at: Date;
}

/** An export is delayed when it has used up this share of its time. */
const delayedAfter = 0.8;

/** When the step that an open export is at has to be done: started, finished by Google, or stored. */
function deadlineOf(policy: Policy, { state, requestedAt, initiatedAt }: Export): Date {
  if (initiatedAt === null) return new Date(requestedAt.getTime() + policy.startWithinMs);
  const withinMs = state === 'waiting' ? policy.finishWithinMs : policy.storeWithinMs;
  return new Date(initiatedAt.getTime() + withinMs);
}

export function createExportStore(db: Database) {
  const parts = createPartStore(db);
  const byId = db
    .select()
    .from(exportsTable)
    .where(eq(exportsTable.id, sql.placeholder('id')))
    .prepare(builtOnce);
  const find = async (id: string): Promise<Export | undefined> => (await byId.execute({ id }))[0];

  const end = (id: string, values: ExportEnd, at: Date): Promise<void> =>
    db.transaction(async (tx) => {
      await endExport(tx, id, values, at);
    });

  return {
    find,
    end,

    /**
     * Stores the request before it is sent, or finds it stored by an earlier try; a request whose answer may be lost
     * stays that of the first try, so that its repeat is identical. One that Google has refused for the time being was
     * no job, so it is made anew.
     */
    async begin(request: ExportRequest): Promise<Export> {
      const { consentId, resource, cycle } = request;
      const place = and(
        eq(exportsTable.consentId, consentId),
        eq(exportsTable.resource, resource),
        eq(exportsTable.cycle, cycle),
      );
      const wanted = {
        resources: [...request.resources],
        startTime: request.startTime ?? null,
        endTime: request.endTime ?? null,
        requestedAt: request.at,
      };
      const [written] = await db
        .insert(exportsTable)
        .values({ ...wanted, id: newId('exp'), consentId, resource, cycle, state: 'initiating' })
        .onConflictDoUpdate({
          target: [exportsTable.consentId, exportsTable.resource, exportsTable.cycle],
          set: { ...wanted, lockedUntil: null },
          setWhere: sql`${exportsTable.lockedUntil} is not null and ${exportsTable.archiveJobId} is null`,
        })
        .returning();
      if (written !== undefined) return written;
      const [found] = await db.select().from(exportsTable).where(place);
      if (found === undefined) throw new Error(`export of ${resource} vanished while it was stored`);
      return found;
    },

    /** Google refuses the start until then; the request is no job. */
    async recordLock(id: string, until: Date): Promise<void> {
      await db
        .update(exportsTable)
        .set({ lockedUntil: until })
        .where(and(eq(exportsTable.id, id), isNull(exportsTable.archiveJobId)));
    },

    /** The number of the loop's next export, or of the one that has not ended. */
    async nextCycle(consentId: string, resource: string): Promise<{ cycle: number; before: Export | undefined }> {
      const [newest] = await db
        .select()
        .from(exportsTable)
        .where(and(eq(exportsTable.consentId, consentId), eq(exportsTable.resource, resource)))
        .orderBy(desc(exportsTable.cycle))
        .limit(1);
      if (newest === undefined) return { cycle: 1, before: undefined };
      return { cycle: newest.endedAt === null ? newest.cycle : newest.cycle + 1, before: newest };
    },

    /**
     * Up to when the data of a resource are stored under a consent without a gap: the next window begins there. Only an
     * export that Google itself did not call incomplete counts, and a job that was started for another request and
     * begins after what is stored leaves a gap before it, which stays due (docs/known-defects.md D21).
     *
     * @param from where the wanted data begin; undefined when everything is wanted
     * @returns `from` when nothing is stored
     */
    async storedUntil(consentId: string, resource: string, from: Date | undefined): Promise<Date | undefined> {
      const { startTime, exportTime, endTime, initiatedAt } = exportsTable;
      const end = sql<Date>`coalesce(${exportTime}, ${endTime}, ${initiatedAt})`.mapWith(exportTime);
      const rows = await db
        .select({ startTime, end })
        .from(exportsTable)
        .where(
          and(
            eq(exportsTable.consentId, consentId),
            arrayContains(exportsTable.resources, [resource]),
            inArray(exportsTable.verdict, ['complete', 'unverified']),
          ),
        )
        .orderBy(asc(end));
      let until = from;
      for (const row of rows) {
        const leavesGap = row.startTime !== null && (until === undefined || row.startTime > until);
        if (!leavesGap) until = row.end;
      }
      return until;
    },

    /** The other exports of the same user or Google account, under whatever consent, that were started or asked for since then. */
    async othersOfUser(row: Export, since: Date): Promise<Export[]> {
      const owner = db
        .select({ hostAppId: consents.hostAppId, userId: consents.userId })
        .from(consents)
        .where(eq(consents.id, row.consentId));
      const found = await db
        .select({ export: exportsTable })
        .from(exportsTable)
        .innerJoin(consents, eq(consents.id, exportsTable.consentId))
        .where(
          and(
            or(
              sql`(${consents.hostAppId}, ${consents.userId}) in ${owner}`,
              inArray(consents.id, await sharersOf(db, row.consentId)),
            ),
            ne(exportsTable.id, row.id),
            gt(sql`coalesce(${exportsTable.initiatedAt}, ${exportsTable.requestedAt})`, since),
          ),
        );
      return found.map((each) => each.export);
    },

    /** When Google last started an export of these resources under this consent; undefined when it never did. */
    async lastStart({ consentId, resources }: Pick<Export, 'consentId' | 'resources'>): Promise<Date | undefined> {
      const [newest] = await db
        .select({ initiatedAt: exportsTable.initiatedAt })
        .from(exportsTable)
        .where(
          and(
            eq(exportsTable.consentId, consentId),
            arrayOverlaps(exportsTable.resources, [...resources]),
            isNotNull(exportsTable.initiatedAt),
          ),
        )
        .orderBy(desc(exportsTable.initiatedAt))
        .limit(1);
      return newest?.initiatedAt ?? undefined;
    },

    /**
     * Keeps a job id the moment it is known: of the first start, of an adoption or of a retry at Google.
     *
     * @returns the export as it is now
     */
    async recordJob(
      id: string,
      job: {
        archiveJobId: string;
        adopted: boolean;
        accessType: AccessType | undefined;
        at: Date;
        /** When Google started it, where that was before it became known. */
        startedAt?: Date;
        /** Of a job that was started for an earlier request: it holds that one's window. */
        window?: { startTime: Date | undefined; exportTime: Date };
      },
    ): Promise<Export | undefined> {
      return db.transaction(async (tx) => {
        await tx
          .insert(archiveJobs)
          .values({ id: job.archiveJobId, exportId: id, adopted: job.adopted, createdAt: job.at })
          .onConflictDoNothing();
        const [before] = await tx.select().from(exportsTable).where(eq(exportsTable.id, id)).for('update');
        if (before === undefined || before.archiveJobId === job.archiveJobId) return before;
        // A job that became known too late is kept, for whoever looks for the data; the end stays the end.
        const hasEnded = before.endedAt !== null;
        const [after] = await tx
          .update(exportsTable)
          .set({
            archiveJobId: job.archiveJobId,
            state: hasEnded ? before.state : 'waiting',
            initiatedAt: before.initiatedAt ?? job.startedAt ?? job.at,
            ...(job.accessType === undefined ? {} : { accessType: job.accessType }),
            ...(job.window === undefined
              ? {}
              : { adopted: true, startTime: job.window.startTime ?? null, endTime: job.window.exportTime }),
          })
          .where(eq(exportsTable.id, id))
          .returning();
        if (before.archiveJobId !== null || hasEnded) return after;
        await recordConsentEvent(tx, {
          type: 'export.started',
          consentId: before.consentId,
          exportId: id,
          data: { resources: before.resources, adopted: job.adopted },
          at: job.at,
        });
        return after;
      });
    },

    /** The exports that some job ids belong to, by job id; ids that are not known are left out. */
    async findByJobs(archiveJobIds: readonly string[]): Promise<Map<string, Export>> {
      if (archiveJobIds.length === 0) return new Map();
      const known = await db
        .select({ jobId: archiveJobs.id, export: exportsTable })
        .from(archiveJobs)
        .innerJoin(exportsTable, eq(exportsTable.id, archiveJobs.exportId))
        .where(inArray(archiveJobs.id, [...archiveJobIds]));
      return new Map(known.map((each) => [each.jobId, each.export]));
    },

    /** How many jobs an export has had: the first one, those that it was started anew as, and those taken over. */
    countJobs: (id: string): Promise<number> => db.$count(archiveJobs, eq(archiveJobs.exportId, id)),

    /** The archive is complete at Google: it has this many parts. */
    async beginDownload(id: string, archive: { parts: number; exportTime: Date | undefined }): Promise<void> {
      await db
        .update(exportsTable)
        .set({ state: 'downloading', partsTotal: archive.parts, exportTime: archive.exportTime ?? null })
        .where(and(eq(exportsTable.id, id), notInArray(exportsTable.state, ended)));
    },

    /** The stored parts of an export, by number. */
    listParts: (id: string) => parts.list(id),

    /** Every part of the archive is stored. @returns false when its data is being deleted; nothing is changed then */
    async beginVerification(id: string): Promise<boolean> {
      const begun = await db
        .update(exportsTable)
        .set({
          state: sql`case when ${inArray(exportsTable.state, ended)} then ${exportsTable.state} else 'verifying' end`,
        })
        .where(and(eq(exportsTable.id, id), isNull(exportsTable.dataDeletionAt)))
        .returning({ id: exportsTable.id });
      return begun.length > 0;
    },

    /** The archive is stored and verified; its records are read next, and then it has ended. */
    async recordVerdict(id: string, result: { verdict: Verdict; findings: Finding[]; files: number }): Promise<void> {
      await db
        .update(exportsTable)
        .set({ state: 'reading', recordsRead: 0, ...result })
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

    /** The newest export of each of these loops, as far as there is one; a page may ask every second. */
    async newestOfLoops(consentId: string, loops: readonly string[]): Promise<Export[]> {
      if (loops.length === 0) return [];
      const newest = loops.map((loop) =>
        db
          .select({ id: exportsTable.id })
          .from(exportsTable)
          .where(and(eq(exportsTable.consentId, consentId), eq(exportsTable.resource, loop)))
          .orderBy(desc(exportsTable.cycle))
          .limit(1),
      );
      return db
        .select()
        .from(exportsTable)
        .where(or(...newest.map((one) => eq(exportsTable.id, one))));
    },

    /** The exports of a consent, newest first. @param page `before` is the id of the last one of the page before */
    async page(consentId: string, page: { before: string | undefined; limit: number }): Promise<Export[]> {
      const older = page.before === undefined ? undefined : lt(exportsTable.id, page.before);
      return db
        .select()
        .from(exportsTable)
        .where(and(eq(exportsTable.consentId, consentId), older))
        .orderBy(desc(exportsTable.id))
        .limit(page.limit);
    },

    /** The stored parts of several exports, each export's by number. */
    async partsOf(ids: readonly string[]): Promise<Map<string, StoredPart[]>> {
      const rows =
        ids.length === 0
          ? []
          : await db
              .select()
              .from(partRows)
              .where(inArray(partRows.exportId, [...ids]))
              .orderBy(asc(partRows.number));
      const stored = rows.filter(isStored);
      return new Map(ids.map((id) => [id, stored.filter((part) => part.exportId === id)]));
    },

    /** The newest export of each loop of these consents. */
    async newestOfConsents(consentIds: readonly string[]): Promise<Export[]> {
      if (consentIds.length === 0) return [];
      return db
        .selectDistinctOn([exportsTable.consentId, exportsTable.resource])
        .from(exportsTable)
        .where(inArray(exportsTable.consentId, [...consentIds]))
        .orderBy(exportsTable.consentId, exportsTable.resource, desc(exportsTable.cycle));
    },

    /** Open exports that have used up most of their time and whose host app has not been told, oldest first. */
    async listDelayed(policy: Policy, now: Date, limit: number): Promise<{ row: Export; deadlineAt: Date }[]> {
      const usedUp = (withinMs: number) => new Date(now.getTime() - delayedAfter * withinMs);
      const { state, requestedAt, initiatedAt, lockedUntil } = exportsTable;
      const rows = await db
        .select()
        .from(exportsTable)
        .where(
          and(
            isNull(exportsTable.endedAt),
            isNull(exportsTable.delayedAt),
            or(
              // One that Google has locked waits for its day.
              and(eq(state, 'initiating'), isNull(lockedUntil), lt(requestedAt, usedUp(policy.startWithinMs))),
              and(eq(state, 'waiting'), lt(initiatedAt, usedUp(policy.finishWithinMs))),
              lt(initiatedAt, usedUp(policy.storeWithinMs)),
            ),
          ),
        )
        .orderBy(asc(requestedAt))
        .limit(limit);
      return rows.map((row) => ({ row, deadlineAt: deadlineOf(policy, row) }));
    },

    /** Tells the host app once that an export is near its deadline. @returns whether it was told now */
    async tellDelayed(id: string, deadlineAt: Date, at: Date): Promise<boolean> {
      return db.transaction(async (tx) => {
        const [row] = await tx
          .update(exportsTable)
          .set({ delayedAt: at })
          .where(and(eq(exportsTable.id, id), isNull(exportsTable.delayedAt), isNull(exportsTable.endedAt)))
          .returning();
        if (row === undefined) return false;
        const { consentId, resources, state } = row;
        await recordConsentEvent(tx, {
          type: 'export.delayed',
          consentId,
          exportId: id,
          data: { resources, state, deadlineAt: deadlineAt.toISOString() },
          at,
        });
        return true;
      });
    },

    /** Those that have not ended. */
    async listOpen(consentId: string): Promise<Export[]> {
      return db
        .select()
        .from(exportsTable)
        .where(and(eq(exportsTable.consentId, consentId), isNull(exportsTable.endedAt)));
    },

    async listByConsent(consentId: string): Promise<Export[]> {
      return db.select().from(exportsTable).where(eq(exportsTable.consentId, consentId)).orderBy(asc(exportsTable.id));
    },
  };
}
