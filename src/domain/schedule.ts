/**
 * When the exports of a loop start: the rules shared by its workflow, the steps that plan it again, the housekeeping
 * and the pages. Times are epoch milliseconds.
 */
import type { ErrorCode } from './error-codes';
import type { Policy } from './policy';
import type { AccessType } from './states';

/** The name of the loop that exports several resources in one job. */
export const batchLoop = 'batch';

/** The facts that decide when Google accepts the next start of a loop. */
export interface LastStart {
  /** When Google accepted the last one; null when it never did. */
  readonly startedAtMs: number | null;
  /** The time until which Google refuses a start, as Google named it. */
  readonly lockedUntilMs: number | null;
  /** When the last start failed for another reason than the lock. */
  readonly refusedAtMs: number | null;
}

/**
 * When Google accepts the next start: a day after the last one, or after it was refused, or at the time that Google
 * named, whichever is latest (docs/google-api.md §7).
 *
 * @returns 0 for immediately
 */
export function freeAtMs(policy: Policy, { startedAtMs, lockedUntilMs, refusedAtMs }: LastStart): number {
  const aDayAfter = (atMs: number | null) => (atMs === null ? 0 : atMs + policy.exportEveryMs);
  return Math.max(aDayAfter(startedAtMs), aDayAfter(refusedAtMs), lockedUntilMs ?? 0);
}

/**
 * Adds one to two times the policy's margin, so that consents spread over time and no request is slightly too early. A
 * loop gets the same margin every day.
 *
 * @param spread a number in [0, 1), see {@link spreadOf}
 * @returns 0, which means immediately, for 0
 */
export function withMargin(policy: Policy, atMs: number, spread: number): number {
  return atMs === 0 ? 0 : Math.ceil(atMs + policy.exportMarginMs * (1 + spread));
}

/** The stored facts of an export. */
export interface StoredStart {
  readonly errorCode: ErrorCode | null;
  readonly archiveJobId: string | null;
  readonly lockedUntil: Date | null;
  readonly initiatedAt: Date | null;
  readonly endedAt: Date | null;
}

/**
 * When the export after this one, the newest of its loop, may start; the margin is not counted.
 *
 * | the newest export | the next start |
 * |---|---|
 * | waits for Google's lock | of the same export, when the lock ends |
 * | is under way otherwise | not known |
 * | was started, and has ended | a day after its start, and not before its end |
 * | was never started | a day after its end |
 * | was never started and ran out of time | when the lock ends, and not before its end: it has waited for a day |
 * | was never started and was stopped by us | the same: Google refused nothing |
 *
 * @returns undefined where it is not known
 */
export function nextStartMs(policy: Policy, newest: StoredStart): number | undefined {
  const { errorCode, archiveJobId, lockedUntil, initiatedAt, endedAt } = newest;
  if (endedAt === null) return archiveJobId === null ? lockedUntil?.getTime() : undefined;
  const isRefused = initiatedAt === null && errorCode !== 'START_OVERDUE' && errorCode !== 'EXPORT_STOPPED';
  const free = freeAtMs(policy, {
    startedAtMs: initiatedAt?.getTime() ?? null,
    lockedUntilMs: initiatedAt === null ? (lockedUntil?.getTime() ?? null) : null,
    refusedAtMs: isRefused ? endedAt.getTime() : null,
  });
  return Math.max(free, endedAt.getTime());
}

/** Refusals of a start that concern the resource itself and will not change (docs/google-api.md §5). */
const finalRefusals: ReadonlySet<ErrorCode | null> = new Set<ErrorCode>(['SCOPE_MISSING', 'GOOGLE_REFUSED']);

/**
 * Whether Google refused an export permanently, so that none follows.
 *
 * @param wasStarted an error about a job that Google has started concerns only that job
 */
export function isRefusedPermanently(errorCode: ErrorCode | null, wasStarted: boolean): boolean {
  return finalRefusals.has(errorCode) && !wasStarted;
}

/** Whether this is the last export of its loop: Google refused it permanently, or the access is one-time. */
export function isLast({
  errorCode,
  initiatedAt,
  endedAt,
  accessType,
}: StoredStart & { accessType: AccessType | null }) {
  return endedAt !== null && (isRefusedPermanently(errorCode, initiatedAt !== null) || accessType === 'one_time');
}

/**
 * How much earlier than {@link withMargin} a loop asks Google again after another loop was served in its place. Loops
 * that wait for one lock, such as those of several consents of a user when Google locks the whole account
 * (docs/google-api.md Q1), all wake when the lock ends, and only the first one is served. Each lost turn halves most of
 * a loop's margin. So the loop that has waited longest asks first, whatever its spread is. A quarter of the margin
 * stays, since clocks differ a little.
 *
 * @param lostTurns how often other loops were served since this one was last served
 * @returns milliseconds, less than the margin that {@link withMargin} adds
 */
export function headStartMs(policy: Policy, lostTurns: number, spread: number): number {
  if (lostTurns === 0) return 0;
  const ownShare = 1 + spread;
  const laterShare = 0.25 + (0.75 * ownShare) / 2 ** lostTurns;
  return Math.max(0, Math.floor(policy.exportMarginMs * (ownShare - laterShare)));
}

/**
 * Whether an export that begins at some time can be stored before the grant ends: after that, its state may no longer
 * be read (docs/google-api.md Q7).
 *
 * @param longestMs the longest export of this loop so far; the next one is allowed twice that
 */
export function fitsBeforeEnd(policy: Policy, startMs: number, endsAtMs: number | null, longestMs: number): boolean {
  if (endsAtMs === null) return true;
  const allowance = Math.min(policy.finishWithinMs, Math.max(policy.lastExportBeforeEndMs, 2 * longestMs));
  return startMs + allowance <= endsAtMs;
}

/** A number in [0, 1) that depends only on the name (FNV-1a), to spread loops over time. */
export function spreadOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) / 0x1_0000_0000;
}

/**
 * Whether a grant that Google reports as ended has expired: its end has passed, or is so near that a difference between
 * clocks explains it.
 */
export function hasRunOut(policy: Policy, endsAtMs: number | null, nowMs: number): boolean {
  return endsAtMs !== null && nowMs >= endsAtMs - policy.exportEveryMs / 100;
}

/**
 * The reminder that is due next. A reminder whose time was before the end became known, such as the first one of a
 * grant of 30 days, is left out, since the user has just given the grant.
 *
 * @param known the grant's end, since when it is known, and how long before it the last reminder was (null: none yet)
 * @returns when, and how long before the end that is; undefined after the last one
 */
export function nextReminder(
  policy: Policy,
  known: { readonly endsAtMs: number | null; readonly sinceMs: number; readonly remindedMs: number | null },
): { atMs: number; beforeEndMs: number } | undefined {
  const { endsAtMs, sinceMs, remindedMs } = known;
  if (endsAtMs === null) return undefined;
  const next = policy.remindBeforeEndMs.find(
    (before) => endsAtMs - before > sinceMs && (remindedMs === null || before < remindedMs),
  );
  return next === undefined ? undefined : { atMs: endsAtMs - next, beforeEndMs: next };
}
