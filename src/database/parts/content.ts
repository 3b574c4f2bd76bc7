/** The content of a part: which object it is, which version of it, and whether every byte is stored. */
import { and, eq, isNull, sql } from 'drizzle-orm';

import type { Database } from '../database';
import type { Part } from '../rows';
import { exportsTable, parts, segments } from '../schema';
import { isStored, partIs, replaced, segmentsOf, type KnownPart, type ObjectFacts, type StoredPart } from './part';

/** A part of whose content nothing is known. */
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
    const [found] = await db
      .select()
      .from(parts)
      .where(and(eq(parts.exportId, exportId), eq(parts.objectHash, objectHash)));
    return found;
  };

  return {
    /** The part behind an object: it keeps its number however the links are ordered; a new one gets the next number. */
    async claim(exportId: string, objectHash: string): Promise<Part> {
      for (;;) {
        // Another try may take the number first; then nothing is written, and the next round takes the next one.
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
     * Keeps what an answer tells of the object. Where it is another content than before, what is known of the old one
     * is forgotten, and its objects are left to be swept.
     *
     * @param segmentBytes for a content that is new; one that is known keeps its own
     */
    async describe(part: Part, facts: ObjectFacts, segmentBytes: number): Promise<KnownPart> {
      const fresh = { ...unknown, ...facts, segmentBytes };
      if (part.version === null) {
        // Of a part that is still unknown, there is nothing to forget.
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

    /** Forgets what is stored of a part, so that it is fetched anew; its objects are left to be swept. */
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

    /** What reading the part in order has shown. @param sha256 hexadecimal */
    async recordVerified(part: StoredPart, sha256: string, at: Date): Promise<void> {
      await db
        .update(parts)
        .set({ sha256, verifiedAt: at })
        .where(and(partIs(part), eq(parts.version, part.version)));
    },
  };
}
