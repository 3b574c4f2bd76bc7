/** A time-based consent: exported day after day until its end, and its page and answers. */
import { setTimeout as pause } from 'node:timers/promises';

import { until } from '../support/program';
import { startTestPortage, type TestPortage } from '../support/portage';

describe('a time-based consent', () => {
  let portage: TestPortage;

  beforeAll(async () => {
    // A day of three seconds, so that 30 days pass while the test waits.
    portage = await startTestPortage({
      emulator: { dayMs: 3_000 },
      environment: {
        // Every fifth day: each export costs, and six of them show the same as thirty.
        EXPORT_EVERY: '15s',
        EXPORT_MARGIN: '100ms',
        LAST_EXPORT_BEFORE_END: '6s',
        RENEWAL_REMINDERS: '30s',
        RENEWAL_WINDOW: '270s',
        GOOGLE_PROJECT_NUMBER: '100000000001',
      },
    });
    // Google wants the first start within a day (docs/google-api.md §7): this one is too short for that on a busy machine.
    portage.emulator.control.setSwitches({ Q12: 'B' });
  });
  afterAll(async () => {
    await portage.stop();
  });

  it('is exported repeatedly, shows each export, and ends as expired without a reset', async () => {
    const resource = 'myactivity.search';
    const {
      browser,
      callback,
      consentId = '',
    } = await portage.connect({ resources: [resource], decision: { access: '30d' } });
    const repeated = await until('a second export', async () => {
      const consent = await portage.api.getConsent(consentId);
      return consent.exports.some(({ cycle, state }) => cycle === 2 && state === 'ready') ? consent : undefined;
    });
    expect(repeated).toMatchObject({ state: 'active', accessType: 'time_based', nextBefore: null });
    const cycles = repeated.exports.map(({ cycle }) => cycle);
    expect(cycles).toEqual([...cycles].sort((a, b) => b - a));
    const [newest] = repeated.exports;
    const older = await portage.api.getConsent(consentId, newest?.id ?? '');
    expect(older.exports.map(({ id }) => id)).not.toContain(newest?.id);

    // A grant of 30 days can be renewed at any time (D34, docs/google-api.md §10).
    const url = `${portage.url}/consents/${consentId}/renew`;
    expect(repeated.renewal).toMatchObject({ state: 'possible', url });
    const status = await (await browser.follow(callback)).text();
    expect(status).toContain('Your data is fetched every day');
    const page = await (await browser.get(url)).text();
    expect(page).toContain(`${portage.emulator.url}/connections/link?project_number=100000000001`);
    expect((await fetch(url)).status).toBe(403);

    // No request is needed until then.
    await pause(Date.parse(repeated.endsAt ?? '') - Date.now());
    const consent = await portage.ended(consentId);
    expect(consent).toMatchObject({ state: 'expired', errorCode: null, renewal: { state: 'ended' } });
    const calls = portage.emulator.control.requests().map(({ method }) => method);
    expect(calls.filter((method) => method === 'initiate').length).toBeGreaterThan(2);
    expect(calls).not.toContain('reset');
    expect(calls).not.toContain('revoke');
  });
});
