/** Rounds of each server over the audit log: entries become links of its chain, and old ones are removed. */
import type { AuditLog } from '../database/audit-log';
import type { Config } from '../config';
import type { Logger } from '../log';

/** @returns a function that stops the rounds, and waits for one that is under way */
export function keepAudit(deps: { auditLog: AuditLog; config: Config; logger: Logger; now: () => Date }) {
  const { auditLog, config, logger, now } = deps;
  const { auditRetentionMs, housekeepingEveryMs } = config;
  let round: Promise<void> = Promise.resolve();
  const run = async () => {
    try {
      await auditLog.link();
      if (auditRetentionMs === undefined) return;
      const at = now();
      const pruned = await auditLog.prune(new Date(at.getTime() - auditRetentionMs), at);
      if (pruned > 0) logger.info({ entries: pruned }, 'old entries of the audit log were removed');
    } catch (err) {
      logger.warn({ err }, 'the audit log is linked and pruned in the next round');
    }
  };
  const timer = setInterval(() => {
    round = round.then(run);
  }, housekeepingEveryMs);
  return async (): Promise<void> => {
    clearInterval(timer);
    await round;
  };
}
