/** Limits the time of a wait. Time in which the process was too busy to check does not count. */

export interface Patience {
  /** Call it once after every check. */
  isOver(): boolean;
}

/**
 * A process that is busy, such as with opening the embedded database, may not get to look for a minute, and must not take
 * its own absence for a server's silence.
 *
 * @param limitMs the limit of the whole wait
 * @param lookMs the most that one check counts, also when the last check was longer ago
 * @param now in milliseconds, never going back
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
