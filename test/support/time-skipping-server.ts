/** Temporal's time-skipping test server: months of timers in milliseconds. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { DataConverter } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';

import { ask, isExecutable, onPath } from '../../src/dev/executable';
import { withProgress, type Report } from '../../src/dev/progress';
import { startSupervised } from '../../src/dev/supervised-process';
import { cacheDir } from './cache-dir';
import { freePort } from './free-port';
import { openWork } from './settled';

const toolDir = join(__dirname, '..', '..', 'tools', 'temporal-test-server');
/** The release that tools/temporal-test-server/pom.xml pins. */
const version = '1.36.1';
const home = join(cacheDir, `temporal-test-server-${version}-with-classes`);

type Executable =
  | { readonly type: 'existing-path'; readonly path: string }
  | { readonly type: 'cached-download'; readonly downloadDir: string };

/**
 * A fresh server with clients for it; end it with `teardown()`. Time skips for the whole server, so one file's tests
 * run one after another. Activities and the database see real time: pass times as arguments.
 *
 * @param client how its client writes and reads payloads
 * @throws Error naming the fault of each way to the server
 */
export async function startTimeSkipping(
  client: { dataConverter?: DataConverter } = {},
): Promise<TestWorkflowEnvironment> {
  const executable = await timeSkippingExecutable(() => undefined);
  if (executable.type !== 'existing-path') {
    return TestWorkflowEnvironment.createTimeSkipping({ server: { executable }, client }).catch((error: unknown) => {
      throw new Error(`${lacking} The download failed.`, { cause: error });
    });
  }
  const server = await startServer(executable.path);
  try {
    // The SDK gives a server that it starts five seconds, which are too few on a busy machine.
    const path = join(toolDir, 'wait.sh');
    const placeholder = { executable: { type: 'existing-path' as const, path }, port: server.port };
    const environment = await TestWorkflowEnvironment.createTimeSkipping({ server: placeholder, client });
    const teardown = environment.teardown.bind(environment);
    return Object.assign(environment, { teardown: () => teardown().finally(() => server.stop()) });
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** In milliseconds; another program may have taken the port meanwhile, which ends a start early. */
const startWithinMs = 300_000;
const mostStarts = 5;

/** @throws Error when no server has come up */
async function startServer(script: string): Promise<{ readonly port: number; stop(): Promise<void> }> {
  for (let starts = 0; starts < mostStarts; starts += 1) {
    const port = await freePort();
    const server = await startSupervised(script, [String(port)]);
    const ended = new AbortController();
    void server.exited.then(() => ended.abort());
    if (await listens(port, AbortSignal.any([ended.signal, AbortSignal.timeout(startWithinMs)]))) {
      return { port, stop: () => server.stop() };
    }
    await server.stop();
  }
  throw new Error(`Temporal’s time-skipping server did not come up in ${mostStarts} starts.`);
}

/**
 * So often the time is looked at, and after so many looks without anything happening it is taken to be stuck: longer
 * than the ten seconds after which a workflow task that went to a worker that left is given to another one.
 */
const lookEveryMs = 500;
const stuckAfterLooks = 26;
/** Longer than any work stays open while time stands still, unless the server lost it (settled.ts). */
const longestWorkMs = 60_000;

/**
 * Keeps time going while a test waits for it. When the retry of an activity comes due that has ended meanwhile, the
 * server stops time for a task that will never complete (its `addActivityRetryTimer`, release 1.36.1); such a
 * stop is taken back here. The server counts its stops: one that is taken back while a worker is only slow would let
 * time jump during each later task, to the limit of ten years of a workflow.
 *
 * @param isBusy whether something is under way for which time has to stand still
 * @param everyMs how often it looks at the time, in milliseconds
 */
export function createTimePassing(
  environment: TestWorkflowEnvironment,
  isBusy: () => boolean,
  everyMs: number = lookEveryMs,
) {
  const { client, connection } = environment;
  const { namespace } = client.options;

  const hasOpenWork = async (now: number): Promise<boolean> => {
    const { executions } = await client.workflowService.listOpenWorkflowExecutions({ namespace });
    const open = await Promise.all(executions.map(({ execution }) => openWork(client, execution?.workflowId ?? '')));
    return open.flat().some((since) => now - since < longestWorkMs);
  };

  return async <T>(waiting: Promise<T>): Promise<T> => {
    const over = new AbortController();
    const { signal } = over;
    let [before, lookedAt] = [await environment.currentTimeMs(), performance.now()];
    let looks = 0;
    const look = async (): Promise<void> => {
      const [now, at] = [await environment.currentTimeMs(), performance.now()];
      // Time that was stopped goes on like real time.
      const hasSkipped = now - before > at - lookedAt + 1_000;
      [before, lookedAt] = [now, at];
      looks = isBusy() || hasSkipped ? 0 : looks + 1;
      if (looks < stuckAfterLooks) return;
      // The next due work may start late: a second stop shows after an equally long look.
      looks = 0;
      const mayGoOn = !(await hasOpenWork(now)) && !isBusy() && !signal.aborted;
      if (mayGoOn) await connection.testService?.unlockTimeSkipping({});
    };
    const looking = (async () => {
      while (!signal.aborted) {
        // A look that fails, as at the end of the wait, is of no consequence.
        await look().catch(() => undefined);
        await pause(everyMs, undefined, { signal }).catch(() => undefined);
      }
    })();
    try {
      return await waiting;
    } finally {
      over.abort();
      await looking;
    }
  };
}

const lacking =
  'Temporal’s time-skipping server needs java and, the first time, mvn on the PATH; ' +
  'without them the SDK downloads a program, which needs the network and is not there for every platform.';

/** Java with the jars from the cache folder, which Maven fills the first time; otherwise the SDK's download. */
export async function timeSkippingExecutable(report: Report): Promise<Executable> {
  const path = process.env['PATH'];
  const script = join(home, 'start.sh');
  const mvn = await onPath('mvn', path);
  const hasJars = await isExecutable(script);
  if ((await onPath('java', path)) === undefined || (!hasJars && mvn === undefined)) {
    const downloadDir = join(cacheDir, 'temporal-test-server-download');
    await mkdir(downloadDir, { recursive: true });
    return { type: 'cached-download', downloadDir };
  }
  if (!hasJars && mvn !== undefined) {
    const what = 'Fetching Temporal’s time-skipping server with Maven';
    await withProgress({ what, expected: 'the first time up to a minute', report }, () => fetchJars(mvn));
  }
  return { type: 'existing-path', path: script };
}

async function fetchJars(mvn: string): Promise<void> {
  await mkdir(cacheDir, { recursive: true });
  const folder = await mkdtemp(join(cacheDir, 'jars-'));
  try {
    for (const file of ['pom.xml', 'start.sh']) await cp(join(toolDir, file), join(folder, file));
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${join(folder, 'lib')}`];
    const answer = await ask(mvn, ['--batch-mode', '--quiet', '-f', join(folder, 'pom.xml'), ...goal], 300_000);
    if ('failure' in answer) throw new Error(`Maven could not fetch the time-skipping server:\n${answer.failure}`);
    await rename(folder, home).catch(async (error: unknown) => {
      // Another test process may have been faster.
      if (!(await isExecutable(join(home, 'start.sh')))) throw error;
    });
    await archiveClasses();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Has Java write down the classes that a start loads, so that later starts take a third of the time. Not done, nothing is lost. */
async function archiveClasses(): Promise<void> {
  const port = await freePort();
  const own = join(home, `classes-${process.pid}.jsa`);
  const server = spawn(join(home, 'start.sh'), [String(port)], {
    env: { ...process.env, JAVA_TOOL_OPTIONS: `-XX:ArchiveClassesAtExit=${own}` },
    stdio: 'ignore',
  });
  // Where it cannot be started, or ends at once, there is nothing to wait for.
  const ended = new AbortController();
  const exited = once(server, 'exit')
    .catch(() => undefined)
    .finally(() => ended.abort());
  await listens(port, AbortSignal.any([ended.signal, AbortSignal.timeout(60_000)]));
  server.kill();
  await exited;
  await rename(own, join(home, 'classes.jsa')).catch(() => undefined);
}

/** Waits until a server listens on the port. @returns false when the signal came first */
async function listens(port: number, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return !signal.aborted;
    } catch {
      await pause(100);
    } finally {
      socket.destroy();
    }
  }
  return false;
}
