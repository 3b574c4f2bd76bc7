/** All parts of an export together. */
import { and, asc, eq, notInArray, sql } from 'drizzle-orm';

import { builtOnce, type Database } from '../database';
import type { Part } from '../rows';
import { exportsTable, parts, segments } from '../schema';
import { isStored, partIs, segmentsOf, type StoredPart } from './part';

/** The progress of a download. */
export interface Progress {
  readonly bytesTotal: number | null;
  readonly bytesStored: number;
  readonly segmentsTotal: number | null;
  readonly segmentsStored: number;
  readonly bytesPerSecond: number;
}

export function exportPartQueries(db: Database) {
  const byExport = db
    .select()
    .from(parts)
    .where(eq(parts.exportId, sql.placeholder('exportId')))
    .orderBy(asc(parts.number))
    .prepare(builtOnce);

  return {
    /** Every part of an export that has a number, stored or not, by number. */
    async listAll(exportId: string): Promise<Part[]> {
      return byExport.execute({ exportId });
    },

    /** The stored parts of an export, by number. */
    async list(exportId: string): Promise<StoredPart[]> {
      return (await byExport.execute({ exportId })).filter(isStored);
    },

    /** Forgets all parts except those of these objects; their stored objects are left for the cleanup. */
    async dropOthers(exportId: string, objectHashes: ReadonlySet<string>): Promise<void> {
      const areOthers = and(eq(parts.exportId, exportId), notInArray(parts.objectHash, [...objectHashes]));
      if ((await db.$count(parts, areOthers)) === 0) return;
      await db.transaction(async (tx) => {
        const others = await tx.select().from(parts).where(areOthers).for('update');
        for (const part of others) {
          await tx.delete(segments).where(segmentsOf(part));
          await tx.delete(parts).where(partIs(part));
        }
      });
    },

    /** Forgets every part of an export. */
    async dropAll(exportId: string): Promise<void> {
      await db.transaction(async (tx) => {
        await tx.select().from(parts).where(eq(parts.exportId, exportId)).for('update');
        await tx.delete(segments).where(eq(segments.exportId, exportId));
        await tx.delete(parts).where(eq(parts.exportId, exportId));
      });
    },

    /** Stores the progress of a download, for pages and the API. */
    async recordProgress(exportId: string, progress: Progress, at: Date): Promise<void> {
      await db
        .update(exportsTable)
        .set({ ...progress, progressAt: at })
        .where(eq(exportsTable.id, exportId));
    },
  };
}
