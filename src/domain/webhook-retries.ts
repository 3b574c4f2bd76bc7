/** When a webhook is sent again, and when Portage gives up: pure functions, in milliseconds. */

/** One try to deliver an event, as it is stored. */
export interface DeliveryAttempt {
  /** RFC 3339. */
  readonly at: string;
  /** The status of the answer; null when none arrived. */
  readonly status: number | null;
  /** Why no answer arrived, as text. */
  readonly problem?: string;
  readonly durationMs: number;
  /** The first 512 bytes of the answer's body. */
  readonly answer: string;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * The pause after each failed try; the try after the last pause is the last one. Together a little more than three
 * days.
 */
export const pausesMs = [
  ...[5 * second, 30 * second, 5 * minute, 30 * minute],
  ...[2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour],
] as const;

/** The longest pause that an endpoint can ask for. */
export const longestRetryAfterMs = 24 * hour;

/** An endpoint that accepted nothing for this long is disabled. */
export const failingForMs = 5 * 24 * hour;

/** Number of tries of a delivery that are stored, the newest ones. */
export const attemptsKept = 50;

/** The stream of the events that belong to no consent and no connect session. */
export const appStream = 'app';

/**
 * The pause before the next try, up to a tenth longer than the table, so that deliveries that failed together are not
 * retried together.
 *
 * @param tries the number of tries, including the failed one
 * @param retryAfterMs the pause that the endpoint asked for
 * @param random from 0 to 1
 * @returns undefined after the last try
 */
export function pauseAfter(tries: number, retryAfterMs: number | undefined, random: number): number | undefined {
  const pauseMs = pausesMs[tries - 1];
  if (pauseMs === undefined) return undefined;
  const asked = Math.min(retryAfterMs ?? 0, longestRetryAfterMs);
  return Math.round(Math.max(pauseMs * (1 + 0.1 * random), asked));
}

/**
 * The pause that a header `Retry-After` asks for: seconds, or a date (RFC 9110, section 10.2.3).
 *
 * @returns undefined when it is neither
 */
export function retryAfterOf(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * second;
  // A date in this header begins with its weekday, as in "Sun, 06 Nov 1994 08:49:37 GMT".
  const atMs = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}
