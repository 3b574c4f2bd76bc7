// One limit of calls for a whole Google project (docs/google-api.md §7, Q10): turns dealt out by one row.
import { eq, sql } from 'drizzle-orm';

import { createCallPacing } from '../../src/database/call-pacing';
import { callPacing } from '../../src/database/schema';
import type { PortageError } from '../../src/domain/error-codes';
import { onEveryDatabase, type Stage } from './databases';

/** The project of a story, which no other story shares, with as many users of its limit as wanted. */
function projectOf({ db }: Stage, perMinute: number) {
  const clientId = crypto.randomUUID();
  return {
    clientId,
    pacing: createCallPacing(db, { clientId, perMinute }),
    /** The database's clock and the time of the next turn, in milliseconds. */
    times: async (): Promise<{ now: number; next: number }> => {
      const millis = (time: ReturnType<typeof sql>) => sql<number>`extract(epoch from ${time}) * 1000`.mapWith(Number);
      const [row] = await db
        .select({ now: millis(sql`clock_timestamp()`), next: millis(sql`${callPacing.nextAt}`) })
        .from(callPacing)
        .where(eq(callPacing.clientId, clientId));
      if (row === undefined) throw new Error('no turn was taken yet');
      return row;
    },
  };
}

/** A wait that is given up at once when it is one. */
const givenUp = AbortSignal.abort();

onEveryDatabase((story) => {
  describe('the pace of calls', () => {
    story('lets the first calls go at once', async (stage) => {
      const { pacing } = projectOf(stage, 120);
      await pacing.wait(givenUp);
      await pacing.wait(givenUp);
      await pacing.wait(givenUp);
    });

    story('keeps the others waiting for their turn, and a caller that gives up loses it', async (stage) => {
      const { pacing, times } = projectOf(stage, 6);
      await pacing.wait(givenUp);
      const first = await times();
      await expect(pacing.wait(givenUp)).rejects.toMatchObject({ name: 'AbortError' });
      const second = await times();
      expect(second.next - first.next).toBeCloseTo(10_000);
    });

    story('waits in earnest', async (stage) => {
      const { pacing, times } = projectOf(stage, 600);
      await pacing.slowDown(150);
      const { next: turn } = await times();
      await pacing.wait();
      // A timer may be a millisecond early.
      expect((await times()).now).toBeGreaterThanOrEqual(turn - 2);
    });

    story('deals no turn out twice, however many ask at once', async (stage) => {
      const { pacing, times, clientId } = projectOf(stage, 60_000);
      const other = createCallPacing(stage.db, { clientId, perMinute: 60_000 });
      await pacing.slowDown(0);
      const { next: before } = await times();
      await Promise.all(Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? pacing : other).wait()));
      expect((await times()).next - before).toBeGreaterThan(49.9);
    });

    story(
      'sends away who would wait long, with the time to come back after, and takes no turn for that',
      async (stage) => {
        const { pacing, times } = projectOf(stage, 6);
        await pacing.slowDown(30_000);
        const { next } = await times();
        const errors = await Promise.all([1, 2, 3].map(() => pacing.wait().catch((error: unknown) => error)));
        for (const error of errors) {
          expect(error).toMatchObject({ code: 'GOOGLE_RATE_LIMITED', retryable: true });
          const { retryAfterMs } = error as PortageError;
          expect(retryAfterMs).toBeGreaterThan(10_000);
          expect(retryAfterMs).toBeLessThanOrEqual(30_000);
        }
        expect((await times()).next).toBe(next);
      },
    );

    story('is slowed down for at most a minute, and never sped up by a shorter time', async (stage) => {
      const { pacing, times } = projectOf(stage, 600);
      await pacing.slowDown(24 * 3_600_000);
      const long = await times();
      expect(long.next - long.now).toBeLessThanOrEqual(60_000);
      await pacing.slowDown(1_000);
      expect((await times()).next).toBe(long.next);
    });

    story('is that of one project', async (stage) => {
      const [one, two] = [projectOf(stage, 600), projectOf(stage, 600)];
      await one.pacing.slowDown(60_000);
      await two.pacing.wait(givenUp);
    });
  });
});
