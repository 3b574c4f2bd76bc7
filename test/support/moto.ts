/** Moto's server, which answers as AWS KMS and S3 do, for the tests of sealing with KMS and of the S3 storage. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { ask, isExecutable, lastLines, onPath } from '../../src/dev/executable';
import { startSupervised } from '../../src/dev/supervised-process';
import { cacheDir } from './cache-dir';
import { freePort } from './free-port';

const requirements = join(__dirname, '..', '..', 'tools', 'moto', 'requirements.txt');
const installLimitMs = 10 * 60_000;

/**
 * The program from the cache folder, which pip fills the first time.
 *
 * @throws Error saying what was lacking
 */
async function motoProgram(): Promise<string> {
  const pinned = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 12);
  const home = join(cacheDir, `moto-${pinned}`);
  const program = join(home, 'bin', 'python');
  if (await isExecutable(program)) return program;
  const python = await onPath('python3', process.env['PATH']);
  if (python === undefined) {
    throw new Error(
      'Moto, the server for tests of KMS and S3, is installed with Python, and there is no python3 on the PATH.',
    );
  }
  await mkdir(dirname(home), { recursive: true });
  const folder = await mkdtemp(join(cacheDir, 'moto-install-'));
  try {
    // Run as a module, so that it works wherever the folder is moved to.
    for (const step of [
      [python, ['-m', 'venv', '--copies', folder]],
      [join(folder, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--requirement', requirements]],
    ] as const) {
      const answer = await ask(step[0], [...step[1]], installLimitMs);
      if ('failure' in answer)
        throw new Error(`Moto, the server for tests of KMS and S3, could not be installed:\n${answer.failure}`);
    }
    await rename(folder, home).catch(async (error: unknown) => {
      // Another test file was faster.
      if (!(await isExecutable(program))) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return program;
}

export interface Moto {
  /** Base URL of the server. */
  readonly endpoint: string;
  /** Ends the server; its keys and objects are gone. */
  stop(): Promise<void>;
}

/**
 * A server on a free port of the loopback address, without keys and buckets.
 *
 * @throws Error saying what was lacking, or the server's own last words
 */
export async function startMoto(): Promise<Moto> {
  const program = await motoProgram();
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
