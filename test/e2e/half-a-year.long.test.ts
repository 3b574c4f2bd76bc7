/** Time-based access over half a year, in virtual time with the real parts: one export every day, and only one. */
import { consentWorkflowId } from '../../src/workflows/ids';
import { countEvents, runsOf } from '../support/history';
import { checkReminders } from '../support/reminders';
import { startVirtualPortage, type VirtualPortage } from '../support/virtual-portage';

const hour = 3_600_000;
const day = 24 * hour;

describe('half a year', () => {
  let virtual: VirtualPortage;

  beforeAll(async () => {
    // This test is about days; other tests are about waits within a day, and about several parts.
    virtual = await startVirtualPortage({
      emulator: { jobDurationMs: 60_000, jobs: { dataParts: 1, manifest: 'same-part' } },
    });
  });
  afterAll(async () => {
    await virtual.stop();
  });

  it('D34: of two resources is exported and verified every day and expires, and the host app is reminded of the end', async () => {
    const resources = ['myactivity.search', 'youtube.subscriptions'];
    const { id, createdAt, endsAt } = await virtual.connect({ resources, decision: { access: '180d' } });
    const consent = await virtual.ended(id);
    expect(consent).toMatchObject({ state: 'expired', errorCode: null, accessType: 'time_based', endsAt });
    expect(Math.abs((endsAt?.getTime() ?? 0) - createdAt.getTime() - 180 * day)).toBeLessThan(60_000);
    await checkReminders(virtual, consent, [30, 14, 7, 1]);

    const exports = await virtual.portage.exports.listByConsent(id);
    for (const resource of resources) {
      const own = exports.filter((each) => each.resource === resource);
      expect(own.filter(({ state, verdict }) => state !== 'ready' || verdict !== 'complete')).toEqual([]);
      const starts = own.map(({ initiatedAt }) => initiatedAt?.getTime() ?? 0).sort((a, b) => a - b);
      const pauses = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
      expect(Math.min(...pauses)).toBeGreaterThan(day);
      expect(Math.max(...pauses)).toBeLessThan(day + 10 * 60_000);
      expect((starts[0] ?? 0) - createdAt.getTime()).toBeLessThan(hour);
      expect((consent.endsAt?.getTime() ?? 0) - (starts.at(-1) ?? 0)).toBeLessThan(2 * day);
      expect(own.length).toBeGreaterThanOrEqual(179);
    }
    // The server ends a history that grows beyond its limit; the longest of this half year is far from it.
    const { client } = virtual.environment;
    const runs = (await Promise.all(resources.map((resource) => runsOf(client, id, resource)))).flat();
    const longest = Math.max(await countEvents(client, consentWorkflowId(id)), ...runs.map(({ events }) => events));
    expect(longest).toBeLessThan(1_000);

    const initiates = virtual.emulator.control.requests().filter(({ method }) => method === 'initiate');
    expect(initiates.filter(({ status }) => status !== 200)).toEqual([]);
    expect(initiates).toHaveLength(exports.length);
  }, 3_600_000);
});
