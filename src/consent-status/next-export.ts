/** The schedule of the next export, derived from a consent's newest exports. For display only: Temporal decides. */
import { exportedResources, type Consent } from '../database/consents';
import type { Export } from '../database/exports';
import type { Policy } from '../domain/policy';
import { batchLoop, fitsBeforeEnd, isLast, nextStartMs } from '../domain/schedule';

export interface Schedule {
  /** The number of ended exports, of all resources and days. */
  readonly done: number;
  /** When Google is asked for the next one; undefined while every loop is busy, while paused, or when none follows. */
  readonly nextAt: Date | undefined;
  /** No further export fits before the end of the grant. */
  readonly isOver: boolean;
}

/** The loops that a consent may have had. */
export function loopsOf(consent: Consent): string[] {
  return [...consent.grantedResources, batchLoop];
}

/** The newest export that holds a resource: of its own loop or of the batch. */
export function newestOf<T extends Export>(resource: string, newest: readonly T[]): T | undefined {
  return newest
    .filter((row) => row.resources.includes(resource))
    .reduce<T | undefined>(
      (best, row) => (best === undefined || best.requestedAt < row.requestedAt ? row : best),
      undefined,
    );
}

/**
 * When Google is asked for the next export of a loop of time-based access, derived from its newest export.
 *
 * @returns undefined while that export is under way, and when none fits before the end of the grant
 */
export function nextAfter(row: Export, consent: Pick<Consent, 'endsAt'>, policy: Policy): Date | undefined {
  const at = isLast(row) ? undefined : nextStartMs(policy, row);
  return at !== undefined && fitsBeforeEnd(policy, at, consent.endsAt?.getTime() ?? null, 0) ? new Date(at) : undefined;
}

/**
 * @param newest the newest export of each loop
 * @returns times without the loops' random delays, which are seconds
 */
export function scheduleOf(consent: Consent, newest: readonly Export[], policy: Policy): Schedule {
  // Exports of a loop are numbered without gaps.
  const done = newest.reduce((sum, { cycle, endedAt }) => sum + (endedAt === null ? cycle - 1 : cycle), 0);
  if (consent.state !== 'active' || consent.accessType !== 'time_based' || consent.pausedAt !== null) {
    return { done, nextAt: undefined, isOver: false };
  }
  const all = new Set(exportedResources(consent).map((resource) => newestOf(resource, newest)));
  const current = new Set([...all].filter((row) => row === undefined || !isLast(row)));
  const times = [...current].flatMap((row) => (row === undefined ? [] : (nextStartMs(policy, row) ?? [])));
  const endsAtMs = consent.endsAt?.getTime() ?? null;
  const fitting = times.filter((at) => fitsBeforeEnd(policy, at, endsAtMs, 0));
  const isOver = times.length === current.size && fitting.length === 0 && times.length > 0;
  return { done, nextAt: fitting.length === 0 ? undefined : new Date(Math.min(...fitting)), isOver };
}
