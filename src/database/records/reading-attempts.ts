/** Tries of reading the records of an export, before one of them counts. */
import { and, asc, eq, gte, isNotNull, isNull, lt, notInArray } from 'drizzle-orm';

import type { Database } from '../database';
import { endedStates } from '../exports/end-export';
import type { Export } from '../rows';
import { exportsTable } from '../schema';

const isOpen = (id: string) => and(eq(exportsTable.id, id), notInArray(exportsTable.state, endedStates));

export function attemptQueries(db: Database) {
  return {
    /** The number of records read so far. */
    async recordProgress(exportId: string, recordsRead: number): Promise<void> {
      await db.update(exportsTable).set({ recordsRead }).where(isOpen(exportId));
    },

    /**
     * An export that has ended is read again: until the end of the reading, its storage may hold objects that do not
     * count.
     */
    async recordReadingAgain(exportId: string): Promise<void> {
      await db.update(exportsTable).set({ recordsRead: 0 }).where(eq(exportsTable.id, exportId));
    },

    /** Exports that ended within a period while a try of reading them was unfinished. */
    async listBrokenOff(time: { readonly from: Date; readonly to: Date }, limit: number): Promise<Export[]> {
      const { endedAt, recordsRead, dataDeletionAt } = exportsTable;
      return db
        .select()
        .from(exportsTable)
        .where(and(gte(endedAt, time.from), lt(endedAt, time.to), isNotNull(recordsRead), isNull(dataDeletionAt)))
        .orderBy(asc(endedAt))
        .limit(limit);
    },

    /** Nothing is stored any more of unfinished tries of reading an export. */
    async recordSwept(exportId: string): Promise<void> {
      await db
        .update(exportsTable)
        .set({ recordsRead: null })
        .where(and(eq(exportsTable.id, exportId), isNotNull(exportsTable.endedAt)));
    },
  };
}
