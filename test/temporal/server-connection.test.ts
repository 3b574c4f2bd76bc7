// A connection that is closed while Temporal is unreachable: a call that waits to be repeated ends no process.
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import { usualLimits } from '../../src/domain/timeouts';
import { openServerConnection } from '../../src/temporal/server-connection';
import { until } from '../support/until';

it.each([
  ['in the pause before a repetition', 0],
  // Its timer is due by then, but has not fired.
  ['after the process was busy for longer than that pause', 1_000],
])('repeats calls while it is open, and closes without an uncaught failure %s', async (_when, busyMs) => {
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
    let ended = false;
    const outcome = temporal.connection.workflowService.getSystemInfo({}).then(
      () => 'answered',
      (error: unknown) => error,
    );
    void outcome.then(() => (ended = true));
    await until('the call is repeated', () => attempts >= 2);
    // The refusal reaches the client, which plans the next repetition.
    await pause(20);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, busyMs);
    await temporal.close();
    // A call whose repetition fails outside of it would never end.
    await until('the call has ended or failed outside', () => ended || unhandled.length > 0);
    expect(unhandled).toEqual([]);
    expect(await outcome).toMatchObject({ code: 14 });
  } finally {
    process.off('uncaughtException', note);
    refusing.close();
  }
});
