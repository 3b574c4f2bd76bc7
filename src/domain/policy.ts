/** How long things may take: set by configuration, carried in the workflow's input, so that a demo's day can be short. */

export interface Policy {
  /** An export must be started this long after the consent (docs/google-api.md §7: within 24 h). */
  startWithinMs: number;
  /** Google must have finished the archive this long after its start (docs/google-api.md §7: up to 7 days). */
  finishWithinMs: number;
  /** Every part must be stored this long after the start; then Google discards the archive (docs/google-api.md §7: 14 days). */
  storeWithinMs: number;
  /** How often an unfinished job is asked for: from `min` when it is young to `max` (docs/google-api.md §7: 5 to 60 min). */
  pollEveryMs: { min: number; max: number };
  /** Back-off after a passing fault (network, 5xx, full disk): first and longest pause. */
  retryAfterMs: { first: number; longest: number };
}

/**
 * The pause before the next poll: an eighth of the job's age, within the policy's bounds, with jitter so that many
 * jobs started together do not ask together.
 *
 * @param ageMs time since the job was started
 * @param random a number in [0, 1)
 * @returns milliseconds, at least 1,000 (Temporal ends an activity whose next retry delay is 0)
 */
export function pollDelayMs(policy: Policy, ageMs: number, random: number): number {
  const { min, max } = policy.pollEveryMs;
  const steady = Math.min(max, Math.max(min, ageMs / 8));
  return Math.max(1_000, Math.round(steady * (0.9 + 0.2 * random)));
}

/** How the bytes of a part are fetched. */
export interface DownloadSettings {
  /** Plain length of a segment, for parts that begin now. */
  readonly segmentBytes: number;
  /** How many segments are fetched at once, each with a buffer of its own. */
  readonly concurrency: number;
}

/** When the data of an export is deleted by itself. */
export interface Retention {
  readonly afterMs: number;
  /** The end of the export, or the delivery that the host app confirmed: unconfirmed data is kept. */
  readonly from: 'end' | 'delivery';
}
