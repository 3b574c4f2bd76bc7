/** Time-based access over half a year, in virtual time with the real parts: one export every day, and only one. */
import { consentWorkflowId } from '../../src/workflows/ids';
import { countEvents, runsOf } from '../support/history';
import { checkReminders } from '../support/reminders';
import { smallExports, startVirtualPortage, type VirtualPortage } from '../support/virtual-portage';

const hour = 3_600_000;
const day = 24 * hour;

describe('half a year', () => {
  let virtual: VirtualPortage;

  beforeAll(async () => {
    virtual = await startVirtualPortage({ emulator: smallExports });
  });
  afterAll(async () => {
    await virtual.stop();
  });

  it('D34: of one resource is exported and verified every day and expires, and the host app is reminded of the end', async () => {
    const resource = 'myactivity.search';
    const { id, createdAt, endsAt } = await virtual.connect({ resources: [resource], decision: { access: '180d' } });
    const consent = await virtual.ended(id);
    expect(consent).toMatchObject({ state: 'expired', errorCode: null, accessType: 'time_based', endsAt });
    expect(Math.abs((endsAt?.getTime() ?? 0) - createdAt.getTime() - 180 * day)).toBeLessThan(60_000);
    await checkReminders(virtual, consent, [30, 14, 7, 1]);

    const exports = await virtual.portage.exports.listByConsent(id);
    expect(exports.filter(({ state, verdict }) => state !== 'ready' || verdict !== 'complete')).toEqual([]);
    const starts = exports.map(({ initiatedAt }) => initiatedAt?.getTime() ?? 0).sort((a, b) => a - b);
    const pauses = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThan(day);
    expect(Math.max(...pauses)).toBeLessThan(day + 10 * 60_000);
    expect((starts[0] ?? 0) - createdAt.getTime()).toBeLessThan(hour);
    expect((consent.endsAt?.getTime() ?? 0) - (starts.at(-1) ?? 0)).toBeLessThan(2 * day);
    expect(exports.length).toBeGreaterThanOrEqual(179);
    // The server ends a history that grows beyond its limit; the longest of this half year is far from it.
    const { client } = virtual.environment;
    const runs = await runsOf(client, id, resource);
    const longest = Math.max(await countEvents(client, consentWorkflowId(id)), ...runs.map(({ events }) => events));
    expect(longest).toBeLessThan(1_000);

    const initiates = virtual.emulator.control.requests().filter(({ method }) => method === 'initiate');
    expect(initiates.filter(({ status }) => status !== 200)).toEqual([]);
    expect(initiates).toHaveLength(exports.length);
  }, 3_600_000);
});
