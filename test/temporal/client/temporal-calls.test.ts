// What a call to Temporal that went wrong is told as (https://grpc.io/docs/guides/status-codes/).
import { Client, Connection, ServiceError } from '@temporalio/client';

import { createTemporalCalls } from '../../../src/temporal/client/temporal-calls';
import { PortageError } from '../../../src/domain/error-codes';

describe('a call that somebody waits for', () => {
  const connection = Connection.lazy({ address: '127.0.0.1:1' });
  const calls = createTemporalCalls({ client: new Client({ connection }), address: 'here' });
  afterAll(() => connection.close());

  /** As the client throws it: its own error around that of gRPC. */
  const failing = (code: number) => () => {
    const cause = Object.assign(new Error(`status ${code}`), { code, details: '', metadata: {} });
    return Promise.reject(new ServiceError('Failed to query Workflow', { cause }));
  };
  const toldAs = async (call: Promise<unknown>) => {
    const error: unknown = await call.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return error instanceof PortageError ? error.code : error;
  };

  it.each([
    ['the deadline passed here', 4, 'TEMPORAL_UNAVAILABLE', 'NO_WORKER'],
    ['the deadline passed at the server, which closed the call', 1, 'TEMPORAL_UNAVAILABLE', 'NO_WORKER'],
    ['Temporal is away', 14, 'TEMPORAL_UNAVAILABLE', 'TEMPORAL_UNAVAILABLE'],
    ['Temporal refuses these credentials', 7, 'TEMPORAL_UNAVAILABLE', 'TEMPORAL_UNAVAILABLE'],
    ['Temporal knows no such credentials', 16, 'TEMPORAL_UNAVAILABLE', 'TEMPORAL_UNAVAILABLE'],
  ])('tells who did not answer when %s', async (_what, status, callTemporal, callWorker) => {
    expect(await toldAs(calls.callTemporal(failing(status)))).toBe(callTemporal);
    expect(await toldAs(calls.callWorker(failing(status)))).toBe(callWorker);
  });

  it('tells that no worker is there when Temporal says so at once', async () => {
    expect(await toldAs(calls.callWorker(failing(9)))).toBe('NO_WORKER');
  });

  it('passes anything else on as it is', async () => {
    const invalidArgument = 3;
    expect(await toldAs(calls.callTemporal(failing(invalidArgument)))).toBeInstanceOf(ServiceError);
    expect(await toldAs(calls.callWorker(failing(invalidArgument)))).toBeInstanceOf(ServiceError);
  });
});
