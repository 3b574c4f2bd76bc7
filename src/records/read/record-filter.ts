/** Minimisation: the data that the host app asked for is kept, the rest is left out before anything is stored. */
import type { RecordChoice } from '../../domain/records';
import { fingerprint } from '../store/canonical';
import { createTimeRange } from '../store/time-range';
import type { JsonObject } from '../formats/json';
import type { KindName } from '../kinds';

export interface Filter {
  keeps(kind: KindName, occurredAt: string | undefined): boolean;
  /** Whether a range of time was requested; a record with an unreadable time may then be inside or outside. */
  readonly hasRange: boolean;
  /** The data with the wanted fields only; the same object where all are wanted. */
  fieldsOf(kind: KindName, data: JsonObject): JsonObject;
  readonly restrictsFields: boolean;
  /** Identifies the choice: data that was left out before must not look removed, nor the reverse. */
  readonly fingerprint: string;
}

/** @throws RangeError when an instant of the range cannot be read */
export function createFilter(keep: RecordChoice = {}): Filter {
  const wanted = keep.kinds === undefined ? undefined : new Set<string>(keep.kinds);
  const range = createTimeRange(keep);
  const fields = new Map<string, readonly string[]>(Object.entries(keep.fields ?? {}));
  return {
    keeps: (kind, occurredAt) => wanted?.has(kind) !== false && range.holds(occurredAt),
    hasRange: range.isRestricted,
    fieldsOf: (kind, data) => {
      const names = fields.get(kind);
      if (names === undefined) return data;
      return Object.fromEntries(Object.entries(data).filter(([name]) => names.includes(name)));
    },
    restrictsFields: fields.size > 0,
    fingerprint: fingerprint([
      `kinds ${[...(wanted ?? ['all'])].toSorted().join()}`,
      ...range.parts,
      ...[...fields].map(([kind, names]) => `fields ${kind} ${[...names].toSorted().join()}`),
    ]),
  };
}
