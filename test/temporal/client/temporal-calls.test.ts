// The error codes for failed calls to Temporal (https://grpc.io/docs/guides/status-codes/).
import { Client, Connection, ServiceError } from '@temporalio/client';

import { createTemporalCalls } from '../../../src/temporal/client/temporal-calls';
import { PortageError } from '../../../src/domain/error-codes';

describe('a call with a waiting caller', () => {
  const connection = Connection.lazy({ address: '127.0.0.1:1' });
  const calls = createTemporalCalls({ client: new Client({ connection }), address: 'here' });
  afterAll(() => connection.close());

  /** As the client throws it: its own error around that of gRPC. */
  const failing = (code: number) => () => {
    const cause = Object.assign(new Error(`status ${code}`), { code, details: '', metadata: {} });
    return Promise.reject(new ServiceError('Failed to query Workflow', { cause }));
  };
  const codeOf = async (call: Promise<unknown>) => {
    const error: unknown = await call.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return error instanceof PortageError ? error.code : error;
  };

  it.each([
    ['the deadline passed here', 4, 'TEMPORAL_UNAVAILABLE', 'NO_WORKER'],
    ['the deadline passed at the server, which closed the call', 1, 'TEMPORAL_UNAVAILABLE', 'NO_WORKER'],
    ['Temporal is unreachable', 14, 'TEMPORAL_UNAVAILABLE', 'TEMPORAL_UNAVAILABLE'],
    ['Temporal refuses these credentials', 7, 'TEMPORAL_UNAVAILABLE', 'TEMPORAL_UNAVAILABLE'],
    ['Temporal refuses the credentials', 16, 'TEMPORAL_UNAVAILABLE', 'TEMPORAL_UNAVAILABLE'],
  ])('distinguishes Temporal from the worker when %s', async (_what, status, callTemporal, callWorker) => {
    expect(await codeOf(calls.callTemporal(failing(status)))).toBe(callTemporal);
    expect(await codeOf(calls.callWorker(failing(status)))).toBe(callWorker);
  });

  it('reports that no worker runs when Temporal answers so at once', async () => {
    expect(await codeOf(calls.callWorker(failing(9)))).toBe('NO_WORKER');
  });

  it('passes anything else on as it is', async () => {
    const invalidArgument = 3;
    expect(await codeOf(calls.callTemporal(failing(invalidArgument)))).toBeInstanceOf(ServiceError);
    expect(await codeOf(calls.callWorker(failing(invalidArgument)))).toBeInstanceOf(ServiceError);
  });
});
