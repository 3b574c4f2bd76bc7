/** One warning a minute for each unavailable peer, however many steps and requests fail. */
import { remedyOf, type ErrorCode } from './domain/error-codes';
import type { Logger } from './log';

export type OutageWarnings = ReturnType<typeof createOutageWarnings>;

const everyMs = 60_000;

const ofLoggers = new WeakMap<Logger, OutageWarnings>();

/** The warnings of a process: all users of one logger share them, so that there is one warning for each peer. */
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
     * @param fields must contain no secret; `remedy`, and `unsaid`, the number of warnings left out since the last one,
     * are added
     * @param subject what the code is about, if it may concern several things at once: each has its own warnings
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
