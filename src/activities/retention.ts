/** A round of retention: deletes what was kept long enough, and finishes deletions that were broken off. */
import { log } from '@temporalio/activity';

import { deleteDue } from '../archive/delete/delete-due';
import type { Retention } from '../domain/policy';
import type { ActivityDependencies } from './dependencies';
import { cancellationSignal } from './progress';

type RetentionDependencies = Pick<
  ActivityDependencies,
  'dataDeletion' | 'dataKeys' | 'exportKeys' | 'parts' | 'storage' | 'now'
>;

/** Far below the time that a step may take; what is left is for the next round. */
const roundMs = 60_000;

export function createRetentionActivities(deps: RetentionDependencies) {
  return {
    /**
     * May be repeated and run beside any other deletion.
     *
     * @returns epoch time at which something is due: now, where a round was not enough; null while nothing is counted
     * @throws PortageError `STORAGE_UNAVAILABLE`: what was deleted stays so
     */
    async applyRetention({ retention }: { retention: Retention | null }): Promise<{ nextAtMs: number | null }> {
      const signal = cancellationSignal();
      const endsAt = performance.now() + roundMs;
      for await (const done of deleteDue(deps, retention ?? undefined, signal)) {
        log.info('data deleted', { ...done });
        if (performance.now() >= endsAt) return { nextAtMs: deps.now().getTime() };
      }
      const nextAt = retention === null ? undefined : await deps.dataDeletion.nextDueAt(retention);
      return { nextAtMs: nextAt?.getTime() ?? null };
    },
  };
}
