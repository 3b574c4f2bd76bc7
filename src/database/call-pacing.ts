/** One limit of calls to Google for the whole project: every worker and the server take their turns from one row. */
import { setTimeout as pause } from 'node:timers/promises';

import { eq, sql, type SQL } from 'drizzle-orm';

import { PortageError } from '../domain/error-codes';
import { builtOnce, type Database } from './database';
import { callPacing } from './schema';

export type CallPacing = ReturnType<typeof createCallPacing>;

/** Turns that nobody took stay good for this long, so that a few calls may go out at once after a quiet moment. */
const burstMs = 1_000;
/** Who would have to wait longer comes back later, so that no step is kept open by waiting. */
const longestWaitMs = 10_000;
/** How far one refusal may hold up the whole project: whom a limit binds is not known (docs/google-api.md Q10). */
const longestSlowDownMs = 60_000;

const ms = (value: number): SQL => sql`(${value}::float8 * interval '1 millisecond')`;

/**
 * Deals out turns by the database's clock, the same for all processes, in one statement each: the generic cell rate
 * algorithm, with `next_at` as the time of the next turn.
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
     * Waits, in real time, until one more call may go out.
     *
     * @param signal ends the waiting; the turn is lost then
     * @throws PortageError `GOOGLE_RATE_LIMITED`, with the time to come back after, when the next turn is far off
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
     * Lets nobody take a turn for a while, after Google refused a call for its rate. Who has a turn already keeps it.
     *
     * @param forMs what Google asked for; at most a minute of it counts
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
