/**
 * Whether a process can do its work: checks it at start and every minute, and remembers each fault and its beginning.
 */
import { setTimeout as pause } from 'node:timers/promises';

import { isOutage, PortageError, type ErrorCode } from '../domain/error-codes';
import type { Logger } from '../log';
import { outageWarningsOf } from '../limit-outage-warnings';

export interface Check {
  readonly name: string;
  /** The code for a failure without a code of its own, and for no answer in time. */
  readonly away: ErrorCode;
  /** Cheap checks, which are repeated at each request. */
  readonly isQuick?: boolean;
  /** Rejects when the process cannot do its work. */
  readonly run: (withinMs: number) => Promise<unknown>;
}

export interface Fault {
  readonly code: ErrorCode;
  /** For operators; contains internal details. */
  readonly message: string;
  readonly remedy: string;
  readonly since: Date;
}

export interface ReadinessSettings {
  readonly checks: readonly Check[];
  readonly logger: Logger;
  readonly now: () => Date;
  /** Pause between two rounds without a failure. */
  readonly everyMs: number;
  /** Longest pause after a round with a failure; the first pauses are shorter. */
  readonly retryMs: number;
  /** The time limit of a check, in a round and at a request. */
  readonly withinMs: number;
  readonly quickWithinMs: number;
  /** Awaited after each round. */
  readonly afterRound?: () => Promise<void>;
}

export type Readiness = ReturnType<typeof createReadiness>;

/** A check that enforces the limit itself can name the slow part better. */
const graceMs = 100;
const firstRetryMs = 1_000;

/** Checks count as failed with `NOT_READY` until they have passed once. No check runs before the first round. */
export function createReadiness(settings: ReadinessSettings) {
  const { checks, logger, now, everyMs, retryMs, withinMs, quickWithinMs } = settings;
  const warnings = outageWarningsOf(logger);
  const stopping = new AbortController();
  const began = now();
  const unproven = new PortageError('NOT_READY', { detail: 'not checked yet' });
  const faults = new Map<string, Fault>(checks.map(({ name }) => [name, faultOf(unproven, began)]));
  let checkedAt: Date | undefined;
  let running: Promise<void> | undefined;

  const prove = async ({ name, away, run }: Check, limitMs: number): Promise<void> => {
    const before = faults.get(name);
    try {
      await within(limitMs, away, run);
      faults.delete(name);
      if (before !== undefined && before.code !== 'NOT_READY')
        logger.info({ check: name }, 'readiness check passes again');
    } catch (error) {
      const known = error instanceof PortageError ? error : new PortageError(away, { cause: error });
      const isSame = before?.code === known.code;
      faults.set(name, faultOf(known, isSame ? before.since : now()));
      // One warning covers an unavailable peer; other faults have one for each check.
      const subject = isOutage(known.code) ? '' : name;
      // Before the migration, the reason says everything.
      const trace = known.code === 'DATABASE_OUTDATED' ? {} : { err: error };
      const about = { check: name, reason: known.message, ...trace };
      warnings.warn(known.code, about, 'readiness check failed', subject);
    }
  };

  const round = async (): Promise<void> => {
    await Promise.all(checks.map((check) => prove(check, withinMs)));
    checkedAt = now();
    await settings.afterRound?.().catch((error: unknown) => {
      const code = error instanceof PortageError ? error.code : 'UNEXPECTED';
      warnings.warn(code, { err: error }, 'readiness could not be recorded');
    });
  };

  const repeat = async (): Promise<void> => {
    for (let failed = 0; !stopping.signal.aborted;) {
      await round();
      failed = faults.size === 0 ? 0 : failed + 1;
      const waitMs = failed === 0 ? everyMs : Math.min(everyMs, retryMs, firstRetryMs * 2 ** (failed - 1));
      await pause(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };

  return {
    /** Runs all checks once. */
    round,

    /** Repeats the checks until it is stopped, and sooner after a round that failed. */
    start(): void {
      running ??= repeat();
    },

    async stop(): Promise<void> {
      stopping.abort();
      await running;
    },

    /** Repeats the cheap checks, for a request. */
    async ask(): Promise<void> {
      await Promise.all(checks.filter(({ isQuick }) => isQuick).map((check) => prove(check, quickWithinMs)));
    },

    /** Runs some checks, by their names. */
    async prove(names: readonly string[]): Promise<void> {
      await Promise.all(checks.filter(({ name }) => names.includes(name)).map((check) => prove(check, withinMs)));
    },

    names: checks.map(({ name }) => name),
    /** The last faults, by the name of the check. */
    faults: faults as ReadonlyMap<string, Fault>,
    /** When the last round ended. */
    checkedAt: () => checkedAt,
  };
}

const faultOf = ({ code, message, remedy }: PortageError, since: Date): Fault => ({ code, message, remedy, since });

/** @throws the error of the check, or its code for no answer in time */
async function within(limitMs: number, away: ErrorCode, run: Check['run']): Promise<void> {
  const over = new AbortController();
  const late = pause(limitMs + graceMs, undefined, { signal: over.signal }).then(() => {
    throw new PortageError(away, { detail: `no answer within ${limitMs} ms` });
  });
  const asked = run(limitMs);
  // Later results are ignored.
  for (const each of [asked, late]) each.catch(() => undefined);
  try {
    await Promise.race([asked, late]);
  } finally {
    over.abort();
  }
}
