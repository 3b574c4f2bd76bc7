/** One warning a minute for each peer that is away, however many steps and requests meet it. */
import { remedyOf, type ErrorCode } from './domain/error-codes';
import type { Logger } from './log';

export type OutageWarnings = ReturnType<typeof createOutageWarnings>;

const everyMs = 60_000;

const ofLoggers = new WeakMap<Logger, OutageWarnings>();

/** The warnings of a process: all that log to the same logger share them, so that a peer is warned of once for all. */
export function outageWarningsOf(logger: Logger): OutageWarnings {
  const known = ofLoggers.get(logger) ?? createOutageWarnings(logger);
  ofLoggers.set(logger, known);
  return known;
}

/** @param nowMs milliseconds of a clock that only goes forward */
export function createOutageWarnings(logger: Logger, nowMs: () => number = () => performance.now()) {
  const warned = new Map<string, { atMs: number; unsaid: number }>();
  return {
    /**
     * @param fields must hold no secret; added are `remedy`, what to do, and `unsaid`, how many warnings were left out since
     * the last one
     * @param subject what the code is told of, where it may be several things at once: each is warned of for itself
     */
    warn(errorCode: ErrorCode, fields: Record<string, unknown>, message: string, subject = ''): void {
      const key = `${errorCode} ${subject}`;
      const before = warned.get(key);
      if (before !== undefined && nowMs() - before.atMs < everyMs) {
        before.unsaid += 1;
        return;
      }
      warned.set(key, { atMs: nowMs(), unsaid: 0 });
      logger.warn({ ...fields, errorCode, remedy: remedyOf(errorCode), unsaid: before?.unsaid ?? 0 }, message);
    },
  };
}
