/** One warning a minute for each peer that is away, however many steps and requests meet it. */
import type { Logger } from './log';

export type OutageWarnings = ReturnType<typeof createOutageWarnings>;

const everyMs = 60_000;

/** @param nowMs milliseconds of a clock that only goes forward */
export function createOutageWarnings(logger: Logger, nowMs: () => number = () => performance.now()) {
  const warned = new Map<string, { atMs: number; unsaid: number }>();
  return {
    /** @param fields must hold no secret; `unsaid` is added: how many warnings were left out since the last one */
    warn(errorCode: string, fields: Record<string, unknown>, message: string): void {
      const before = warned.get(errorCode);
      if (before !== undefined && nowMs() - before.atMs < everyMs) {
        before.unsaid += 1;
        return;
      }
      warned.set(errorCode, { atMs: nowMs(), unsaid: 0 });
      logger.warn({ ...fields, errorCode, unsaid: before?.unsaid ?? 0 }, message);
    },
  };
}
