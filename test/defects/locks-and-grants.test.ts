/** The defects around Google's lock and around the reset of grants, provoked in a whole Portage in virtual time. */
import { eq } from 'drizzle-orm';

import type { Export } from '../../src/database/exports';
import { archiveJobs } from '../../src/database/schema';
import { createUser, day, hour, minute } from '../support/virtual-users';
import { smallExports, startVirtualPortage, type VirtualPortage } from '../support/virtual-portage';
import { allTests, longIt } from '../support/long';

const resource = 'myactivity.shopping';

describe('a consent', () => {
  let virtual: VirtualPortage;

  beforeAll(async () => {
    virtual = await startVirtualPortage({ emulator: { jobs: smallExports.jobs } });
  });
  afterEach(() => {
    expect(virtual.emulator.control.unmetFaults()).toEqual([]);
    virtual.emulator.control.setSwitches('documented');
  });
  afterAll(async () => {
    await virtual.stop();
  });

  it('D16: refused until 23 hours ahead makes exactly one further call, after that time', async () => {
    const user = createUser(virtual);
    const until = new Date((await virtual.now()).getTime() + 23 * hour);
    const metadata = { timestamp_after_24hrs: until.toISOString() };
    const details = [{ reason: 'RESOURCE_EXHAUSTED_TIME_BASED', metadata }];
    const body = { error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: '', details } };
    virtual.emulator.control.addFault({ method: 'initiate', account: user.email, status: 429, body });
    const { id } = await user.connect([resource], { access: '30d' });
    await virtual.sleep(23 * hour + 30 * minute);

    expect(user.calls('initiate').map(({ status }) => status)).toEqual([429, 200]);
    expect(Date.parse(user.calls('initiate')[1]?.at ?? '')).toBeGreaterThan(until.getTime());
    await user.cancel(id);
  });

  longIt('D38: for one more resource leaves the first grant active', async () => {
    const user = createUser(virtual);
    const first = await user.connect([resource], { access: '30d' });
    await virtual.sleep(2 * hour);
    const second = await user.connect(['myactivity.maps'], { access: '30d' });
    await virtual.sleep(2 * day);

    for (const { id } of [first, second]) {
      expect(await user.find(id)).toMatchObject({ state: 'active' });
      const exports = await user.exports(id);
      expect(exports.length).toBeGreaterThanOrEqual(2);
      expect(exports.filter(({ verdict }) => verdict !== 'complete')).toEqual([]);
    }
    await user.cancel(first.id);
    await user.cancel(second.id);
  });

  /** @param Q2 the scope of Google's lock, one of the emulator's switches */
  const takesTurns = async (Q2: 'A' | 'B', count: number) => {
    virtual.emulator.control.setSwitches({ Q1: 'B', Q2, Q12: 'B' });
    const user = createUser(virtual);
    const consents = [];
    for (const each of ['myactivity.shopping', 'myactivity.maps', 'myactivity.search'].slice(0, count)) {
      consents.push(await user.connect([each], { access: '30d' }));
      await virtual.sleep(hour);
    }
    await virtual.sleep(12 * day);

    for (const { id } of consents) {
      const starts = (await user.exports(id)).flatMap(({ initiatedAt }) => initiatedAt?.getTime() ?? []);
      expect(starts.length).toBeGreaterThanOrEqual(Math.floor(12 / count));
      const pauses = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
      expect(Math.max(...pauses)).toBeLessThan(count * (day + 10 * minute));
    }
    for (const { id } of consents) await user.cancel(id);
  };
  const turns = 'D39: takes turns with the others of its user where Google’s lock counts for the person';
  longIt(`${turns} (Q2 A, 2 consents)`, () => takesTurns('A', 2));
  longIt(`${turns} (Q2 B, 2 consents)`, () => takesTurns('B', 2));
  longIt(`${turns} (Q2 A, 3 consents)`, () => takesTurns('A', 3));

  it.each(allTests ? ['of ours', 'of another client'] : ['of ours'])(
    'D39: waits out a lock for which Google names the cancelled job of another resource (%s)',
    async (whose) => {
      const { control } = virtual.emulator;
      control.setSwitches({ Q1: 'B', Q2: 'A', Q12: 'B' });
      const user = createUser(virtual);
      const { id } = await user.connect([resource], { access: '30d' });
      await virtual.sleep(2 * hour);
      await virtual.send(id, 'pause');
      const other = await user.connect(['myactivity.maps'], { access: '30d' });
      control.setJobs({ durationMs: 6 * hour });
      await virtual.sleep(day);
      // Waiting for its end alone would let time pass to other due work, up to a reminder two weeks later.
      await virtual.send(other.id, 'cancel');
      await virtual.sleep(10 * minute);
      expect(await user.find(other.id)).toMatchObject({ state: 'cancelled' });
      expect(user.calls('cancel').map(({ status }) => status)).toEqual([200]);
      const { archiveJobId } = (await user.exports(other.id)).find((each) => each.archiveJobId !== null) as Export;
      if (whose === 'of another client') {
        await virtual.portage.database.db.delete(archiveJobs).where(eq(archiveJobs.id, archiveJobId ?? ''));
      }

      control.setJobs({ durationMs: 20 * minute });
      const before = user.calls('initiate').length;
      await virtual.send(id, 'resume');
      await virtual.sleep(2 * day);
      const starts = user.calls('initiate').slice(before);
      expect(starts.map(({ status }) => status).slice(0, 2)).toEqual([429, 200]);
      expect(await user.find(id)).toMatchObject({ state: 'active', errorCode: null });
      const codes = (await user.exports(id)).map(({ errorCode }) => errorCode);
      expect(codes.filter((code) => code !== null && code !== 'EXPORT_STOPPED')).toEqual([]);
      await user.cancel(id);
    },
  );

  it('D41: that is disconnected stays pending while Google refuses the reset, which is repeated, then revoked', async () => {
    const user = createUser(virtual);
    const fault = { method: 'reset', account: user.email, times: 4, status: 500, body: 'no' } as const;
    const { id } = await user.connect([resource], { access: '30d' });
    await virtual.sleep(2 * hour);
    virtual.emulator.control.addFault(fault);
    expect(await user.cancel(id)).toMatchObject({ state: 'cancelled', errorCode: null, resetAnswer: 'done' });
    expect(user.calls('reset').map(({ status }) => status)).toEqual([500, 500, 500, 500, 200]);
    expect(user.calls('revoke')).toHaveLength(1);
    expect(await virtual.portage.tokens.find(id)).toBeUndefined();
  });
});
