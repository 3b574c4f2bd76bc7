import { setTimeout as pause } from 'node:timers/promises';

import { createTimePassing, startTimeSkipping } from '../support/time-skipping-server';

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

  it('does not let time pass while a workflow task waits for a worker', async () => {
    const environment = await startTimeSkipping();
    try {
      const { workflow } = environment.client;
      const handle = await workflow.start('noWorkerKnowsThis', { taskQueue: 'nobody', workflowId: 'waiting' });
      const timePasses = createTimePassing(environment, () => false, 30);
      // Time can pass only while a result is awaited.
      const result = handle.result().catch(() => undefined);
      const before = await environment.currentTimeMs();
      // Long enough for two looks after which time might have been taken to be stuck.
      await timePasses(pause(2_000));
      expect((await handle.describe()).status.name).toBe('RUNNING');
      expect((await environment.currentTimeMs()) - before).toBeLessThan(60_000);
      await handle.terminate();
      await result;
    } finally {
      await environment.teardown();
    }
  });
});
