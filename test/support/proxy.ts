/** A line between Portage and one of its peers that a test can break in every way in which lines break. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * `passing` hands bytes on; `silent` takes bytes from both sides and hands none on, for existing connections and new
 * ones, as when a host vanishes without an error; `refusing` ends new connections at once.
 */
export type LineState = 'passing' | 'silent' | 'refusing';

export interface Proxy {
  readonly port: number;
  /** A line that was silent stays so for the connections that it had: they lack the bytes of that time. */
  set(state: LineState): void;
  /** Breaks every connection with a reset. */
  cut(): void;
  /** How many bytes the near side has sent on connections that were silent, since the line passes again. */
  bytesInVain(): number;
  /** How many connections are open. */
  connections(): number;
  stop(): Promise<void>;
}

export async function startProxy(target: { host: string; port: number }): Promise<Proxy> {
  let state: LineState = 'passing';
  let bytesInVain = 0;
  const pairs = new Set<{ near: Socket; far: Socket; isDead: boolean }>();

  const server = createServer((near) => {
    if (state === 'refusing') {
      near.resetAndDestroy();
      return;
    }
    const far = connect(target);
    const pair = { near, far, isDead: state === 'silent' };
    pairs.add(pair);
    const pass = (from: Socket, to: Socket) => {
      from.on('data', (bytes: Buffer) => {
        if (pair.isDead) {
          if (from === near && state === 'passing') bytesInVain += bytes.length;
          return;
        }
        if (!to.write(bytes)) {
          from.pause();
          to.once('drain', () => from.resume());
        }
      });
      // The end of one side is passed on to the other, unless the line is silent.
      from.on('end', () => {
        if (!pair.isDead) to.end();
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
    };
    pass(near, far);
    pass(far, near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    set(next) {
      state = next;
      if (next === 'silent') for (const pair of pairs) pair.isDead = true;
    },
    cut() {
      for (const { near, far } of pairs) {
        near.resetAndDestroy();
        far.resetAndDestroy();
      }
    },
    bytesInVain: () => bytesInVain,
    connections: () => pairs.size,
    async stop() {
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      server.close();
      await once(server, 'close');
    },
  };
}

/** The same URL, over the proxy. */
export function through(proxy: Proxy, url: string): string {
  const changed = new URL(url);
  changed.hostname = '127.0.0.1';
  changed.port = String(proxy.port);
  return changed.href;
}
