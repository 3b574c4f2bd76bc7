/**
 * The defects around the resources and the duration of a consent: mixed access, unticked boxes, an end without a
 * notice.
 */
import { checkReminders } from '../support/reminders';
import { createUser, day, hour, minute } from '../support/virtual-users';
import { smallExports, startVirtualPortage, type VirtualPortage } from '../support/virtual-portage';

const [shopping, maps, starred] = ['myactivity.shopping', 'myactivity.maps', 'maps.starred_places'] as const;

describe('a consent', () => {
  let virtual: VirtualPortage;

  beforeAll(async () => {
    virtual = await startVirtualPortage({ emulator: { jobs: smallExports.jobs } });
  });
  afterAll(async () => {
    await virtual.stop();
  });

  it('D26: to some resources once and to others daily exports each as it was granted, in a job of its own', async () => {
    const user = createUser(virtual);
    const { id } = await user.connect([shopping, maps, starred], { access: '30d', once: [maps] });
    await virtual.sleep(2 * day + hour);
    const jobs = user.jobs();
    for (const { resources, accessType } of jobs) {
      expect(resources).toHaveLength(1);
      expect(accessType).toBe(resources[0] === maps ? 'one_time' : 'time_based');
    }
    const countOf = (resource: string) => jobs.filter(({ resources }) => resources[0] === resource).length;
    expect([shopping, maps, starred].map(countOf)).toEqual([3, 1, 3]);
    const exports = await user.exports(id);
    expect(exports).toHaveLength(7);
    expect(exports.filter(({ verdict }) => verdict !== 'complete')).toEqual([]);
    expect(user.calls('initiate').filter(({ status }) => status !== 200)).toEqual([]);
    expect(await user.find(id)).toMatchObject({ state: 'active', accessType: 'time_based' });
    await user.cancel(id);
  });

  it('D26: of which Google does not support one resource exports the others as if nothing were', async () => {
    const user = createUser(virtual);
    const { control } = virtual.emulator;
    const error = { code: 400, status: 'INVALID_ARGUMENT', message: 'Request contains an invalid argument.' };
    const fault = { method: 'initiate', account: user.email, resource: maps, status: 400, body: { error } } as const;
    control.addFault({ ...fault, times: 100_000 });
    const { id } = await user.connect([shopping, maps], { access: '30d' });
    await virtual.sleep(2 * day + hour);
    control.clearFaults();
    expect(await user.exports(id, maps)).toMatchObject([{ state: 'failed', errorCode: 'GOOGLE_REFUSED' }]);
    const others = await user.exports(id, shopping);
    expect(others.map(({ verdict }) => verdict)).toEqual(['complete', 'complete', 'complete']);
    expect(await user.find(id)).toMatchObject({ state: 'active' });
    await user.cancel(id);
  });

  it('D31: to all but the unticked boxes exports the one that is left, and records what was refused', async () => {
    const user = createUser(virtual);
    const requested = [shopping, maps, starred];
    const { id } = await user.connect(requested, { access: 'once', untick: [shopping, starred] });
    const consent = await virtual.ended(id);
    expect(consent).toMatchObject({ state: 'completed', requestedResources: requested, grantedResources: [maps] });
    expect(await user.exports(id)).toMatchObject([{ resource: maps, state: 'ready', verdict: 'complete' }]);
    expect(user.calls('initiate').map(({ details, status }) => [details, status])).toEqual([
      [{ resources: [maps] }, 200],
    ]);
    const [connected] = await virtual.portage.consents.listEvents(id);
    expect(connected).toMatchObject({ type: 'consent.connected', data: { requested, granted: [maps] } });
  });

  it('D34: of 30 days has its end on record, and the host app is reminded of it', async () => {
    const user = createUser(virtual);
    const { id, createdAt, endsAt } = await user.connect([shopping], { access: '30d' });
    const endsAtMs = endsAt?.getTime() ?? 0;
    expect(Math.abs(endsAtMs - createdAt.getTime() - 30 * day)).toBeLessThan(minute);
    const ended = await virtual.ended(id);
    expect(ended).toMatchObject({ state: 'expired', endsAt });
    await checkReminders(virtual, ended, [14, 7, 1]);
  });
});
