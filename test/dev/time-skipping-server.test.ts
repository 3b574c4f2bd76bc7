import { createTimePassing, startTimeSkipping } from '../support/time-skipping-server';
import { until } from '../support/until';

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

  it('lets time pass again after a stop that nothing takes back', async () => {
    const environment = await startTimeSkipping();
    try {
      await environment.connection.testService?.lockTimeSkipping({});
      await createTimePassing(environment, () => false, 10)(environment.sleep('1 day'));
    } finally {
      await environment.teardown();
    }
  });

  it('does not let time pass while a workflow task waits for a worker', async () => {
    const environment = await startTimeSkipping();
    try {
      const { workflow, workflowService } = environment.client;
      const handle = await workflow.start('noWorkerKnowsThis', { taskQueue: 'nobody', workflowId: 'waiting' });
      const decisions = jest.spyOn(workflowService, 'listOpenWorkflowExecutions');
      const timePasses = createTimePassing(environment, () => false, 10);
      const before = await environment.currentTimeMs();
      // Time passes only while a result or a sleep is awaited.
      const result = handle.result().catch(() => undefined);
      await timePasses(until('the second decision', () => decisions.mock.calls.length >= 2));
      expect((await handle.describe()).status.name).toBe('RUNNING');
      expect((await environment.currentTimeMs()) - before).toBeLessThan(60_000);
      await handle.terminate();
      await result;
    } finally {
      await environment.teardown();
    }
  });
});
