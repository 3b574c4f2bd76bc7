/** Recorded histories replay on the code of today: a change that would strand running consents fails here. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';

import { createLogger } from '../../src/log';
import { installRuntime } from '../../src/worker';

const folder = join(__dirname, '../histories');
const workflowBundle = { codePath: join(__dirname, '../../dist/workflow-bundle.js') };
const recorded = readdirSync(folder).filter((name) => name.endsWith('.json'));

beforeAll(() => {
  installRuntime(createLogger('error'));
});

it.each(recorded)('replays %s', async (name) => {
  const { workflowId, history } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
    workflowId: string;
    history: unknown;
  };
  await Worker.runReplayHistory({ workflowBundle }, historyFromJSON(history), workflowId);
});

it('finds a history that the code of today would not have made', async () => {
  const name = recorded.find((each) => each.startsWith('one-time-export')) ?? '';
  const { workflowId, history } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
    workflowId: string;
    history: { events: { activityTaskScheduledEventAttributes?: { activityType?: { name?: string } } }[] };
  };
  const first = history.events.find((event) => event.activityTaskScheduledEventAttributes !== undefined);
  const activityType = first?.activityTaskScheduledEventAttributes?.activityType;
  expect(activityType?.name).toBe('initiateExport');
  if (activityType !== undefined) activityType.name = 'anotherActivity';
  await expect(Worker.runReplayHistory({ workflowBundle }, historyFromJSON(history), workflowId)).rejects.toMatchObject(
    {
      name: 'DeterminismViolationError',
    },
  );
});
