/** Moto's server, which answers as AWS KMS and S3 do, for the tests of sealing with KMS and of the S3 storage. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { lastLines } from '../../src/dev/executable';
import { startSupervised } from '../../src/dev/supervised-process';
import { freePort } from './free-port';
import { pythonProgram } from './python-program';

export interface Moto {
  /** Base URL of the server. */
  readonly endpoint: string;
  /** Ends the server; its keys and objects are gone. */
  stop(): Promise<void>;
}

/**
 * A server on a free port of the loopback address, without keys and buckets.
 *
 * @throws Error naming what is missing, or the server's own last words
 */
export async function startMoto(): Promise<Moto> {
  const program = await pythonProgram('moto', 'Moto, the server for tests of KMS and S3');
  const home = await mkdtemp(join(tmpdir(), 'portage-test-kms-'));
  const logFile = join(home, 'log.txt');
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = await startSupervised(program, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
    logFile,
  });
  while (!(await answers(`${endpoint}/moto-api/data.json`))) {
    const exit = await Promise.race([server.exited, pause(100)]);
    if (exit === undefined) continue;
    throw new Error(
      `Moto, the server for tests of KMS and S3, ended:\n${lastLines(await readFile(logFile, 'utf8'), 8)}`,
    );
  }
  return {
    endpoint,
    async stop() {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
