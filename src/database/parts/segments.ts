/** The stored segments of a part. */
import { and, asc, eq, gte, inArray, lt, sql } from 'drizzle-orm';

import { PortageError } from '../../domain/error-codes';
import type { Database } from '../database';
import type { Segment } from '../rows';
import { parts, segments } from '../schema';
import { currentSegmentsOf, partIs, replaced, type KnownPart, type StoredPart } from './part';

/** A statement takes 65,535 parameters at most. */
const rowsAtOnce = 10_000;

export function segmentQueries(db: Database) {
  return {
    /**
     * Records a segment whose object is stored; a repeat changes nothing.
     *
     * @throws PortageError `PART_REPLACED` when the part was deleted or its content replaced meanwhile, `PART_ALTERED`
     * when the same segment is recorded with other bytes
     */
    async recordSegment(
      part: KnownPart,
      segment: { number: number; bytes: number; sha256: string; crc32c: number; at: Date },
    ): Promise<void> {
      const { number, bytes, sha256, crc32c, at } = segment;
      const { exportId, number: partNumber, version } = part;
      // One statement, so that no segment of a part stays that is being replaced or deleted at the same time.
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

    /** The stored segments of a part's present content in order: numbers from `from` up to, not including, `before`. */
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

    /** Forgets some segments of a stored part, so that only these are downloaded again. */
    async forgetSegments(part: StoredPart, numbers: readonly number[]): Promise<void> {
      await db.transaction(async (tx) => {
        const [before] = await tx.select().from(parts).where(partIs(part)).for('update');
        if (before?.version !== part.version) return;
        for (let from = 0; from < numbers.length; from += rowsAtOnce) {
          const batch = numbers.slice(from, from + rowsAtOnce);
          await tx.delete(segments).where(and(currentSegmentsOf(part), inArray(segments.number, batch)));
        }
        await tx.update(parts).set({ state: 'downloading', storedAt: null }).where(partIs(part));
      });
    },
  };
}
