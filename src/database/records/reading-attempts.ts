/** Tries of reading the records of an export while none of them counts yet. */
import { and, asc, eq, gte, isNotNull, isNull, lt, notInArray } from 'drizzle-orm';

import type { Database } from '../database';
import { endedStates } from '../exports/end-export';
import type { Export } from '../rows';
import { exportsTable } from '../schema';

const isOpen = (id: string) => and(eq(exportsTable.id, id), notInArray(exportsTable.state, endedStates));

export function attemptQueries(db: Database) {
  return {
    /** How many records were read so far. */
    async recordProgress(exportId: string, recordsRead: number): Promise<void> {
      await db.update(exportsTable).set({ recordsRead }).where(isOpen(exportId));
    },

    /** An export that has ended is read again: until that is done, there may be objects of it that do not count. */
    async recordReadingAgain(exportId: string): Promise<void> {
      await db.update(exportsTable).set({ recordsRead: 0 }).where(eq(exportsTable.id, exportId));
    },

    /** Exports that ended in a time while a try of reading them was not at its end. */
    async listBrokenOff(time: { readonly from: Date; readonly to: Date }, limit: number): Promise<Export[]> {
      const { endedAt, recordsRead, dataDeletionAt } = exportsTable;
      return db
        .select()
        .from(exportsTable)
        .where(and(gte(endedAt, time.from), lt(endedAt, time.to), isNotNull(recordsRead), isNull(dataDeletionAt)))
        .orderBy(asc(endedAt))
        .limit(limit);
    },

    /** Nothing is stored any more of tries of reading an export that do not count. */
    async recordSwept(exportId: string): Promise<void> {
      await db
        .update(exportsTable)
        .set({ recordsRead: null })
        .where(and(eq(exportsTable.id, exportId), isNotNull(exportsTable.endedAt)));
    },
  };
}
