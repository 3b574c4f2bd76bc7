/** The servers that all tests of a run share. Each one is started when a test first asks for it. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { buildExecutable } from './build';
import { dumpEmbeddedDatabase } from './embedded-dump';
import { startSharedPostgres } from './postgres';
import { startSharedTemporal } from './temporal';

/** The facts that tests get of a shared server. */
export interface SharedServer<Facts> {
  readonly facts: Facts;
  stop(): Promise<void>;
}

const starters = {
  /** `dist` as the sources are now: the `portage` executable and the workflow bundle of the workers. */
  build: buildExecutable,
  /** Temporal's development server: `{ address }`. */
  temporal: startSharedTemporal,
  /** A PostgreSQL server with a migrated template: `{ serverUrl, template }`, or `{ missing }` with the reason. */
  postgres: startSharedPostgres,
  /** A file with the dump of a migrated PGlite database: `{ file }`. */
  embeddedDump: dumpEmbeddedDatabase,
};

export type SharedName = keyof typeof starters;
export type SharedFacts<Name extends SharedName> = Awaited<ReturnType<(typeof starters)[Name]>>['facts'];

export interface SharedServers {
  /** Where test processes ask for the facts of a shared server: `GET <url>/<name>`. */
  readonly url: string;
  stop(): Promise<void>;
}

export async function startSharedServers(): Promise<SharedServers> {
  const started = new Map<SharedName, Promise<SharedServer<unknown>>>();
  const start = (name: SharedName): Promise<SharedServer<unknown>> => {
    const running = started.get(name) ?? starters[name]();
    started.set(name, running);
    return running;
  };

  const server = createServer((request, response) => {
    const name = request.url?.slice(1) ?? '';
    const answer = Object.hasOwn(starters, name)
      ? start(name as SharedName).then(({ facts }) => ({ facts }))
      : Promise.reject(new Error(`There is no shared server "${name}".`));
    void answer
      .catch((error: unknown) => ({ failure: error instanceof Error ? error.message : String(error) }))
      .then((body) => response.end(JSON.stringify(body)));
  });
  // The first build of a server takes minutes, and its test waits for as long.
  server.requestTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      for (const running of started.values()) {
        // The tests that asked for a server got the error of its failed start.
        await running.then(
          (shared) => shared.stop(),
          () => undefined,
        );
      }
    },
  };
}
