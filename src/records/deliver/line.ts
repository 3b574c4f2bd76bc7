/** The lines of a delivery: records, keys that are gone, and marks between them. */
import type { MarkState } from '../compare/key-entry';
import type { PortedRecord } from '../store/record';

/** A record with its state, from the comparison with earlier exports. */
export type RecordLine = PortedRecord & { readonly state: MarkState };

export const goneStates = ['gone', 'replaced'] as const;
export type GoneState = (typeof goneStates)[number];

/** A key that is gone. */
export interface GoneLine {
  readonly key: string;
  readonly resource: string;
  readonly exportId: string;
  /** `replaced`: a changed record of the same thing is delivered with it. */
  readonly state: GoneState;
}

export type Delivery = RecordLine | GoneLine;

/** Follows the last record of an export: a host app stores the cursor and continues from there. */
export interface CursorMark {
  readonly cursor: number;
  readonly exportId: string;
  /** The data of this export were deleted, so it delivers nothing. */
  readonly deleted?: true;
}

/** The last line of a limited page, when more follows. */
export interface NextMark {
  /** Opaque; the parameter `after` of the next page. */
  readonly next: string;
}

export type Line = Delivery | CursorMark | NextMark;

export const isRecord = (line: Line): line is RecordLine => 'data' in line;
export const isGone = (line: Line): line is GoneLine => 'key' in line && !('data' in line);
export const isCursor = (line: Line): line is CursorMark => 'cursor' in line;
