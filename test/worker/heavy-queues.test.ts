// Each kind of heavy step has slots of its own, and those that an earlier release asked for are still done.
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';

import { loadConfig } from '../../src/config';
import { openPortage, type Portage } from '../../src/portage';
import { heavyQueues } from '../../src/worker/heavy-queues';
import { taskQueuesOf } from '../../src/workflows/task-queues';
import { databaseSettings } from '../support/database';

let portage: Portage;
let database: Awaited<ReturnType<typeof databaseSettings>>;
beforeAll(async () => {
  database = await databaseSettings();
  const keys = { VAULT_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}` };
  const google = { GOOGLE_CLIENT_ID: 'an-id', GOOGLE_CLIENT_SECRET: 'a-secret' };
  portage = await openPortage(loadConfig({ ...keys, ...google, ...database.settings, DOWNLOADS_AT_ONCE: '60' }));
});
afterAll(async () => {
  await portage.close();
  await database.remove();
});

it('downloads have many slots, and steps that take processor time have few, on queues of their own', () => {
  const queues = heavyQueues('portage', portage.activityDependencies);
  expect(queues.map(({ taskQueue, activities, atOnce }) => [taskQueue, Object.keys(activities), atOnce])).toEqual([
    // Running steps of an earlier release are on this queue, of every kind.
    ['portage-transfers', ['downloadArchive', 'verifyExport', 'readRecords'], 60],
    ['portage-verifications', ['verifyExport'], 8],
    ['portage-readings', ['readRecords', 'readOverdueRecords'], 4],
    ['portage-webhooks', ['deliverWebhooks'], 100],
  ]);
});

it('readiness looks for a worker at each of the queues', () => {
  const heavy = heavyQueues('portage', portage.activityDependencies).map(({ taskQueue }) => taskQueue);
  expect(taskQueuesOf('portage').map(({ name }) => name)).toEqual(['portage', ...heavy]);
});

it('steps of an earlier release do not get the slots of downloads', async () => {
  const quiet = { logger: new DefaultLogger('ERROR') };
  let [running, most] = [0, 0];
  const ends: (() => void)[] = [];
  const find = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => ends.push(resolve));
    running -= 1;
    throw new Error('no export here');
  };
  const exports = { ...portage.activityDependencies.exports, find };
  const [old] = heavyQueues('portage', { ...portage.activityDependencies, exports });
  const { verifyExport } = old?.activities ?? {};
  const steps = Array.from({ length: 20 }, async (_, number) =>
    new MockActivityEnvironment({}, quiet).run(async () =>
      verifyExport?.({ consentId: 'con_1', exportId: `exp_${number}` }),
    ),
  );
  const settled = Promise.allSettled(steps);
  for (let ended = 0; ended < 20; ended += 1) {
    while (ends.length === 0) await new Promise((resolve) => setImmediate(resolve));
    ends.shift()?.();
  }
  expect((await settled).every(({ status }) => status === 'rejected')).toBe(true);
  expect(most).toBe(4);
});
