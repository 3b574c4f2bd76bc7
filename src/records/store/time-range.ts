/** A range of time that was asked for, and the records that may lie in it. */

export interface RangeOptions {
  /** From this instant on, RFC 3339. */
  readonly from?: string | undefined;
  /** Before this instant, RFC 3339. */
  readonly to?: string | undefined;
  /** What becomes of records without a time that can be read, which may lie in the range: `keep` unless it is said. */
  readonly undated?: 'keep' | 'drop' | undefined;
}

export interface TimeRange {
  /** False when nothing was asked for, so that every record is in it. */
  readonly isRestricted: boolean;
  /** Whether a record that happened at this instant is wanted; undefined stands for one without a time. */
  holds(occurredAt: string | undefined): boolean;
  /** Tells one range from another. */
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
