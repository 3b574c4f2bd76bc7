/** Versity's S3 gateway, a real S3 server over a plain folder, for the tests of the S3 storage. */
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { ask, isExecutable, lastLines, onPath } from '../../src/dev/executable';
import { withProgress, type Report } from '../../src/dev/progress';
import { startSupervised } from '../../src/dev/supervised-process';
import { cacheDir } from './cache-dir';
import { freePort } from './free-port';

const toolDir = join(__dirname, '..', '..', 'tools', 'versitygw');
/** The release that tools/versitygw/go.mod pins. */
export const versitygwVersion = '1.8.0';
const cached = join(cacheDir, `versitygw-${versitygwVersion}`, 'versitygw');
const buildLimitMs = 15 * 60_000;

/**
 * The program from the cache folder, which a build with Go fills the first time.
 *
 * @throws Error naming what is missing
 */
export async function versitygwProgram(report: Report): Promise<string> {
  if (await isExecutable(cached)) return cached;
  const go = await onPath('go', process.env['PATH']);
  if (go === undefined) throw new Error('The S3 server for tests is built with Go, and there is no go on the PATH.');
  const expected = 'the first time one to three minutes';
  await withProgress({ what: 'Building the S3 server for tests with Go', expected, report }, () => build(go));
  return cached;
}

async function build(go: string): Promise<void> {
  await mkdir(dirname(cached), { recursive: true });
  const folder = await mkdtemp(join(cacheDir, 'versitygw-build-'));
  try {
    // A copy, because Go may complete go.sum, and the project's own files are not to change.
    for (const file of ['go.mod', 'go.sum']) await cp(join(toolDir, file), join(folder, file));
    const program = join(folder, 'versitygw');
    // Pure Go runs with any C library. A user's own GOFLAGS or workspace could spoil the build.
    const settings = ['CGO_ENABLED=0', 'GOFLAGS=', 'GOWORK=off'];
    const flags = ['-C', folder, '-mod=mod', '-ldflags', '-s -w', '-o', program];
    const command = [...settings, go, 'build', ...flags, 'github.com/versity/versitygw/cmd/versitygw'];
    const answer = await ask('env', command, buildLimitMs);
    if ('failure' in answer) throw new Error(`Go could not build the S3 server for tests:\n${answer.failure}`);
    // Both are in the cache folder, so the program appears in its place at once, whole.
    await rename(program, cached);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface TestS3 {
  /** Base URL of the server. */
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Its folders are the buckets, the files in them the objects. */
  readonly folder: string;
  /** Of the server as it runs now, which leads a process group of its own. */
  pid(): number;
  /** Ends the server; {@link start} brings it back on the same port with the same objects. */
  halt(): Promise<void>;
  start(): Promise<void>;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

/**
 * A server on a free port of the loopback address, without buckets.
 *
 * @throws Error naming what is missing, or the server's own last words
 */
export async function startTestS3(): Promise<TestS3> {
  const program = await versitygwProgram(() => undefined);
  const home = await mkdtemp(join(tmpdir(), 'portage-test-s3-'));
  const [folder, logFile] = [join(home, 'buckets'), join(home, 'log.txt')];
  await mkdir(folder);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const credentials = { accessKeyId: 'test-access', secretAccessKey: 'test-secret' };
  const account = ['--access', credentials.accessKeyId, '--secret', credentials.secretAccessKey];
  const listen = ['--port', `127.0.0.1:${port}`, '--health', '/health', '--keep-alive', '--quiet'];

  const start = async () => {
    const server = await startSupervised(program, [...account, ...listen, 'posix', folder], { logFile });
    while (!(await answers(`${endpoint}/health`))) {
      const exit = await Promise.race([server.exited, pause(50)]);
      if (exit === undefined) continue;
      throw new Error(`The S3 server for tests ended:\n${lastLines(await readFile(logFile, 'utf8'), 8)}`);
    }
    return server;
  };
  let server = await start();
  return {
    endpoint,
    credentials,
    folder,
    pid: () => server.pid,
    halt: () => server.stop(),
    start: async () => {
      server = await start();
    },
    stop: async () => {
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
