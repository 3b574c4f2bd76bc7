/**
 * Temporal's server with encrypted payloads, and a stranger who may call it but has no key: nothing of what they send
 * is used, and no workflow stops over it.
 */
import { randomUUID } from 'node:crypto';

import { Client } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';

import { createDataConverter } from '../../src/temporal/data-converter';
import { consentWorkflowId, exportWorkflowId, housekeepingId } from '../../src/workflows/ids';
import { quickHousekeeping, startTestPortage, type TestPortage } from '../support/portage';
import { payloadEncodings } from '../support/history';
import { until } from '../support/until';

const search = 'myactivity.search';
const warning = 'a payload was ignored';

let portage: TestPortage;
let daily: string;
let over: string;
/** The sealed input of the daily consent's workflow. */
let moved: Payload;

const firstEvent = async (workflowId: string) => {
  const { events } = await portage.temporal.workflow.getHandle(workflowId).fetchHistory();
  return events?.[0]?.workflowExecutionStartedEventAttributes;
};
const plain = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const service = () => portage.temporal.workflowService;

/** Starts a workflow with the payload as it is. */
async function start(workflowType: string, workflowId: string, payloads: Payload[]): Promise<void> {
  const { namespace, taskQueue } = portage.config.temporal;
  await service().startWorkflowExecution({
    namespace,
    workflowId,
    workflowType: { name: workflowType },
    taskQueue: { name: taskQueue },
    input: { payloads },
    requestId: randomUUID(),
  });
}

async function signal(workflowId: string, signalName: string, payloads: Payload[]): Promise<void> {
  await service().signalWorkflowExecution({
    namespace: portage.config.temporal.namespace,
    workflowExecution: { workflowId },
    signalName,
    input: { payloads },
    requestId: randomUUID(),
  });
}

/** The end of a workflow that a stranger started. */
const failureOf = (workflowId: string): Promise<unknown> =>
  portage.temporal.workflow
    .getHandle(workflowId)
    .result()
    .then(
      () => 'it completed',
      (error: unknown) => (error as Error).cause,
    );
const withoutInput = {
  type: 'FOREIGN_INPUT',
  nonRetryable: true,
  message: expect.stringContaining('was started without an input') as string,
};

beforeAll(async () => {
  portage = await startTestPortage({ environment: { TEMPORAL_PAYLOADS: 'encrypted', ...quickHousekeeping } });
  over = (await portage.import({ resources: [search], userId: 'over' })).id;
  const { consentId = '' } = await portage.connect({
    resources: [search],
    userId: 'daily',
    decision: { access: '180d' },
  });
  daily = consentId;
  await until('the first export', async () => (await portage.api.getConsent(daily)).exports[0]?.verdict ?? undefined);
  moved = (await firstEvent(consentWorkflowId(daily)))?.input?.payloads?.[0] ?? {};
});
afterAll(async () => {
  await portage.stop();
});

it('everything of Portage itself is bound to its workflow, in rounds of the housekeeping too', async () => {
  const schedule = portage.temporal.schedule.getHandle(housekeepingId(portage.config.temporal.taskQueue));
  const round = await until('a round that has the result of the one before it', async () => {
    const { recentActions } = (await schedule.describe()).info;
    const newest = recentActions.at(-1)?.action.workflow.workflowId;
    if (newest === undefined) return undefined;
    return (await firstEvent(newest))?.lastCompletionResult?.payloads?.length === 1 ? newest : undefined;
  });
  expect(await portage.temporal.workflow.getHandle(round).result()).toEqual({ after: '' });

  const ids = [consentWorkflowId(over), exportWorkflowId(over, search), consentWorkflowId(daily), round];
  for (const workflowId of ids) {
    const history = JSON.stringify(await portage.temporal.workflow.getHandle(workflowId).fetchHistory());
    const count = (text: string) => history.split(`"${text}"`).length - 1;
    expect(count('encryption-key-id')).toBeGreaterThan(1);
    expect(count('portage-workflow-id')).toBe(count('encryption-key-id'));
  }
  expect(portage.logLines.filter((line) => line.includes(warning))).toEqual([]);
});

it('the sealed input of another workflow is no input', async () => {
  const { taskQueue } = portage.config.temporal;
  const starts: [string, string][] = [
    ['consentWorkflow', consentWorkflowId('con_another')],
    ['consentWorkflow', consentWorkflowId(over)],
    ['consentWorkflow', `${consentWorkflowId(daily)}-2026-11-29T12:00:00Z`],
    ['exportWorkflow', exportWorkflowId(daily, 'youtube.comments')],
    ['retentionWorkflow', 'retention/stranger'],
    ['housekeepingWorkflow', 'housekeeping/stranger'],
    ['housekeepingWorkflow', housekeepingId(taskQueue)],
    ['overdueRecordsWorkflow', 'overdue-records/stranger'],
    ['webhookWorkflow', 'webhook/whe_1/app'],
  ];
  const before = await portage.api.getConsent(over);
  for (const [type, id] of starts) await start(type, id, [moved]);
  for (const [, id] of starts) expect(await failureOf(id)).toMatchObject(withoutInput);
  expect(await portage.api.getConsent(over)).toEqual(before);
  expect(portage.logLines.filter((line) => line.includes(warning))).toHaveLength(1);
});

it('a start that is not sealed has no input, even with the right id', async () => {
  const { policy } = portage.config;
  const starts: [string, string, Payload[]][] = [
    ['consentWorkflow', consentWorkflowId(over), [plain({ consentId: over, policy })]],
    ['exportWorkflow', exportWorkflowId(over, search), [plain({ consentId: over, resource: search, policy })]],
    ['retentionWorkflow', 'retention/plain', [plain({ policy, retention: { afterMs: 1, from: 'end' } })]],
    ['housekeepingWorkflow', 'housekeeping/plain', [plain({ policy })]],
    ['overdueRecordsWorkflow', 'overdue-records/plain', [plain({ policy, overdue: [] })]],
    ['webhookWorkflow', 'webhook/whe_2/app', [plain({ endpointId: 'whe_2', stream: 'app', policy })]],
    ['retentionWorkflow', 'retention/nothing', []],
  ];
  const before = await portage.api.getConsent(over);
  for (const each of starts) await start(...each);
  for (const [, id] of starts) expect(await failureOf(id)).toMatchObject(withoutInput);
  expect(await portage.api.getConsent(over)).toEqual(before);
});

it('signals that are not sealed, moved, altered or empty change nothing, and the consent goes on', async () => {
  const stranger = new Client({ connection: portage.temporal.connection });
  const altered = { ...moved, data: Uint8Array.from(moved.data ?? [], (byte) => byte ^ 1) };
  const toConsent = [
    ...(['pause', 'resume', 'cancel', 'delete', 'splitWorked'] as const).map((name) => [name, plain({})] as const),
    ['superseded', plain({ resources: [search], by: daily })],
    ['renewed', plain({ endsAtMs: 0 })],
  ] as const;
  const toLoop = [
    ...(['pause', 'resume', 'joinBatch', 'leaveBatch'] as const).map((name) => [name, plain({})] as const),
    ['stop', plain({ how: 'abandon' })],
    ['stop', plain({ how: 'finish' })],
    ['renewed', plain({ endsAtMs: 0 })],
    ['addResources', plain({ resources: ['youtube.comments'] })],
    ['removeResources', plain({ resources: [search] })],
  ] as const;
  const before = await portage.api.getConsent(daily);
  const starts = () => portage.emulator.control.requests().filter(({ method }) => method === 'initiate').length;
  const started = starts();
  for (const [workflowId, messages] of [
    [exportWorkflowId(daily, search), toLoop],
    [consentWorkflowId(daily), toConsent],
  ] as const) {
    for (const [name, payload] of messages) {
      for (const payloads of [[payload], [moved], [altered], []]) await signal(workflowId, name, payloads);
    }
    // An answer, which the stranger cannot read.
    const asked = stranger.workflow.getHandle(workflowId).query('status', { forged: true });
    await expect(asked).rejects.toThrow('Unknown encoding: binary/encrypted');
  }
  // Answers only after it has worked through all messages.
  const status = await portage.temporal.workflow.getHandle(consentWorkflowId(daily)).query('status');
  expect(status).toMatchObject({ state: 'active', paused: false });
  await until('the loop waits for its next day', async () => {
    const handle = portage.temporal.workflow.getHandle(exportWorkflowId(daily, search));
    return (await handle.query<{ state: string }>('status')).state === 'sleeping' || undefined;
  });
  expect(await portage.api.getConsent(daily)).toEqual(before);
  expect(starts()).toBe(started);

  await portage.portage.consents.requestStop(daily, 'cancelled');
  await portage.temporal.workflow.getHandle(consentWorkflowId(daily)).signal('cancel');
  expect(await portage.ended(daily)).toMatchObject({ state: 'cancelled' });
});

it('a consent continues from readable to encrypted payloads, once the operator allows unsealed ones', async () => {
  const before = await startTestPortage({ environment: { TEMPORAL_PAYLOADS: 'readable' }, worker: false });
  try {
    before.emulator.control.setJobs({ durationMs: 600_000 });
    const readable = await before.startWorker();
    const { consentId = '' } = await before.connect({ resources: [search] });
    const polls = () => before.emulator.control.requests().some(({ method }) => method === 'state');
    await until('the first poll', () => polls() || undefined);
    await readable.stop();

    const { config } = before;
    await before.startWorker(
      createDataConverter({
        ...config,
        temporal: { ...config.temporal, payloads: 'encrypted', acceptsUnsealed: true },
      }),
    );
    for (const job of before.emulator.control.state.jobs) job.finishAt = 0;
    expect(await before.ended(consentId)).toMatchObject({ state: 'completed' });
    const encodings = await payloadEncodings(before.temporal, exportWorkflowId(consentId, search));
    expect(encodings).toEqual(new Set(['json/plain', 'binary/encrypted']));
  } finally {
    await before.stop();
  }
});
