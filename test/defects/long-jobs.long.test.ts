/** The defects of clients that do not live as long as an archive job, or ask for its links too early. */
import { createUser, day, hour, minute } from '../support/virtual-users';
import { startVirtualPortage, type VirtualPortage } from '../support/virtual-portage';

const resource = 'myactivity.shopping';
const unavailable = { status: 503, body: '<html><title>Error 503</title></html>', contentType: 'text/html' };

describe('an archive job', () => {
  let virtual: VirtualPortage;

  beforeAll(async () => {
    virtual = await startVirtualPortage({ restarts: true, environment: { RETRY_FIRST: '7h', RETRY_LONGEST: '7h' } });
  });
  afterEach(() => {
    expect(virtual.emulator.control.unmetFaults()).toEqual([]);
    virtual.emulator.control.setJobs({ durationMs: 20 * minute });
  });
  afterAll(async () => {
    await virtual.stop();
  });

  it('D7: of 6 days and 23 hours is brought home by workers that are replaced every day', async () => {
    const user = createUser(virtual);
    virtual.emulator.control.setJobs({ durationMs: 7 * day - hour });
    const { id } = await user.connect([resource], { access: 'once' });
    for (let passed = 0; passed < 6; passed += 1) {
      await virtual.sleep(day);
      await virtual.restartWorker();
      expect(await user.exports(id)).toMatchObject([{ state: 'waiting', archiveJobId: user.jobs()[0]?.jobId }]);
    }
    expect(await virtual.ended(id)).toMatchObject({ state: 'completed', errorCode: null });
    const [row, ...more] = await user.exports(id);
    expect(row).toMatchObject({ state: 'ready', verdict: 'complete' });
    expect(more).toEqual([]);
    expect((row?.endedAt?.getTime() ?? 0) - (row?.initiatedAt?.getTime() ?? 0)).toBeGreaterThan(7 * day - hour);
    expect(user.jobs()).toHaveLength(1);
    expect(user.calls('initiate')).toHaveLength(1);
  });

  it('D43: that is fetched seven hours after it was complete is fetched by links of that moment', async () => {
    const user = createUser(virtual);
    const { control } = virtual.emulator;
    control.setJobs({ durationMs: 0 });
    // The first question is that of the wait, which gets COMPLETE; the second is the download's own.
    control.addFault({ method: 'state', account: user.email, call: 2, ...unavailable });
    const { id } = await user.connect([resource], { access: 'once' });
    expect(await virtual.ended(id)).toMatchObject({ state: 'completed' });
    expect(await user.exports(id)).toMatchObject([{ state: 'ready', verdict: 'complete' }]);

    const [complete, , asked] = user.calls('state');
    expect(user.calls('state').map(({ status }) => status)).toEqual([200, 503, 200]);
    expect(Date.parse(asked?.at ?? '') - Date.parse(complete?.at ?? '')).toBeGreaterThanOrEqual(7 * hour);
    const downloads = user.calls('download');
    expect(downloads.filter(({ status }) => status !== 206)).toEqual([]);
    for (const { at } of downloads) expect(Date.parse(at)).toBeLessThan(Date.parse(asked?.at ?? '') + minute);
  });

  it('D43: whose download is interrupted asks for new links seven hours later', async () => {
    const user = createUser(virtual);
    const { control } = virtual.emulator;
    control.setJobs({ durationMs: 0 });
    control.addFault({ method: 'download', account: user.email, call: 1, ...unavailable });
    const { id } = await user.connect([resource], { access: 'once' });
    expect(await virtual.ended(id)).toMatchObject({ state: 'completed' });
    expect(await user.exports(id)).toMatchObject([{ state: 'ready', verdict: 'complete' }]);
    const [first, second] = user.calls('download');
    expect([first?.status, second?.status]).toEqual([503, 206]);
    expect(Date.parse(second?.at ?? '') - Date.parse(first?.at ?? '')).toBeGreaterThanOrEqual(7 * hour);
    expect(user.calls('state').at(-1)?.number).toBeGreaterThan(first?.number ?? Infinity);
  });
});
