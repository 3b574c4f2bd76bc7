/** Parts and what is stored of them, segment by segment: enough for any worker to continue where another one stopped. */
import { and, asc, eq, gte, inArray, isNull, lt, notInArray, sql } from 'drizzle-orm';

import { PortageError } from '../domain/errors';
import { builtOnce, type Database } from './database';
import { exportsTable, parts, segments } from './schema';

export type Part = typeof parts.$inferSelect;
export type Segment = typeof segments.$inferSelect;
export type PartStore = ReturnType<typeof createPartStore>;

/** A part whose content is known. */
export type KnownPart = Part & { readonly version: string; readonly segmentBytes: number };

/** A part of which every byte is stored. */
export type StoredPart = KnownPart & { readonly state: 'stored'; readonly bytes: number };

/** What the first answer tells of the object behind a link. */
export interface ObjectFacts {
  readonly generation: string | null;
  readonly etag: string | null;
  readonly version: string;
  /** Length in bytes, unless the server does not tell it. */
  readonly bytes: number | null;
  readonly statedCrc32c: string | null;
  readonly statedMd5: string | null;
}

/** How far a download is. */
export interface Progress {
  readonly bytesTotal: number | null;
  readonly bytesStored: number;
  readonly segmentsTotal: number | null;
  readonly segmentsStored: number;
  readonly bytesPerSecond: number;
}

/** Whether every byte of it is stored. */
export const isStored = (part: Part): part is StoredPart =>
  part.state === 'stored' && part.version !== null && part.segmentBytes !== null && part.bytes !== null;

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

/** A statement takes 65,535 parameters at most. */
const rowsAtOnce = 10_000;

const partIs = (part: { exportId: string; number: number }) =>
  and(eq(parts.exportId, part.exportId), eq(parts.number, part.number));
const segmentsOf = (part: { exportId: string; number: number }) =>
  and(eq(segments.exportId, part.exportId), eq(segments.partNumber, part.number));
const currentSegmentsOf = (part: KnownPart) => and(segmentsOf(part), eq(segments.version, part.version));

const replaced = (part: { number: number }) => new PortageError('PART_REPLACED', { detail: `part ${part.number}` });

export function createPartStore(db: Database) {
  const find = async (exportId: string, objectHash: string): Promise<Part | undefined> => {
    const [found] = await db
      .select()
      .from(parts)
      .where(and(eq(parts.exportId, exportId), eq(parts.objectHash, objectHash)));
    return found;
  };

  const byExport = db
    .select()
    .from(parts)
    .where(eq(parts.exportId, sql.placeholder('exportId')))
    .orderBy(asc(parts.number))
    .prepare(builtOnce);

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

    /** Forgets some segments of a stored part, so that they alone are fetched anew. */
    async forgetSegments(part: StoredPart, numbers: readonly number[]): Promise<void> {
      await db.transaction(async (tx) => {
        const [before] = await tx.select().from(parts).where(partIs(part)).for('update');
        if (before?.version !== part.version) return;
        for (let from = 0; from < numbers.length; from += rowsAtOnce) {
          const some = numbers.slice(from, from + rowsAtOnce);
          await tx.delete(segments).where(and(currentSegmentsOf(part), inArray(segments.number, some)));
        }
        await tx.update(parts).set({ state: 'downloading', storedAt: null }).where(partIs(part));
      });
    },

    /**
     * Writes down a segment whose object is stored; a repeat changes nothing.
     *
     * @throws PortageError `PART_REPLACED` when the part was deleted or became another content meanwhile,
     * `PART_ALTERED` when the same segment is known with other bytes
     */
    async recordSegment(
      part: KnownPart,
      segment: { number: number; bytes: number; sha256: string; crc32c: number; at: Date },
    ): Promise<void> {
      const { number, bytes, sha256, crc32c, at } = segment;
      const { exportId, number: partNumber, version } = part;
      // One statement: of a part that is being replaced or deleted at the same moment, nothing is left behind.
      const written = await db
        .insert(segments)
        .select(
          db
            .select({
              exportId: parts.exportId,
              partNumber: parts.number,
              version: sql<string>`${parts.version}`.as('version'),
              number: sql<number>`${number}::int`.as('number'),
              bytes: sql<number>`${bytes}::int`.as('bytes'),
              sha256: sql<string>`${sha256}::text`.as('sha256'),
              crc32c: sql<number>`${crc32c}::bigint`.as('crc32c'),
              storedAt: sql<Date>`${at.toISOString()}::timestamptz`.as('stored_at'),
            })
            .from(parts)
            .where(and(partIs(part), eq(parts.version, version)))
            .for('share'),
        )
        .onConflictDoNothing()
        .returning({ number: segments.number });
      if (written.length > 0) return;
      const [known] = await db
        .select()
        .from(segments)
        .where(and(currentSegmentsOf(part), eq(segments.number, number)));
      if (known === undefined) throw replaced(part);
      if (known.sha256 !== sha256 || known.exportId !== exportId) {
        throw new PortageError('PART_ALTERED', { detail: `part ${partNumber}, segment ${number} differs` });
      }
    },

    /** The stored segments of a part's present content, from one number up to but without another, in order. */
    async listSegments(part: KnownPart, from: number, before: number): Promise<Segment[]> {
      return db
        .select()
        .from(segments)
        .where(and(currentSegmentsOf(part), gte(segments.number, from), lt(segments.number, before)))
        .orderBy(asc(segments.number));
    },

    /** The numbers and lengths of every stored segment of a part's present content, in order. */
    async segmentsStored(part: KnownPart): Promise<{ number: number; bytes: number }[]> {
      return db
        .select({ number: segments.number, bytes: segments.bytes })
        .from(segments)
        .where(currentSegmentsOf(part))
        .orderBy(asc(segments.number));
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

    /** Forgets the parts that are none of these objects; what is stored of them is left to be swept. */
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

    /** Every part of an export that has a number, stored or not, by number. */
    async listAll(exportId: string): Promise<Part[]> {
      return byExport.execute({ exportId });
    },

    /** The stored parts of an export, by number. */
    async list(exportId: string): Promise<StoredPart[]> {
      return (await byExport.execute({ exportId })).filter(isStored);
    },

    /** Writes how far a download is, for pages and the API. */
    async recordProgress(exportId: string, progress: Progress, at: Date): Promise<void> {
      await db
        .update(exportsTable)
        .set({ ...progress, progressAt: at })
        .where(eq(exportsTable.id, exportId));
    },
  };
}
