/** The archive jobs of an export at Google: the first one, its retries, and adopted ones. */
import { eq, inArray } from 'drizzle-orm';

import type { AccessType } from '../../domain/states';
import type { Database } from '../database';
import { recordConsentEvent } from '../write-events';
import type { Export } from '../rows';
import { archiveJobs, exportsTable } from '../schema';

export function archiveJobQueries(db: Database) {
  return {
    /**
     * Stores a job id as soon as it is known: from the first start, an adoption or a retry at Google.
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
        /** When Google started the job, if that was before its id became known. */
        startedAt?: Date;
        /** The window of a job that was started for an earlier request. */
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
        // A job that became known too late is stored for a later search; the end of the export does not change.
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

    /** The exports that own some job ids, by job id; unknown ids are left out. */
    async findByJobs(archiveJobIds: readonly string[]): Promise<Map<string, Export>> {
      if (archiveJobIds.length === 0) return new Map();
      const known = await db
        .select({ jobId: archiveJobs.id, export: exportsTable })
        .from(archiveJobs)
        .innerJoin(exportsTable, eq(exportsTable.id, archiveJobs.exportId))
        .where(inArray(archiveJobs.id, [...archiveJobIds]));
      return new Map(known.map((each) => [each.jobId, each.export]));
    },

    /** The number of jobs of an export: the first one, its retries, and adopted ones. */
    countJobs: (id: string): Promise<number> => db.$count(archiveJobs, eq(archiveJobs.exportId, id)),
  };
}
