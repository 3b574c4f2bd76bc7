import { createServer, type AddressInfo, type Server } from 'node:net';

import { freePort } from '../../src/dev/ports';

async function listen(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}

describe('freePort', () => {
  it('gives the preferred port while nothing listens there, and the next free one while something does', async () => {
    const preferred = await freePort(0, '127.0.0.1');
    expect(await freePort(preferred, '127.0.0.1')).toBe(preferred);
    const server = await listen(preferred);
    try {
      const next = await freePort(preferred, '127.0.0.1');
      expect(next).toBeGreaterThan(preferred);
      const other = await listen(next);
      expect((other.address() as AddressInfo).port).toBe(next);
      other.close();
    } finally {
      server.close();
    }
  });

  it('refuses an address that is not this machine’s', async () => {
    // TEST-NET-1 of RFC 5737: no machine has it.
    await expect(freePort(4000, '192.0.2.1')).rejects.toThrow('EADDRNOTAVAIL');
  });
});
