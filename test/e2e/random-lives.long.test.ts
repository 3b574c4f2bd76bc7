/**
 * Random lives: messages, faults and times, and after each step everything that must always be true. `TEST_SEED` draws
 * other lives, and `RANDOM_LIVES_RUNS` says how many. A failure prints its seed and path; with `RANDOM_LIVES_PATH` as
 * well, that life is lived again.
 */
import fc from 'fast-check';

import { consentWorkflowId } from '../../src/workflows/ids';
import { day } from '../support/virtual-users';
import { startVirtualPortage, type VirtualPortage } from '../support/virtual-portage';
import { checkLaws, checkThatLivesEnd, checkThatLivesGoOn } from './always-true';
import { calm, lives, take, type Lifetime } from './life-steps';
import { beginLife, liveThrough, type Life } from './random-life';

const { RANDOM_LIVES_PATH: path, RANDOM_LIVES_RUNS: runs } = process.env;
const steps = { shortest: 25, longest: 28 };
/** A life takes seconds, so a failing one is made shorter no more often than that. */
const mostShrinks = 4;

// Where workers are replaced they keep no workflow in memory, which makes lives three times as long: fewer of them.
describe.each([
  { restarts: false, wanted: 8 },
  { restarts: true, wanted: 2 },
])('whatever happens in the life of a consent (deploys: $restarts)', ({ restarts, wanted }) => {
  let virtual: VirtualPortage;

  beforeAll(async () => {
    virtual = await startVirtualPortage({ restarts });
  });
  afterAll(async () => {
    await virtual.stop();
  });

  const live = async (life: Life, { first, steps: later, isLong }: Lifetime): Promise<number> => {
    const all = [first, ...later, ...(isLong ? [{ do: 'pass', ms: 31 * day } as const] : [])];
    let done = 0;
    try {
      for (const step of all) {
        await take(life, step);
        await checkLaws(life);
        done += 1;
      }
      calm(life);
      for (const whom of life.consents.keys()) await take(life, { do: 'send', message: 'resume', whom, times: 1 });
      await checkThatLivesGoOn(life);
      await checkThatLivesEnd(life);
      return done;
    } catch (error) {
      const story = await liveThrough(life);
      // The remains of a failed life would run during the next one.
      for (const { id } of life.consents) {
        const handle = virtual.environment.client.workflow.getHandle(consentWorkflowId(id));
        await handle.terminate().catch(() => undefined);
      }
      throw new Error(`after ${done} of ${all.length} steps: ${String(error)}\n${story}`, { cause: error });
    }
  };

  it('the invariants hold', async () => {
    let done = 0;
    let failed = 0;
    const property = fc.asyncProperty(lives({ ...steps, restarts }), async (lifetime) => {
      if (failed > mostShrinks) return;
      const { control } = virtual.emulator;
      control.clearRequests();
      control.setSwitches('documented');
      // A first start that is late, since a lock held it up, is one that Google cannot mean to refuse.
      control.setSwitches({ ...lifetime.world, Q12: 'B' });
      const life = beginLife(virtual, { isShared: lifetime.isShared });
      calm(life);
      failed += 1;
      done += await live(life, lifetime);
      failed -= 1;
      process.stderr.write(`${done} steps of random lives\n`);
    });
    await fc.assert(property, {
      numRuns: Number(runs ?? wanted),
      ...(path === undefined ? {} : { path }),
    });
    if (path === undefined) expect(done).toBeGreaterThanOrEqual(Number(runs ?? wanted) * steps.shortest);
  }, 3_600_000);
});
