/** A requested range of time, and the records that may be in it. */

export interface RangeOptions {
  /** From this instant on, RFC 3339. */
  readonly from?: string | undefined;
  /** Before this instant, RFC 3339. */
  readonly to?: string | undefined;
  /** The handling of records without a readable time, which may be in the range: `keep` by default. */
  readonly undated?: 'keep' | 'drop' | undefined;
}

export interface TimeRange {
  /** False when no range was requested, so that every record is in it. */
  readonly isRestricted: boolean;
  /** Whether a record at this instant is wanted; undefined means a record without a time. */
  holds(occurredAt: string | undefined): boolean;
  /** Identifies the range. */
  readonly parts: readonly string[];
}

/** @throws RangeError when an instant cannot be read */
export function createTimeRange({ from, to, undated = 'keep' }: RangeOptions): TimeRange {
  const [least, beyond] = [instant(from, -Infinity), instant(to, Infinity)];
  const isRestricted = from !== undefined || to !== undefined;
  return {
    isRestricted,
    holds: (occurredAt) => {
      if (!isRestricted) return true;
      if (occurredAt === undefined) return undated === 'keep';
      const at = Date.parse(occurredAt);
      return at >= least && at < beyond;
    },
    parts: [`from ${least}`, `to ${beyond}`, ...(isRestricted ? [`undated ${undated}`] : [])],
  };
}

function instant(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new RangeError(`${text} is no time; a range of time needs RFC 3339 instants`);
  return at;
}
