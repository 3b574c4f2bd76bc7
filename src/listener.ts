/** Opens a listening socket before the app exists, so that the port is held from the moment it is chosen. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ListenOptions {
  /** An address of this machine, or a name of one. */
  readonly host: string;
  /** 0 lets the system choose a free one. */
  readonly port: number;
  /** Takes the next free port above a port that is taken. */
  readonly orNext?: boolean;
  /** The remedy when the port can't be opened, such as "set PORT to another port". */
  readonly remedy?: string;
}

export interface Listener {
  readonly port: number;
  /** The address on which it listens, such as `http://127.0.0.1:3000`; the public URL may differ. */
  readonly url: string;
  /** For its time limits. */
  readonly server: Server;
  /** Passes requests to the app from now on. Until then every request is answered with 503 and `Retry-After`. */
  serve(app: RequestListener): void;
  /** Accepts no new connections; running requests continue. */
  stopAccepting(): void;
  /** Ends every connection and resolves when the port is free again. May be called again. */
  close(): Promise<void>;
}

/** Thrown when the address can't be listened on; the message names it, the reason and the remedy. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

const highestPort = 65_535;
const retryAfterSeconds = 1;

/** @throws ListenError when the port, or every port from it upwards, is taken, or the address is not this machine's */
export async function bindListener(options: ListenOptions): Promise<Listener> {
  const { host, port, orNext = false } = options;
  for (let next = port; ; next += 1) {
    const server = createServer();
    try {
      server.listen(next, host);
      await once(server, 'listening');
      return listenerOf(server);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // EACCES: the ports below 1024 may be reserved for root.
      const taken = code === 'EADDRINUSE' || code === 'EACCES';
      if (!taken || !orNext || next >= highestPort) throw refusal(options, error as NodeJS.ErrnoException);
    }
  }
}

function listenerOf(server: Server): Listener {
  const { address, port } = server.address() as AddressInfo;
  let handler: RequestListener = (_request, response) => {
    response.writeHead(503, { 'retry-after': String(retryAfterSeconds), 'content-type': 'text/plain' });
    response.end('Still starting.\n');
  };
  server.on('request', (request, response) => handler(request, response));
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  const stopAccepting = () => {
    if (!server.listening) return;
    server.close();
    server.closeIdleConnections();
  };
  return {
    port,
    url: `http://${address.includes(':') ? `[${address}]` : address}:${port}`,
    server,
    serve(app) {
      handler = app;
    },
    stopAccepting,
    close() {
      stopAccepting();
      server.closeAllConnections();
      return closed;
    },
  };
}

/** The fault and the remedy, by the system's code; `another` is the caller's remedy for its port. */
const reasons: Record<string, (another: string) => string> = {
  EADDRINUSE: (another) => `another program listens there. Remedy: end that program, or ${another}`,
  EACCES: (another) => `ports below 1024 are kept for root here. Remedy: ${another}`,
  EADDRNOTAVAIL: () => 'this machine does not have that address. Remedy: use one that it has, such as 127.0.0.1',
  ENOTFOUND: () => 'that name has no address. Remedy: use an address of this machine, such as 127.0.0.1',
};

function refusal({ host, port, orNext, remedy }: ListenOptions, cause: NodeJS.ErrnoException): ListenError {
  const where = orNext ? `any port from ${port} to ${highestPort} of ${host}` : `port ${port} of ${host}`;
  const reason = reasons[cause.code ?? '']?.(remedy ?? 'choose another port') ?? cause.message;
  return new ListenError(`Can't listen on ${where}: ${reason}.`, { cause });
}
