/** Finds a port that nothing listens on. */
import { createServer } from 'node:net';

const highestPort = 65_535;

/**
 * The preferred port if it is free, else the next free one above it.
 *
 * @param preferred 1 to 65535, or 0 to let the system choose
 * @param host the address that will listen; a port can be taken on one address and free on another
 * @throws Error when no port from `preferred` upwards is free, or the address is not this machine's
 */
export async function freePort(preferred: number, host: string): Promise<number> {
  for (let port = preferred; port <= highestPort; port += 1) {
    const found = await tryToListen(port, host);
    if (found !== undefined) return found;
  }
  throw new Error(`No port from ${preferred} to ${highestPort} is free on ${host}. Remedy: end what listens there.`);
}

function tryToListen(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      // EACCES: the ports below 1024 may be kept for root.
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
