/** The defects around the hour of a start: a rolling lock, other people's starts, and clocks that differ. */
import { exportNowUpdate } from '../../src/workflows/signals-and-queries';
import { createUser, day, hour, minute, type VirtualUser } from '../support/virtual-users';
import { smallExports, startVirtualPortage, type VirtualPortage } from '../support/virtual-portage';

const resource = 'myactivity.shopping';
const unavailable = { status: 503, body: '<html><title>Error 503</title></html>', contentType: 'text/html' };

/** When Google was asked to start, by its own clock, and its answer. */
const starts = (user: VirtualUser) =>
  user.calls('initiate').map(({ at, status }) => ({ atMs: Date.parse(at), status: status ?? 0 }));

describe('a daily export', () => {
  let virtual: VirtualPortage;

  beforeAll(async () => {
    virtual = await startVirtualPortage({ emulator: smallExports });
  });
  afterEach(() => {
    expect(virtual.emulator.control.unmetFaults()).toEqual([]);
  });
  afterAll(async () => {
    await virtual.stop();
  });

  /** Lets time pass to the next moment of this hour, UTC. */
  const sleepUntilHour = async (hours: number): Promise<number> => {
    const nowMs = (await virtual.now()).getTime();
    const midnightMs = Math.floor(nowMs / day) * day;
    const atMs = midnightMs + hours * hour;
    await virtual.sleep((atMs > nowMs ? atMs : atMs + day) - nowMs);
    return (await virtual.now()).getTime();
  };

  it('D17: that began at 04:00:00 rolls on with the lock, and never meets it', async () => {
    const user = createUser(virtual);
    const beganMs = await sleepUntilHour(4);
    const { id } = await user.connect([resource], { access: '30d' });
    await virtual.sleep(10 * day + hour);
    const seen = starts(user);
    expect(seen.map(({ status }) => status)).toEqual(Array.from({ length: 11 }, () => 200));
    expect((seen[0]?.atMs ?? 0) - beganMs).toBeLessThan(minute);
    for (const [index, { atMs }] of seen.slice(1).entries()) {
      const before = seen[index]?.atMs ?? 0;
      expect(atMs).toBeGreaterThan(before + day);
      expect(atMs).toBeLessThan(before + day + 2 * minute);
    }
    await user.cancel(id);
  });

  it('D17: refused shortly after four until 04:00:07 of the next day starts after that, with one call', async () => {
    const user = createUser(virtual);
    const beganMs = await sleepUntilHour(4);
    const untilMs = Math.floor(beganMs / hour) * hour + 2 * day + 7_000;
    const metadata = { timestamp_after_24hrs: new Date(untilMs).toISOString() };
    const details = [{ reason: 'RESOURCE_EXHAUSTED_TIME_BASED', metadata }];
    const body = { error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: '', details } };
    virtual.emulator.control.addFault({ method: 'initiate', account: user.email, call: 2, status: 429, body });
    const { id } = await user.connect([resource], { access: '30d' });
    await virtual.sleep(3 * day + hour);
    const seen = starts(user);
    expect(seen.map(({ status }) => status)).toEqual([200, 429, 200, 200]);
    expect(seen[2]?.atMs).toBeGreaterThan(untilMs);
    expect(seen[2]?.atMs).toBeLessThan(untilMs + 2 * minute);
    expect(seen[3]?.atMs).toBeGreaterThan((seen[2]?.atMs ?? 0) + day);
    await user.cancel(id);
  });

  it('D17: counts from noon after a start at noon', async () => {
    const user = createUser(virtual);
    await sleepUntilHour(4);
    const { id } = await user.connect([resource], { access: '30d' });
    await sleepUntilHour(12);
    const request = user.exportWorkflow(id, resource).executeUpdate(exportNowUpdate);
    expect(await request).toMatchObject({ kind: 'locked' });
    expect(starts(user)).toHaveLength(1);

    await virtual.send(id, 'pause');
    const noonMs = await sleepUntilHour(12);
    expect(starts(user)).toHaveLength(1);
    await virtual.send(id, 'resume');
    await virtual.sleep(3 * day + hour);
    const seen = starts(user);
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    for (const [index, { atMs }] of seen.slice(1).entries()) {
      expect(atMs).toBeGreaterThanOrEqual(noonMs + index * day);
      expect(atMs).toBeLessThan(noonMs + index * day + 10 * minute);
    }
    await user.cancel(id);
  });

  it('D17: counts from another client’s start at noon, which only Google reports', async () => {
    const user = createUser(virtual);
    await sleepUntilHour(4);
    const { id } = await user.connect([resource], { access: '30d' });
    await virtual.sleep(hour);
    await virtual.send(id, 'pause');
    await sleepUntilHour(3);
    const noonMs = await sleepUntilHour(12);
    await virtual.portage.grants.refresh(id);
    const jobId = await user.startJob({ resources: [resource] });
    await virtual.sleep(hour);
    await virtual.send(id, 'resume');
    await virtual.sleep(day + hour);
    const [, , ...own] = starts(user);
    expect(own.map(({ status }) => status)).toEqual([429, 200]);
    expect(own[1]?.atMs).toBeGreaterThan(noonMs + day);
    expect(own[1]?.atMs).toBeLessThan(noonMs + day + 10 * minute);
    expect((await user.exports(id)).map(({ archiveJobId }) => archiveJobId)).toContain(jobId);
    await user.cancel(id);
  });
});

describe.each([
  ['behind Google’s', 2 * hour],
  ['ahead of Google’s', -2 * hour],
])('with a clock two hours %s, a lock', (_name, googleAheadMs) => {
  let virtual: VirtualPortage;

  beforeAll(async () => {
    virtual = await startVirtualPortage({ emulator: smallExports, googleAheadMs });
  });
  afterAll(async () => {
    await virtual.stop();
  });

  it('D22: never refuses a loop that has its own last start', async () => {
    const user = createUser(virtual);
    const { id } = await user.connect([resource], { access: '30d' });
    await virtual.sleep(3 * day + hour);
    expect(starts(user).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await user.cancel(id);
  });

  it('D22: is waited for with one further call, by a consent that takes over from another one', async () => {
    const user = createUser(virtual);
    await user.connect([resource], { access: '30d' });
    await virtual.sleep(6 * hour);
    const newer = await user.connect([resource], { access: '30d' });
    await virtual.sleep(20 * hour);
    const seen = starts(user);
    expect(seen.map(({ status }) => status)).toEqual([200, 429, 200]);
    expect(seen[2]?.atMs).toBeGreaterThan((seen[0]?.atMs ?? 0) + day);
    expect(seen[2]?.atMs).toBeLessThan((seen[0]?.atMs ?? 0) + day + 10 * minute);
    await user.cancel(newer.id);
  });

  it('D22: is waited for with one further call where no start is on record', async () => {
    const user = createUser(virtual);
    const { control } = virtual.emulator;
    control.addFault({ method: 'initiate', account: user.email, times: 100_000, ...unavailable });
    const { id } = await user.connect([resource], { access: '30d' });
    await virtual.sleep(30 * minute);
    control.clearFaults();
    const failed = starts(user).length;
    await user.startJob({ resources: [resource] });
    const [manual] = starts(user).slice(failed);
    await virtual.sleep(day + hour);
    const [refused, next, ...more] = starts(user).slice(failed + 1);
    expect([refused?.status, next?.status, more.length]).toEqual([429, 200, 0]);
    expect(next?.atMs).toBeGreaterThan((manual?.atMs ?? 0) + day);
    expect(next?.atMs).toBeLessThan((manual?.atMs ?? 0) + day + 10 * minute);
    await user.cancel(id);
  });
});
