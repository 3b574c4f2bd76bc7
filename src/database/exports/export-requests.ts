/** The requests for exports, each stored before it is sent to Google. */
import { and, eq, isNull, sql } from 'drizzle-orm';

import type { Database } from '../database';
import { newId } from '../ids';
import type { Export } from '../rows';
import { exportsTable } from '../schema';

/** A request to Google. */
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

export function requestQueries(db: Database) {
  return {
    /**
     * Stores the request before it is sent, or returns the one that an earlier try stored. A request whose answer may
     * be lost keeps the values of the first try, so that its repeat is identical. If Google's lock refused it, it
     * started no job, so it gets new values.
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
      const [stored] = await db.select().from(exportsTable).where(place);
      if (stored === undefined) throw new Error(`export of ${resource} vanished while it was stored`);
      return stored;
    },

    /** Google refuses the start until then; the request has no job. */
    async recordLock(id: string, until: Date): Promise<void> {
      await db
        .update(exportsTable)
        .set({ lockedUntil: until })
        .where(and(eq(exportsTable.id, id), isNull(exportsTable.archiveJobId)));
    },
  };
}
