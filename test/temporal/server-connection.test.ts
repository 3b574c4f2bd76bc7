// A connection that is closed while Temporal is unreachable: a call that waits to be repeated ends no process.
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

import { usualLimits } from '../../src/domain/timeouts';
import { openServerConnection } from '../../src/temporal/server-connection';
import { until } from '../support/until';

it('repeats calls while it is open, and closes without an uncaught failure', async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);
  process.on('uncaughtException', note);
  let attempts = 0;
  // Each connection is refused, and so each call is repeated.
  const refusing = createServer((socket) => {
    attempts += 1;
    socket.resetAndDestroy();
  }).listen(0, '127.0.0.1');
  await once(refusing, 'listening');
  try {
    const { port } = refusing.address() as AddressInfo;
    const temporal = openServerConnection(
      { address: `127.0.0.1:${port}`, tls: undefined, apiKey: undefined },
      usualLimits.temporal,
    );
    const outcome = temporal.connection.workflowService.getSystemInfo({}).then(
      () => 'answered',
      (error: unknown) => error,
    );
    await until('the call is repeated', () => attempts >= 2);
    await temporal.close();
    expect(await outcome).toMatchObject({ code: 14 });
    expect(unhandled).toEqual([]);
  } finally {
    process.off('uncaughtException', note);
    refusing.close();
  }
});
