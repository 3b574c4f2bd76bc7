/** Exports that are near their deadlines, for which an event is recorded. */
import { and, asc, eq, isNull, lt, or } from 'drizzle-orm';

import type { Policy } from '../../domain/policy';
import type { Database } from '../database';
import { recordConsentEvent } from '../write-events';
import type { Export } from '../rows';
import { exportsTable } from '../schema';

/** An export is delayed when it has used up this share of its time. */
const delayedAfter = 0.8;

/** The deadline of the present step of an open export: the start, Google's work, or the storing. */
function deadlineOf(policy: Policy, { state, requestedAt, initiatedAt }: Export): Date {
  if (initiatedAt === null) return new Date(requestedAt.getTime() + policy.startWithinMs);
  const withinMs = state === 'waiting' ? policy.finishWithinMs : policy.storeWithinMs;
  return new Date(initiatedAt.getTime() + withinMs);
}

export function delayQueries(db: Database) {
  return {
    /** Open exports that have used up most of their time and have no event about it yet, oldest first. */
    async listDelayed(policy: Policy, now: Date, limit: number): Promise<{ row: Export; deadlineAt: Date }[]> {
      const usedUp = (withinMs: number) => new Date(now.getTime() - delayedAfter * withinMs);
      const { state, requestedAt, initiatedAt, lockedUntil } = exportsTable;
      const rows = await db
        .select()
        .from(exportsTable)
        .where(
          and(
            isNull(exportsTable.endedAt),
            isNull(exportsTable.delayedAt),
            or(
              // A start that Google has locked waits for its day.
              and(eq(state, 'initiating'), isNull(lockedUntil), lt(requestedAt, usedUp(policy.startWithinMs))),
              and(eq(state, 'waiting'), lt(initiatedAt, usedUp(policy.finishWithinMs))),
              lt(initiatedAt, usedUp(policy.storeWithinMs)),
            ),
          ),
        )
        .orderBy(asc(requestedAt))
        .limit(limit);
      return rows.map((row) => ({ row, deadlineAt: deadlineOf(policy, row) }));
    },

    /** Records an event once that an export is near its deadline. @returns whether it was recorded now */
    async recordDelay(id: string, deadlineAt: Date, at: Date): Promise<boolean> {
      return db.transaction(async (tx) => {
        const [row] = await tx
          .update(exportsTable)
          .set({ delayedAt: at })
          .where(and(eq(exportsTable.id, id), isNull(exportsTable.delayedAt), isNull(exportsTable.endedAt)))
          .returning();
        if (row === undefined) return false;
        const { consentId, resources, state } = row;
        await recordConsentEvent(tx, {
          type: 'export.delayed',
          consentId,
          exportId: id,
          data: { resources, state, deadlineAt: deadlineAt.toISOString() },
          at,
        });
        return true;
      });
    },
  };
}
