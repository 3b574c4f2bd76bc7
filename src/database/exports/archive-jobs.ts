/** The archive jobs of an export at Google: the first one, those that it was started anew as, and those taken over. */
import { eq, inArray } from 'drizzle-orm';

import type { AccessType } from '../../domain/states';
import type { Database } from '../database';
import { recordConsentEvent } from '../write-events';
import type { Export } from '../rows';
import { archiveJobs, exportsTable } from '../schema';

export function archiveJobQueries(db: Database) {
  return {
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
  };
}
