/** The defects around the request of an export: its resources and its window. */
import { storedVisits } from '../support/stored-records';
import { createUser, day, hour, minute } from '../support/virtual-users';
import { smallExports, startVirtualPortage, type VirtualPortage } from '../support/virtual-portage';

const filterable = 'myactivity.shopping';
const unfilterable = 'maps.starred_places';
const overlap = 3 * day;
const unavailable = { status: 503, body: '<html><title>Error 503</title></html>', contentType: 'text/html' };

describe('a time-based consent', () => {
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

  /** The bodies of the requests that Google took, oldest first. */
  const requestsOf = (user: ReturnType<typeof createUser>, resource?: string) =>
    user
      .calls('initiate')
      .filter(({ status }) => status === 200)
      .map(({ details }) => details as { resources: string[]; startTime?: string; endTime?: string })
      .filter(({ resources }) => resource === undefined || resources.includes(resource));

  it('D21: keeps the times of yesterday’s job that a 429 names, and still requests the missing range', async () => {
    const user = createUser(virtual);
    const { control } = virtual.emulator;
    control.addFault({ method: 'initiate', account: user.email, times: 100_000, ...unavailable });
    const { id } = await user.connect([filterable], { access: '30d' });
    await virtual.sleep(30 * minute);
    control.clearFaults();
    const at = (await virtual.now()).getTime();
    const [startTime, endTime] = [new Date(at - 2 * day), new Date(at - day)];
    const jobId = await user.startJob({ resources: [filterable], startTime, endTime });
    await virtual.sleep(2 * hour);

    expect(user.calls('initiate').filter(({ status }) => status === 429)).toHaveLength(1);
    const [adopted] = await user.exports(id);
    expect(adopted).toMatchObject({ state: 'ready', adopted: true, archiveJobId: jobId });
    expect(adopted).toMatchObject({ startTime, endTime, exportTime: endTime });

    // The range before the old job's window is due as before, and so is the range after it.
    await virtual.sleep(day);
    const [, next] = await user.exports(id);
    expect(next).toMatchObject({ state: 'ready', adopted: false, startTime: null });
    expect(next?.exportTime?.getTime()).toBeGreaterThan(at + day);
    await virtual.sleep(day);
    const [, , third] = await user.exports(id);
    expect(third?.startTime?.getTime()).toBe((next?.exportTime?.getTime() ?? 0) - overlap);
    await user.cancel(id);
  });

  it('D29: asks for a window where there is one, in another request than resources without one', async () => {
    const user = createUser(virtual);
    const { id } = await user.connect([filterable, unfilterable], { access: '30d' });
    await virtual.sleep(2 * day + hour);

    const [first, second, third] = requestsOf(user, filterable);
    for (const request of [first, second, third]) expect(request?.resources).toEqual([filterable]);
    expect(first?.startTime).toBeUndefined();
    expect(Date.parse(second?.startTime ?? '')).toBe(Date.parse(first?.endTime ?? '') - overlap);
    expect(Date.parse(third?.startTime ?? '')).toBe(Date.parse(second?.endTime ?? '') - overlap);
    const whole = requestsOf(user, unfilterable);
    expect(whole).toEqual([1, 2, 3].map(() => ({ resources: [unfilterable] })));
    expect(user.calls('initiate').filter(({ status }) => status !== 200)).toEqual([]);
    await user.cancel(id);
  });

  it('D29: asks for everything where Google’s lock forces both into one request', async () => {
    const user = createUser(virtual);
    virtual.emulator.control.setSwitches({ Q1: 'B' });
    const { id } = await user.connect([filterable, unfilterable], { access: '30d' });
    await virtual.sleep(4 * day);

    const mixed = requestsOf(user).filter(({ resources }) => resources.length > 1);
    expect(mixed.length).toBeGreaterThanOrEqual(2);
    for (const request of mixed) expect(Object.keys(request)).toEqual(['resources']);
    expect(user.calls('initiate').filter(({ status }) => status === 400)).toEqual([]);
    await user.cancel(id);
  });

  it('D54: fetches a record that arrives late with the next window, which overlaps the last one', async () => {
    const user = createUser(virtual);
    const { id } = await user.connect(['chrome.history'], { access: '30d' });
    await virtual.sleep(9 * day + hour);

    const exports = await user.exports(id);
    expect(exports.length).toBeGreaterThanOrEqual(10);
    const known = new Set<string>();
    let late = 0;
    let newestAt = new Date(0);
    for (const [index, row] of exports.entries()) {
      if (index > 0) expect(row.startTime?.getTime()).toBe((exports[index - 1]?.exportTime?.getTime() ?? 0) - overlap);
      const visits = await storedVisits(virtual.portage, row);
      late += visits.filter(({ url, at }) => !known.has(url) && at < newestAt).length;
      for (const { url } of visits) known.add(url);
      newestAt = row.exportTime ?? newestAt;
    }
    // A tenth of 4 to 15 visits a day arrives up to two days late (docs/emulator.md, "What the data are").
    expect(late).toBeGreaterThan(0);

    // Nothing that Google holds by now from the time before the last overlap is missing.
    await user.cancel(id);
    const again = await user.connect(['chrome.history'], { access: 'once' });
    await virtual.ended(again.id);
    const [whole] = await user.exports(again.id);
    const before = newestAt.getTime() - overlap;
    const held = (await storedVisits(virtual.portage, whole ?? { id: '', consentId: '' })).filter(
      ({ at }) => at.getTime() < before,
    );
    expect(held.length).toBeGreaterThan(100);
    expect(held.filter(({ url }) => !known.has(url))).toEqual([]);
  });

  it('D54: repeats a window whose answer was lost as it was, and gets one job for it', async () => {
    const user = createUser(virtual);
    const { control } = virtual.emulator;
    const { id } = await user.connect([filterable], { access: '30d' });
    await virtual.sleep(day - hour);
    control.addFault({ method: 'initiate', account: user.email, call: 1, times: 3, when: 'after', cut: true });
    control.setJobs({ durationMs: 2 * hour });
    await virtual.sleep(4 * hour);
    control.setJobs({ durationMs: 20 * minute });

    const bodies = user.calls('initiate').map(({ details }) => details);
    expect(bodies).toHaveLength(5);
    expect(bodies[1]).toMatchObject({ resources: [filterable] });
    expect(bodies[1]).toHaveProperty('startTime');
    for (const body of bodies.slice(2)) expect(body).toEqual(bodies[1]);
    expect(user.jobs()).toHaveLength(2);
    const [, second] = await user.exports(id);
    expect(second).toMatchObject({ state: 'ready', adopted: false, archiveJobId: user.jobs()[1]?.jobId });
    await user.cancel(id);
  });
});
