/** One limit of calls to Google for the whole project: every worker and the server take their turns from one row. */
import { setTimeout as pause } from 'node:timers/promises';

import { eq, sql, type SQL } from 'drizzle-orm';

import { PortageError } from '../domain/error-codes';
import { builtOnce, type Database } from './database';
import { callPacing } from './schema';

export type CallPacing = ReturnType<typeof createCallPacing>;

/** Unused turns stay valid for this long, so that a few calls may be made at the same time after a quiet moment. */
const burstMs = 1_000;
/** A caller with a longer wait comes back later, so that no step is kept open by waiting. */
const longestWaitMs = 10_000;
/**
 * How long one refusal may hold up the whole project: Google does not document whom a limit applies to
 * (docs/google-api.md Q10).
 */
const longestSlowDownMs = 60_000;

const ms = (value: number): SQL => sql`(${value}::float8 * interval '1 millisecond')`;

/**
 * Assigns turns by the database's clock, which is the same for all processes, in one statement each: the generic cell
 * rate algorithm, with `next_at` as the time of the next turn.
 *
 * @param limit the OAuth client, which belongs to one Google project, and how many calls a minute it may make; Google
 * publishes no figure (docs/google-api.md §7)
 */
export function createCallPacing(db: Database, limit: { clientId: string; perMinute: number }) {
  const { clientId } = limit;
  const step = ms(60_000 / limit.perMinute);
  const untilMs = (time: SQL) => sql<number>`extract(epoch from (${time} - clock_timestamp())) * 1000`.mapWith(Number);

  const takeTurn = db
    .insert(callPacing)
    .values({ clientId, nextAt: sql`clock_timestamp() - ${ms(burstMs)} + ${step}` })
    .onConflictDoUpdate({
      target: callPacing.clientId,
      set: { nextAt: sql`greatest(${callPacing.nextAt}, clock_timestamp() - ${ms(burstMs)}) + ${step}` },
      setWhere: sql`${callPacing.nextAt} <= clock_timestamp() + ${ms(longestWaitMs)}`,
    })
    .returning({ inMs: untilMs(sql`${callPacing.nextAt} - ${step}`) })
    .prepare(builtOnce);

  return {
    /**
     * Waits, in real time, until the next call may be made.
     *
     * @param signal ends the waiting; the turn is lost then
     * @throws PortageError `GOOGLE_RATE_LIMITED`, with the time after which to come back, when the next turn is far
     * away
     */
    async wait(signal?: AbortSignal): Promise<void> {
      const [turn] = await takeTurn.execute();
      if (turn !== undefined) {
        if (turn.inMs > 0) await pause(Math.ceil(turn.inMs), undefined, { signal });
        return;
      }
      const [next] = await db
        .select({ inMs: untilMs(sql`${callPacing.nextAt}`) })
        .from(callPacing)
        .where(eq(callPacing.clientId, clientId));
      throw new PortageError('GOOGLE_RATE_LIMITED', {
        detail: 'the next call of this project is not due yet',
        retryAfterMs: Math.ceil(Math.max(1_000, next?.inMs ?? 0)),
      });
    },

    /**
     * Assigns no turns for a while, after Google refused a call because of its rate. Turns that are already assigned
     * stay valid.
     *
     * @param forMs the pause that Google asked for; at most a minute of it counts
     */
    async slowDown(forMs: number): Promise<void> {
      const until = sql`clock_timestamp() + ${ms(Math.min(forMs, longestSlowDownMs))}`;
      await db
        .insert(callPacing)
        .values({ clientId, nextAt: until })
        .onConflictDoUpdate({
          target: callPacing.clientId,
          set: { nextAt: sql`greatest(${callPacing.nextAt}, ${until})` },
        });
    },
  };
}
