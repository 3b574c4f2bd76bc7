/** The defects around an archive job that runs for days, provoked in a whole Portage in virtual time. */
import { createUser, day, hour, minute, passUntil } from '../support/virtual-users';
import { startVirtualPortage, type VirtualPortage } from '../support/virtual-portage';
import { allTests, longIt } from '../support/long';

const resource = 'myactivity.shopping';
const unavailable = { status: 503, body: '<html><title>Error 503</title></html>', contentType: 'text/html' };

describe('an archive job', () => {
  let virtual: VirtualPortage;

  beforeAll(async () => {
    virtual = await startVirtualPortage({ environment: { RETRY_LONGEST: '2h' } });
  });
  afterEach(() => {
    const { control } = virtual.emulator;
    // A fault that was ordered and never met would make its test prove nothing.
    expect(control.unmetFaults()).toEqual([]);
    control.setJobs({ durationMs: 20 * minute, failNext: 0, dataParts: 2, manifest: 'switch' });
    control.setSwitches('documented');
  });
  afterAll(async () => {
    await virtual.stop();
  });

  it.each(allTests ? [1, 3] : [3])(
    'D1: that fails %i times is started again as often, each time by its new id, and read once it is complete',
    async (failures) => {
      const user = createUser(virtual);
      virtual.emulator.control.setJobs({ failNext: failures });
      const { id } = await user.connect([resource], { access: 'once' });
      expect(await virtual.ended(id)).toMatchObject({ state: 'completed' });
      expect(await user.exports(id)).toMatchObject([{ state: 'ready', verdict: 'complete' }]);

      const jobs = user.jobs().map(({ jobId }) => jobId);
      expect(jobs).toHaveLength(failures + 1);
      expect(user.calls('retry').map(({ jobId }) => jobId)).toEqual(jobs.slice(0, -1));
      const states = user.calls('state').map(({ jobId }) => jobId);
      expect([...new Set(states)]).toEqual(jobs);
      expect([...new Set(user.calls('download').map(({ jobId }) => jobId))]).toEqual(jobs.slice(-1));
    },
  );

  it('D1: that fails four times ends as a named failure, and nothing was ever fetched', async () => {
    const user = createUser(virtual);
    virtual.emulator.control.setJobs({ failNext: 4 });
    const { id } = await user.connect([resource], { access: 'once' });
    expect(await virtual.ended(id)).toMatchObject({ state: 'failed', errorCode: 'ARCHIVE_FAILED' });
    expect(await user.exports(id)).toMatchObject([{ state: 'failed', errorCode: 'ARCHIVE_FAILED', verdict: null }]);
    expect(user.calls('retry')).toHaveLength(3);
    expect(user.calls('download')).toEqual([]);
  });

  it('D5: with one link is whole', async () => {
    const user = createUser(virtual);
    virtual.emulator.control.setJobs({ dataParts: 1, manifest: 'same-part' });
    const { id } = await user.connect([resource], { access: 'once' });
    expect(await virtual.ended(id)).toMatchObject({ state: 'completed' });
    expect(await user.exports(id)).toMatchObject([{ state: 'ready', verdict: 'complete', partsTotal: 1 }]);
  });

  it('D5: whose links come in another order between two tries is whole, and fetches no part twice', async () => {
    const user = createUser(virtual);
    const { control } = virtual.emulator;
    control.setJobs({ dataParts: 1, manifest: 'own-part' });
    control.addFault({ method: 'download', account: user.email, call: 2, times: 1_000, status: 500, body: 'no' });
    const { id } = await user.connect([resource], { access: 'once' });
    await passUntil(virtual, 'the second part fails', () => (user.calls('download').length > 2 ? true : undefined));

    const [job] = user.jobs();
    const answer = await fetch(`${virtual.emulator.url}/v1/archiveJobs/${job?.jobId ?? ''}/portabilityArchiveState`, {
      headers: { authorization: `Bearer ${user.token()}` },
    });
    const state = (await answer.json()) as { urls: string[] };
    expect(state.urls).toHaveLength(2);
    control.clearFaults();
    const swapped = { ...state, urls: [...state.urls].reverse() };
    control.addFault({ method: 'state', account: user.email, status: 200, body: swapped });

    expect(await virtual.ended(id)).toMatchObject({ state: 'completed' });
    expect(await user.exports(id)).toMatchObject([{ state: 'ready', verdict: 'complete', partsTotal: 2 }]);
    // Parts are fetched by range.
    const fetched = user.calls('download').filter(({ status }) => status === 206);
    expect(fetched).toHaveLength(2);
    expect(new Set(fetched.map(({ path }) => path)).size).toBe(2);
  });

  longIt(
    'D5: whose links are all dead ends as a named failure when Google discards it, not as one in progress',
    async () => {
      const user = createUser(virtual);
      const { control } = virtual.emulator;
      control.addFault({ method: 'download', account: user.email, times: 100_000, status: 403, body: '<Error/>' });
      const { id, createdAt } = await user.connect([resource], { access: 'once' });
      const consent = await virtual.ended(id);
      control.clearFaults();
      expect(consent).toMatchObject({ state: 'failed', errorCode: 'ARCHIVE_EXPIRED' });
      expect(await user.exports(id)).toMatchObject([{ state: 'failed', errorCode: 'ARCHIVE_EXPIRED' }]);
      expect((consent.endedAt?.getTime() ?? 0) - createdAt.getTime()).toBeGreaterThan(13 * day);
    },
  );

  longIt('D11: that is ready is stored at once, though another of the same consent takes six days', async () => {
    const user = createUser(virtual);
    const { control } = virtual.emulator;
    const slow = 'myactivity.maps';
    control.addFault({ method: 'initiate', account: user.email, resource: slow, times: 100, ...unavailable });
    const { id } = await user.connect([resource, slow], { access: 'once' });
    await passUntil(virtual, 'the quick job', () => (user.jobs().length === 1 ? true : undefined), { stepMs: 1_000 });
    control.setJobs({ durationMs: 6 * day });
    control.clearFaults();

    await passUntil(virtual, 'both jobs', () => (user.jobs().length === 2 ? true : undefined));
    await virtual.sleep(2 * hour);
    expect(await user.exports(id, slow)).toMatchObject([{ state: 'waiting' }]);
    const [quick] = await user.exports(id, resource);
    expect(quick).toMatchObject({ state: 'ready', verdict: 'complete' });
    expect(await virtual.portage.exports.listParts(quick?.id ?? '')).toHaveLength(quick?.partsTotal ?? -1);
    expect(user.calls('reset')).toEqual([]);

    expect(await virtual.ended(id)).toMatchObject({ state: 'completed' });
    const [last] = await user.exports(id, slow);
    expect(last).toMatchObject({ state: 'ready', verdict: 'complete' });
    expect((last?.endedAt?.getTime() ?? 0) - (quick?.endedAt?.getTime() ?? 0)).toBeGreaterThan(5 * day);
  });

  longIt('D23: of three days is asked for every 5 to 60 minutes, more rarely with its age, with jitter', async () => {
    const user = createUser(virtual);
    virtual.emulator.control.setJobs({ durationMs: 3 * day });
    const { id } = await user.connect([resource], { access: 'once' });
    expect(await virtual.ended(id)).toMatchObject({ state: 'completed' });

    const times = user.calls('state').map(({ at }) => Date.parse(at));
    // The last question is the download's own, for fresh links.
    const pauses = times.slice(1, -1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(4.5 * minute);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(67 * minute);
    expect(pauses[0]).toBeLessThan(6 * minute);
    expect(pauses.at(-1)).toBeGreaterThan(53 * minute);
    expect(times.length).toBeGreaterThan(75);
    expect(times.length).toBeLessThan(120);
    // Equal but for the jitter, were it not for that.
    expect(new Set(pauses.slice(-10).map((pause) => Math.round(pause / 1_000))).size).toBeGreaterThan(3);
  });

  longIt('D27: whose first five starts fail is started by the sixth', async () => {
    const user = createUser(virtual);
    virtual.emulator.control.addFault({ method: 'initiate', account: user.email, times: 5, ...unavailable });
    const { id } = await user.connect([resource], { access: 'once' });
    expect(await virtual.ended(id)).toMatchObject({ state: 'completed' });
    expect(user.calls('initiate').map(({ status }) => status)).toEqual([503, 503, 503, 503, 503, 200]);
  });

  longIt('D27: of time-based access that cannot be started for a day ends as a named failure', async () => {
    const user = createUser(virtual);
    const { control } = virtual.emulator;
    control.addFault({ method: 'initiate', account: user.email, times: 100_000, ...unavailable });
    const { id, createdAt } = await user.connect([resource], { access: '30d' });
    const first = await passUntil(
      virtual,
      'the end of the first export',
      async () => (await user.exports(id)).find(({ endedAt }) => endedAt !== null),
      { stepMs: 2 * hour },
    );
    expect(first).toMatchObject({ state: 'failed', errorCode: 'START_OVERDUE' });
    const endedAfter = (first.endedAt?.getTime() ?? 0) - createdAt.getTime();
    expect(endedAfter).toBeGreaterThan(20 * hour);
    expect(endedAfter).toBeLessThanOrEqual(day + minute);
    control.clearFaults();
    await user.cancel(id);
  });

  it('D27, D57: of one-time access is asked for on after a day: an answer that was lost may have started it', async () => {
    const user = createUser(virtual);
    const { control } = virtual.emulator;
    control.addFault({ method: 'initiate', account: user.email, times: 100_000, ...unavailable });
    const { id } = await user.connect([resource], { access: 'once' });
    await virtual.sleep(2 * day);
    expect(await user.exports(id)).toMatchObject([{ state: 'initiating', endedAt: null }]);
    expect(user.calls('reset')).toEqual([]);
    control.clearFaults();
    // It was not started, and a first start comes too late by now (docs/google-api.md Q12).
    expect(await virtual.ended(id)).toMatchObject({ state: 'failed', errorCode: 'START_OVERDUE', resetAnswer: 'done' });
    expect(user.calls('initiate').at(-1)).toMatchObject({ status: 403 });
  });

  it('D30: that is cancelled at Google ends with that reason, is not asked for again, and the next day’s comes', async () => {
    const user = createUser(virtual);
    virtual.emulator.control.setJobs({ durationMs: 10 * hour });
    const { id } = await user.connect([resource], { access: '30d' });
    const job = await passUntil(virtual, 'the job', () => user.jobs()[0], { stepMs: minute });
    const cancelled = await fetch(`${virtual.emulator.url}/v1/archiveJobs/${job.jobId}:cancel`, {
      method: 'POST',
      headers: { authorization: `Bearer ${user.token()}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(cancelled.status).toBe(200);
    virtual.emulator.control.setJobs({ durationMs: 20 * minute });
    await virtual.sleep(4 * hour);
    expect(await user.exports(id)).toMatchObject([{ state: 'failed', errorCode: 'ARCHIVE_CANCELLED' }]);
    const polls = user.calls('state').length;
    await virtual.sleep(12 * hour);
    expect(user.calls('state')).toHaveLength(polls);

    await virtual.sleep(12 * hour);
    expect(await user.exports(id)).toMatchObject([{ state: 'failed' }, { state: 'ready', verdict: 'complete' }]);
    await user.cancel(id);
  });

  longIt('D30: in an unknown state is polled until it is complete', async () => {
    const user = createUser(virtual);
    virtual.emulator.control.setSwitches({ Q17: 'A' });
    virtual.emulator.control.setJobs({ durationMs: 2 * hour });
    const { id } = await user.connect([resource], { access: 'once' });
    expect(await virtual.ended(id)).toMatchObject({ state: 'completed' });
    expect(await user.exports(id)).toMatchObject([{ state: 'ready', verdict: 'complete' }]);
    expect(user.calls('state').length).toBeGreaterThan(5);
  });

  longIt('D30: that never leaves such a state ends as a named failure at its deadline', async () => {
    const user = createUser(virtual);
    const { control } = virtual.emulator;
    const body = { name: 'archiveJobs/x/portabilityArchiveState', state: 'NEW_VALUE' };
    control.addFault({ method: 'state', account: user.email, times: 100_000, status: 200, body });
    const { id, createdAt } = await user.connect([resource], { access: 'once' });
    const consent = await virtual.ended(id);
    control.clearFaults();
    expect(consent).toMatchObject({ state: 'failed', errorCode: 'ARCHIVE_OVERDUE' });
    // The only export of one-time access is waited for as long as Google keeps archives.
    const age = (consent.endedAt?.getTime() ?? 0) - createdAt.getTime();
    expect(age).toBeGreaterThan(13 * day);
    expect(age).toBeLessThan(14 * day + hour);
  });
});
