/** A part, its degree of completeness, and the conditions that select its rows. */
import { and, eq } from 'drizzle-orm';

import { PortageError } from '../../domain/error-codes';
import type { Part } from '../rows';
import { parts, segments } from '../schema';

/** A part whose content is known. */
export type KnownPart = Part & { readonly version: string; readonly segmentBytes: number };

/** A part of which every byte is stored. */
export type StoredPart = KnownPart & { readonly state: 'stored'; readonly bytes: number };

/** The facts that the first answer states about the object behind a link. */
export interface ObjectFacts {
  readonly generation: string | null;
  readonly etag: string | null;
  readonly version: string;
  /** Length in bytes; null when the server does not state it. */
  readonly bytes: number | null;
  readonly statedCrc32c: string | null;
  readonly statedMd5: string | null;
}

/** Whether every byte of it is stored. */
export const isStored = (part: Part): part is StoredPart =>
  part.state === 'stored' && part.version !== null && part.segmentBytes !== null && part.bytes !== null;

/** Conditions on the rows of one part; `segmentsOf` also includes those of earlier content. */
export const partIs = (part: { exportId: string; number: number }) =>
  and(eq(parts.exportId, part.exportId), eq(parts.number, part.number));
export const segmentsOf = (part: { exportId: string; number: number }) =>
  and(eq(segments.exportId, part.exportId), eq(segments.partNumber, part.number));
export const currentSegmentsOf = (part: KnownPart) => and(segmentsOf(part), eq(segments.version, part.version));

/** The part was deleted, or its content was replaced, while a step worked on it. */
export const replaced = (part: { number: number }) =>
  new PortageError('PART_REPLACED', { detail: `part ${part.number}` });
