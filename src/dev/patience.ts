/** Limits how long something is waited for, fairly: time in which nobody could look does not count. */

export interface Patience {
  /** To be asked once after every look. */
  isOver(): boolean;
}

/**
 * A process that is busy, such as with opening the embedded database, may not get to look for a minute, and must not take
 * its own absence for a server's silence.
 *
 * @param limitMs how long is waited in all
 * @param lookMs counted at most for one look, however long ago the last one was
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
