/** The content of a part: its object, the object's version, and whether every byte is stored. */
import { and, eq, isNull, sql } from 'drizzle-orm';

import type { Database } from '../database';
import type { Part } from '../rows';
import { exportsTable, parts, segments } from '../schema';
import { isStored, partIs, replaced, segmentsOf, type KnownPart, type ObjectFacts, type StoredPart } from './part';

/** The columns of a part whose content is unknown. */
const unknown = {
  state: 'downloading' as const,
  generation: null,
  etag: null,
  version: null,
  segmentBytes: null,
  bytes: null,
  statedCrc32c: null,
  statedMd5: null,
  sha256: null,
  storedAt: null,
  verifiedAt: null,
};

export function contentQueries(db: Database) {
  const find = async (exportId: string, objectHash: string): Promise<Part | undefined> => {
    const [part] = await db
      .select()
      .from(parts)
      .where(and(eq(parts.exportId, exportId), eq(parts.objectHash, objectHash)));
    return part;
  };

  return {
    /** The part of an object. It keeps its number in whatever order the links are; a new part gets the next number. */
    async claim(exportId: string, objectHash: string): Promise<Part> {
      for (;;) {
        // If another try takes the number first, nothing is written, and the next round takes the next number.
        const [fresh] = await db
          .insert(parts)
          .values({
            exportId,
            objectHash,
            number: sql`(select coalesce(max(${parts.number}), 0) + 1 from ${parts} where ${parts.exportId} = ${exportId})`,
          })
          .onConflictDoNothing()
          .returning();
        const part = fresh ?? (await find(exportId, objectHash));
        if (part !== undefined) return part;
      }
    },

    /**
     * Stores what an answer states about the object. If the content has changed, the old segments are forgotten, and
     * their objects are left for the cleanup.
     *
     * @param segmentBytes for new content; known content keeps its own
     */
    async describe(part: Part, facts: ObjectFacts, segmentBytes: number): Promise<KnownPart> {
      const fresh = { ...unknown, ...facts, segmentBytes };
      if (part.version === null) {
        // An unknown part has no segments to forget.
        const isUnknown = and(partIs(part), isNull(parts.version));
        const [described] = await db.update(parts).set(fresh).where(isUnknown).returning();
        if (described !== undefined) return { ...described, ...fresh };
      }
      return db.transaction(async (tx) => {
        const [before] = await tx.select().from(parts).where(partIs(part)).for('update');
        if (before === undefined) throw replaced(part);
        if (before.version === facts.version && before.segmentBytes !== null) {
          return { ...before, version: facts.version, segmentBytes: before.segmentBytes };
        }
        await tx.delete(segments).where(segmentsOf(part));
        await tx.update(parts).set(fresh).where(partIs(part));
        return { ...before, ...fresh };
      });
    },

    /**
     * Forgets the stored segments of a part, so that it is downloaded again; their objects are left for the cleanup.
     */
    async restart(part: Part): Promise<Part> {
      return db.transaction(async (tx) => {
        const [before] = await tx.select().from(parts).where(partIs(part)).for('update');
        if (before === undefined) throw replaced(part);
        if (before.version !== part.version) return before;
        await tx.delete(segments).where(segmentsOf(part));
        const [fresh] = await tx.update(parts).set(unknown).where(partIs(part)).returning();
        return fresh ?? before;
      });
    },

    /** Every byte of the part is stored. @throws PortageError `PART_REPLACED` */
    async complete(part: KnownPart, bytes: number, at: Date): Promise<StoredPart> {
      return db.transaction(async (tx) => {
        const [row] = await tx
          .update(parts)
          .set({ state: 'stored', bytes, storedAt: at })
          .where(and(partIs(part), eq(parts.version, part.version)))
          .returning();
        if (row === undefined || !isStored(row)) throw replaced(part);
        await tx
          .update(exportsTable)
          .set({ bytes: sql`(select sum(${parts.bytes}) from ${parts} where ${parts.exportId} = ${part.exportId})` })
          .where(eq(exportsTable.id, part.exportId));
        return row;
      });
    },

    /** The result of reading the part in order. @param sha256 hexadecimal */
    async recordVerified(part: StoredPart, sha256: string, at: Date): Promise<void> {
      await db
        .update(parts)
        .set({ sha256, verifiedAt: at })
        .where(and(partIs(part), eq(parts.version, part.version)));
    },
  };
}
