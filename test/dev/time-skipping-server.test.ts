import { startTimeSkipping } from '../support/time-skipping-server';

describe('The time-skipping server', () => {
  it('lets half a year pass in moments', async () => {
    const environment = await startTimeSkipping();
    try {
      const before = await environment.currentTimeMs();
      await environment.sleep('180 days');
      const days = ((await environment.currentTimeMs()) - before) / 86_400_000;
      expect(days).toBeGreaterThanOrEqual(180);
      expect(days).toBeLessThan(181);
    } finally {
      await environment.teardown();
    }
  });
});
