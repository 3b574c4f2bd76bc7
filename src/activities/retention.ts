/** A round of retention: deletes data older than RETENTION, and finishes interrupted deletions. */
import { log } from '@temporalio/activity';

import { deleteDue } from '../archive/delete/apply-retention';
import { eraseRemains } from '../archive/delete/erase-database-remains';
import type { Retention } from '../domain/policy';
import type { ActivityDependencies } from './dependencies';
import { cancellationSignal } from './progress';

type RetentionDependencies = Pick<
  ActivityDependencies,
  'dataDeletion' | 'dataKeys' | 'exportKeys' | 'parts' | 'retention' | 'storage' | 'now'
>;

/** Far below the limit of a step; the next round deletes the rest. */
const roundMs = 60_000;

/** What a round of retention says. */
export interface RetentionApplied {
  /** Epoch time at which something is due: now, where a round was not enough; null while nothing is counted. */
  readonly nextAtMs: number | null;
  /** How long data is kept; null: for ever. */
  readonly retention: Retention | null;
}

export function createRetentionActivities(deps: RetentionDependencies) {
  return {
    /**
     * May be repeated and may run at the same time as other deletions. How long data is kept is read from the
     * configuration of the worker, and never from its caller: a message to the workflow can delete nothing.
     *
     * @throws PortageError `STORAGE_UNAVAILABLE`: what was deleted stays so
     */
    async applyRetention(): Promise<RetentionApplied> {
      const retention = deps.retention() ?? null;
      const signal = cancellationSignal();
      const endsAt = performance.now() + roundMs;
      for await (const done of deleteDue(deps, retention ?? undefined, signal)) {
        log.info('data deleted', { ...done });
        if (performance.now() >= endsAt) return { nextAtMs: deps.now().getTime(), retention };
      }
      await eraseRemains(deps, log);
      const nextAt = retention === null ? undefined : await deps.dataDeletion.nextDueAt(retention);
      return { nextAtMs: nextAt?.getTime() ?? null, retention };
    },
  };
}
