/** Whether a process can do its work: proves it at start and every minute, and remembers what failed and since when. */
import { setTimeout as pause } from 'node:timers/promises';

import { isOutage, PortageError, type ErrorCode } from '../domain/error-codes';
import type { Logger } from '../log';
import { outageWarningsOf } from '../limit-outage-warnings';

export interface Check {
  readonly name: string;
  /** The code for a failure that has none of its own, and for no answer in time. */
  readonly away: ErrorCode;
  /** Checks that are cheap, and are repeated by whoever asks. */
  readonly isQuick?: boolean;
  /** Fails when the process cannot do its work. */
  readonly run: (withinMs: number) => Promise<unknown>;
}

export interface Fault {
  readonly code: ErrorCode;
  /** For operators; tells of the inside. */
  readonly message: string;
  readonly remedy: string;
  readonly since: Date;
}

export interface ReadinessSettings {
  readonly checks: readonly Check[];
  readonly logger: Logger;
  readonly now: () => Date;
  /** Pause between two rounds in which nothing failed. */
  readonly everyMs: number;
  /** Longest pause after a round in which something failed; the first ones are shorter. */
  readonly retryMs: number;
  /** How long a check may take in a round, and when it is asked for in between. */
  readonly withinMs: number;
  readonly quickWithinMs: number;
  /** Awaited after each round. */
  readonly afterRound?: () => Promise<void>;
}

export type Readiness = ReturnType<typeof createReadiness>;

/** A check that keeps the limit itself knows best what was slow. */
const graceMs = 100;
const firstRetryMs = 1_000;

/** Checks count as failed with `NOT_READY` until they have passed once. Nothing is done before the first round. */
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
      // A peer that is away is warned of once for all; of other faults, each check names its own.
      const subject = isOutage(known.code) ? '' : name;
      warnings.warn(known.code, { check: name, reason: known.message, err: error }, 'readiness check failed', subject);
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
    /** Proves everything once. */
    round,

    /** Goes on proving until it is stopped; a round that failed is repeated sooner. */
    start(): void {
      running ??= repeat();
    },

    async stop(): Promise<void> {
      stopping.abort();
      await running;
    },

    /** Repeats what is cheap, for somebody who asks now. */
    async ask(): Promise<void> {
      await Promise.all(checks.filter(({ isQuick }) => isQuick).map((check) => prove(check, quickWithinMs)));
    },

    /** Proves some checks, by their names. */
    async prove(names: readonly string[]): Promise<void> {
      await Promise.all(checks.filter(({ name }) => names.includes(name)).map((check) => prove(check, withinMs)));
    },

    names: checks.map(({ name }) => name),
    /** What failed last, by the name of the check. */
    faults: faults as ReadonlyMap<string, Fault>,
    /** When the last round ended. */
    checkedAt: () => checkedAt,
  };
}

const faultOf = ({ code, message, remedy }: PortageError, since: Date): Fault => ({ code, message, remedy, since });

/** @throws what the check throws, or its code for no answer in time */
async function within(limitMs: number, away: ErrorCode, run: Check['run']): Promise<void> {
  const over = new AbortController();
  const late = pause(limitMs + graceMs, undefined, { signal: over.signal }).then(() => {
    throw new PortageError(away, { detail: `no answer within ${limitMs} ms` });
  });
  const asked = run(limitMs);
  // What comes later is of no interest.
  for (const each of [asked, late]) each.catch(() => undefined);
  try {
    await Promise.race([asked, late]);
  } finally {
    over.abort();
  }
}
