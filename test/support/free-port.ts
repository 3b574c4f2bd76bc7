/** A port for servers that are told theirs before they start. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** @returns a port of the loopback address that nothing listened on a moment ago */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
