/**
 * Time limits and intervals: set by configuration and carried in the workflow's input, so that a day can be short in a
 * demo.
 */

export interface Policy {
  /** An export must be started this long after the consent (docs/google-api.md §7: within 24 h). */
  startWithinMs: number;
  /** Google must have finished the archive this long after its start (docs/google-api.md §7: up to 7 days). */
  finishWithinMs: number;
  /**
   * Every part must be stored this long after the start; then Google discards the archive (docs/google-api.md §7: 14
   * days).
   */
  storeWithinMs: number;
  /**
   * How often an unfinished job is polled: from `min` for a young job to `max` (docs/google-api.md §7: 5 to 60 min).
   */
  pollEveryMs: { min: number; max: number };
  /** Back-off after a temporary fault (network, 5xx, full disk): first and longest pause. */
  retryAfterMs: { first: number; longest: number };
  /** A time-based resource may be exported again this long after its last start (docs/google-api.md §7: 24 h). */
  exportEveryMs: number;
  /** Added to the time above, and to every time that Google names, so that no request is slightly too early. */
  exportMarginMs: number;
  /**
   * How far a window reaches back before the end of the last one, for records that arrived late (docs/google-api.md
   * §9).
   */
  windowOverlapMs: number;
  /** The last export begins at least this long before the grant ends, and earlier if exports have taken longer. */
  lastExportBeforeEndMs: number;
  /** How long before its end the host app is reminded that a grant can be renewed, longest first. */
  remindBeforeEndMs: readonly number[];
  /**
   * A loop continues as a new run after this long, so that no run keeps old code alive (docs/overview.md, "Temporal").
   */
  continueAfterMs: number;
  /**
   * In batched mode, one resource is tried on its own this often, to find out whether Google's lock still counts for
   * all.
   */
  splitAfterMs: number;
}

/** Google allows this many retries of a failed job (docs/google-api.md §3). */
export const retriesAtGoogle = 3;

/**
 * The pause before the next poll: an eighth of the job's age, within the policy's bounds, with jitter, so that jobs
 * that started at the same time are not polled at the same time.
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

/**
 * The number of tries of a step whose pauses, from the policy's first one doubled up to its longest, add up to that
 * time.
 */
export function triesWithin({ retryAfterMs: { first, longest } }: Policy, withinMs: number): number {
  let [tries, pause, spent] = [1, first, 0];
  while (pause < longest && spent + pause <= withinMs) {
    spent += pause;
    pause = Math.min(longest, 2 * pause);
    tries += 1;
  }
  return tries + Math.max(0, Math.floor((withinMs - spent) / pause));
}

/** How the bytes of a part are fetched. */
export interface DownloadSettings {
  /** Plain length of a segment, for parts that begin now. */
  readonly segmentBytes: number;
  /** How many segments of one archive are downloaded at the same time, if there is enough memory. */
  readonly concurrency: number;
  /** How many archives a worker downloads at the same time. */
  readonly atOnce: number;
  /** The memory of a worker for the segments of all downloads, in bytes: plain and sealed. */
  readonly memoryBytes: number;
}

/** When retention deletes the data of an export. */
export interface Retention {
  readonly afterMs: number;
  /** The end of the export, or the delivery that the host app confirmed: unconfirmed data is kept. */
  readonly from: 'end' | 'delivery';
}
