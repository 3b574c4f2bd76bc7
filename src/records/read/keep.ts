/** Minimisation: what the host app asked for is kept, the rest is left out before anything is stored. */
import type { RecordChoice } from '../../domain/records';
import { fingerprint } from '../store/canonical';
import type { JsonObject } from '../formats/json';
import type { KindName } from '../kinds';

export interface Filter {
  keeps(kind: KindName, occurredAt: string | undefined): boolean;
  /** The data with the wanted fields only; the same object where all are wanted. */
  fieldsOf(kind: KindName, data: JsonObject): JsonObject;
  readonly restrictsFields: boolean;
  /** Tells one choice from another: what was left out before must not look removed, nor the other way round. */
  readonly fingerprint: string;
}

/** @throws RangeError when an instant of the range cannot be read */
export function createFilter(keep: RecordChoice = {}): Filter {
  const wanted = keep.kinds === undefined ? undefined : new Set<string>(keep.kinds);
  const [from, to] = [instant(keep.from, -Infinity), instant(keep.to, Infinity)];
  const hasRange = keep.from !== undefined || keep.to !== undefined;
  const fields = new Map<string, readonly string[]>(Object.entries(keep.fields ?? {}));
  return {
    keeps: (kind, occurredAt) => {
      if (wanted?.has(kind) === false) return false;
      if (!hasRange) return true;
      const at = occurredAt === undefined ? NaN : Date.parse(occurredAt);
      return at >= from && at < to;
    },
    fieldsOf: (kind, data) => {
      const names = fields.get(kind);
      if (names === undefined) return data;
      return Object.fromEntries(Object.entries(data).filter(([name]) => names.includes(name)));
    },
    restrictsFields: fields.size > 0,
    fingerprint: fingerprint([
      `kinds ${[...(wanted ?? ['all'])].toSorted().join()}`,
      `from ${String(from)}`,
      `to ${String(to)}`,
      ...[...fields].map(([kind, names]) => `fields ${kind} ${[...names].toSorted().join()}`),
    ]),
  };
}

function instant(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new RangeError('a date range needs RFC 3339 instants');
  return at;
}
