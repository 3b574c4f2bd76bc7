// The worker's runtime logs one warning a minute for an unreachable Temporal; other messages pass.
import { createLogger } from '../../src/log';
import { createRuntimeLogger } from '../../src/temporal/runtime-logger';

const core = { sdkComponent: 'core', target: 'temporalio_client::retry' } as const;
const status = (code: string) => `Status { code: ${code}, message: "tcp connect error", source: None }`;

it('logs once that Temporal does not answer, for any number of repeated calls', () => {
  const lines: Record<string, unknown>[] = [];
  const runtime = createRuntimeLogger(
    createLogger('info', { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) }),
  );
  for (let attempt = 6; attempt < 20; attempt += 1) {
    for (const code of ['Unavailable', 'DeadlineExceeded', 'Cancelled', 'ResourceExhausted']) {
      runtime.warn(`gRPC call poll_workflow_task_queue retried ${attempt} times`, { ...core, error: status(code) });
      runtime.error(`gRPC call poll_activity_task_queue retried ${attempt} times`, { ...core, error: status(code) });
    }
    runtime.log('WARN', `Error when recording heartbeat: ${status('Unavailable')}`, core);
    runtime.warn('Activity heartbeat failed.', { ...core, details: status('Unavailable') });
  }
  expect(lines).toMatchObject([
    {
      errorCode: 'TEMPORAL_UNAVAILABLE',
      msg: 'Temporal does not answer: gRPC call poll_workflow_task_queue retried 6 times',
      remedy: 'Check TEMPORAL_ADDRESS, and check that Temporal runs.',
    },
  ]);

  lines.length = 0;
  runtime.warn('Failing workflow task', { ...core, run_id: 'a-run', failure: 'a failure' });
  runtime.error('Network error while completing activity', { ...core, error: status('InvalidArgument') });
  runtime.warn('Activity failed', {
    sdkComponent: 'worker',
    taskToken: 'inner',
    error: new Error(status('Unavailable')),
  });
  runtime.info('Worker state changed', { sdkComponent: 'worker', state: 'RUNNING' });
  expect(lines).toMatchObject([
    { level: 40, msg: 'Failing workflow task', run_id: 'a-run' },
    { level: 50, msg: 'Network error while completing activity', err: status('InvalidArgument') },
    { level: 40, msg: 'Activity failed', err: { type: 'Error' } },
    { level: 30, msg: 'Worker state changed', state: 'RUNNING' },
  ]);
  expect(lines[2]).not.toHaveProperty('taskToken');
});
