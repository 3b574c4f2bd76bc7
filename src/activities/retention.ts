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

/** The result of a round of retention. */
export interface RetentionApplied {
  /** Epoch time at which the next data is due: now, if a round was not enough; null if no data has a time limit. */
  readonly nextAtMs: number | null;
  /** How long data is kept; null: forever. */
  readonly retention: Retention | null;
}

export function createRetentionActivities(deps: RetentionDependencies) {
  return {
    /**
     * May be repeated and may run at the same time as other deletions. The retention time comes from the worker's
     * configuration, never from the caller: a message to the workflow can delete nothing.
     *
     * @throws PortageError `STORAGE_UNAVAILABLE`; the objects deleted before stay deleted
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
