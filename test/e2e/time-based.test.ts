/** A time-based consent: its first export, and its end. */
import { until } from '../support/program';
import { startTestPortage, type TestPortage } from '../support/portage';

describe('a time-based consent', () => {
  let portage: TestPortage;

  beforeAll(async () => {
    // A day of one second, so that 30 days pass while the test waits.
    portage = await startTestPortage({ emulator: { dayMs: 1_000 } });
  });
  afterAll(async () => {
    await portage.stop();
  });

  it('exports once, says that repeating follows, and ends as expired without a reset', async () => {
    const {
      browser,
      callback,
      consentId = '',
    } = await portage.connect({
      resources: ['myactivity.search'],
      decision: { access: '30d' },
    });
    const exported = await until('the first export', async () => {
      const consent = await portage.api.getConsent(consentId);
      return consent.exports[0]?.state === 'ready' ? consent : undefined;
    });
    expect(exported).toMatchObject({ state: 'active', accessType: 'time_based', exports: [{ verdict: 'complete' }] });
    const page = await (await browser.follow(callback)).text();
    expect(page).toContain('repeating it daily follows in a later version');

    const consent = await portage.ended(consentId);
    expect(consent).toMatchObject({ state: 'expired', errorCode: null });
    const calls = portage.emulator.control.requests().map(({ method }) => method);
    expect(calls.filter((method) => method === 'initiate')).toHaveLength(1);
    expect(calls).not.toContain('reset');
    expect(calls).not.toContain('revoke');
  }, 90_000);
});
