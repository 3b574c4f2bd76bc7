/**
 * The state of worker processes as they report it, read by the servers; times are the database's, so that clocks do not
 * matter.
 */
import { and, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';

import { silentAfterSeconds, type QueueState, type WorkerFault } from '../domain/worker-state';
import type { Database } from './database';
import { newId } from './ids';
import { workers } from './schema';

export type WorkerStore = ReturnType<typeof createWorkerStore>;
export type WorkerRow = typeof workers.$inferSelect;

const silentAfter = sql`now() - make_interval(secs => ${silentAfterSeconds})`;
const forgottenAfter = sql`now() - interval '1 day'`;

export function createWorkerStore(db: Database) {
  return {
    /** @returns the id of a new worker process */
    newId: () => newId('wrk'),

    /** Stores the state of a worker, and deletes the rows of workers that have not reported for a day. */
    async record(id: string, state: { identity: string; queues: QueueState[]; faults: WorkerFault[] }): Promise<void> {
      const { queues, faults } = state;
      await db
        .insert(workers)
        .values({ id, ...state })
        .onConflictDoUpdate({ target: workers.id, set: { queues, faults, checkedAt: sql`now()` } });
      await db.delete(workers).where(lt(workers.checkedAt, forgottenAfter));
    },

    /** For a worker that stops regularly: Temporal lists it among the pollers for some minutes more. */
    async recordStop(id: string): Promise<void> {
      await db
        .update(workers)
        .set({ stoppedAt: sql`now()` })
        .where(eq(workers.id, id));
    },

    /** Workers that have reported recently. */
    async live(): Promise<WorkerRow[]> {
      return db
        .select()
        .from(workers)
        .where(and(isNull(workers.stoppedAt), gt(workers.checkedAt, silentAfter)))
        .orderBy(workers.id);
    },

    /** Identities of stopped workers that no live one has. */
    async stoppedIdentities(): Promise<Set<string>> {
      const rows = await db
        .select({ identity: workers.identity, isLive: sql<boolean>`bool_or(${workers.stoppedAt} is null)` })
        .from(workers)
        .where(or(gt(workers.checkedAt, silentAfter), gt(workers.stoppedAt, sql`now() - interval '10 minutes'`)))
        .groupBy(workers.identity);
      return new Set(rows.flatMap(({ identity, isLive }) => (isLive ? [] : [identity])));
    },
  };
}
