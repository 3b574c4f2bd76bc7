/** Recorded histories replay on the code of today: a change that would strand running consents fails here. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { temporal } from '@temporalio/proto';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { Worker, type ReplayWorkerOptions } from '@temporalio/worker';

import { loadConfig } from '../../src/config';
import { createLogger } from '../../src/log';
import { createDataConverter } from '../../src/temporal/data-converter';
import { installRuntime } from '../../src/worker/start-worker';
import { testVaultKeys } from '../support/portage';
import { historyFolders } from '../support/record-history';
import '../support/built';

type History = temporal.api.history.v1.IHistory;

interface RecordedHistory {
  readonly workflowId: string;
  readonly history: {
    readonly events: { activityTaskScheduledEventAttributes?: { activityType?: { name?: string } } }[];
  };
}

const workflowBundle = { codePath: join(__dirname, '../../dist/workflow-bundle.js') };
const namesIn = (folder: string) =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
const runIdOf = (history: History) =>
  history.events?.[0]?.workflowExecutionStartedEventAttributes?.originalExecutionRunId ?? '';
const read = (folder: string, name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as RecordedHistory;

/** A worker whose configuration has the keys that the histories were recorded with. */
const dataConverter = createDataConverter(
  loadConfig({ VAULT_KEYS: testVaultKeys, GOOGLE_CLIENT_ID: 'any', GOOGLE_CLIENT_SECRET: 'any' }),
);

beforeAll(() => {
  installRuntime(createLogger('error'));
});

describe.each([
  ['readable', { workflowBundle }],
  ['encrypted', { workflowBundle, dataConverter }],
] as [keyof typeof historyFolders, ReplayWorkerOptions][])('a history with %s payloads', (form, options) => {
  const folder = historyFolders[form];
  const names = namesIn(folder);

  /** Why a history does not replay, by its name; one worker replays them all. */
  const failures = new Map<string, unknown>();
  beforeAll(async () => {
    const histories = names.map((name) => {
      const { workflowId, history } = read(folder, name);
      return { workflowId, history: historyFromJSON(history) };
    });
    const nameOf = new Map(histories.map(({ history }, at) => [runIdOf(history), names[at] ?? '']));
    for await (const { runId, error } of Worker.runReplayHistories(options, histories)) {
      failures.set(nameOf.get(runId) ?? '', error);
    }
  });

  it.each(names)('of %s replays', (name) => {
    expect([...failures.keys()]).toContain(name);
    expect(failures.get(name)).toBeUndefined();
  });

  it('that the code of today would not have made is found', async () => {
    const { workflowId, history } = read(folder, names.find((each) => each.startsWith('one-time-export')) ?? '');
    const first = history.events.find((event) => event.activityTaskScheduledEventAttributes !== undefined);
    const activityType = first?.activityTaskScheduledEventAttributes?.activityType;
    expect(activityType?.name).toBe('initiateExport');
    if (activityType !== undefined) activityType.name = 'anotherActivity';
    await expect(Worker.runReplayHistory(options, historyFromJSON(history), workflowId)).rejects.toMatchObject({
      name: 'DeterminismViolationError',
    });
  });
});

it('every path is recorded both ways', () => {
  expect(namesIn(historyFolders.encrypted)).toEqual(namesIn(historyFolders.readable));
});
