/** The locks and earlier jobs in Google's refusal of a start (docs/google-api.md §4). */
import type { GoogleFailure } from './parse-error-answer';

/** Clocks that differ by less count as equal: a Date header has whole seconds, and an answer takes its time. */
const sameClockMs = 5_000;

/**
 * When a locked resource may be exported again, by our clock. Google's clock counts, so its time is shifted by the
 * difference between the clocks, since timers run by ours (docs/known-defects.md D22).
 *
 * @param localNow our clock when the answer arrived
 */
export function lockedUntil(failure: GoogleFailure, localNow: Date): Date | undefined {
  const now = failure.answeredAt ?? localNow;
  const stated = statedUntil(failure, now);
  const googleAheadMs = now.getTime() - localNow.getTime();
  if (stated === undefined || Math.abs(googleAheadMs) < sameClockMs) return stated;
  return new Date(stated.getTime() - googleAheadMs);
}

/** The time in the server's text, in the order of docs/google-api.md §4. @param now by Google's clock */
function statedUntil(failure: GoogleFailure, now: Date): Date | undefined {
  const stated = instant(failure.metadata['timestamp_after_24hrs']);
  if (stated !== undefined) return stated;
  const future = Object.values(failure.metadata)
    .map(instant)
    .find((time) => time !== undefined && time > now);
  if (future !== undefined) return future;
  const inMessage = instant(/after (\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))/.exec(failure.message)?.[1]);
  if (inMessage !== undefined) return inMessage;
  return failure.retryAfterMs === undefined ? undefined : new Date(now.getTime() + failure.retryAfterMs);
}

/** `previous_job_ids` is one comma-separated string, newest last (docs/google-api.md §4). */
export function previousJobIds(failure: GoogleFailure): string[] {
  return (failure.metadata['previous_job_ids'] ?? '')
    .split(',')
    .map(bareJobId)
    .filter((id) => id !== '');
}

/** A job id without the `archiveJobs/` that may precede it (docs/google-api.md §2). */
export function bareJobId(id: string): string {
  return id.trim().replace(/^archiveJobs\//, '');
}

function instant(text: string | undefined): Date | undefined {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}T/.test(text)) return undefined;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
