/** Limits the time of a wait. Time in which the process was too busy to check does not count. */

export interface Patience {
  /** Call it once after every check. */
  isOver(): boolean;
}

/**
 * A busy process, for example while it opens the embedded database, may be unable to check for a minute. It must not
 * take its own pause for a silent server.
 *
 * @param limitMs the limit of the whole wait
 * @param lookMs the most that one check counts, also when the last check was longer ago
 * @param now in milliseconds, monotonic
 */
export function createPatience(limitMs: number, lookMs: number, now = () => performance.now()): Patience {
  let counted = 0;
  let last = now();
  return {
    isOver() {
      const at = now();
      counted += Math.min(at - last, lookMs);
      last = at;
      return counted >= limitMs;
    },
  };
}
