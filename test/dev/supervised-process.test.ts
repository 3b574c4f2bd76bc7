import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

import { startSupervised } from '../../src/dev/supervised-process';
import '../support/built';

const built = join(__dirname, '..', '..', 'dist', 'dev', 'supervised-process.js');

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // In a container without an init process, an ended orphan stays listed as a zombie.
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || !readFileSync(stat, 'utf8').includes(') Z ');
}

async function until(condition: () => boolean, limitMs = 120_000): Promise<void> {
  for (const end = Date.now() + limitMs; !condition();) {
    if (Date.now() > end) throw new Error(`not so after ${limitMs} ms`);
    await pause(50);
  }
}

/** A log file and a way to wait for its first lines, in which a shell prints the ids of its children. */
function pidLog() {
  const logFile = join(mkdtempSync(join(tmpdir(), 'portage-test-')), 'log.txt');
  const pids = () => readFileSync(logFile, 'utf8').split('\n').slice(0, -1).map(Number);
  return { logFile, pids };
}

describe('A supervised process', () => {
  it('is stopped together with everything it started', async () => {
    const { logFile, pids } = pidLog();
    const child = await startSupervised('sh', ['-c', 'sleep 600 & echo $!; wait'], { logFile });
    await until(() => pids().length === 1);
    const [grandchild = 0] = pids();
    expect([isAlive(child.pid), isAlive(grandchild)]).toEqual([true, true]);
    await child.stop();
    expect(isAlive(child.pid)).toBe(false);
    await until(() => !isAlive(grandchild));
    await child.stop();
  });

  it('is killed after its grace when it ignores the request to end', async () => {
    const { logFile, pids } = pidLog();
    const stubborn = `trap '' TERM; echo $$; while :; do sleep 0.1; done`;
    const child = await startSupervised('sh', ['-c', stubborn], { logFile, graceMs: 200 });
    await until(() => pids().length === 1);
    await child.stop();
    expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('reports how it ended without a stop', async () => {
    const child = await startSupervised('sh', ['-c', 'exit 7']);
    expect(await child.exited).toEqual({ code: 7, signal: null });
    await child.stop();
  });

  it('names the program that is missing', async () => {
    await expect(startSupervised('no-such-program', [])).rejects.toThrow(
      'Could not start no-such-program: there is no such program',
    );
  });

  it.each(['SIGKILL', 'SIGTERM'] as const)('follows when its parent is ended by %s', async (signal) => {
    const script = `require(${JSON.stringify(built)}).startSupervised('sleep', ['600']).then(({ pid }) => console.log(pid))`;
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface(parent.stdout), 'line')) as [string];
    const child = Number(line);
    expect(isAlive(child)).toBe(true);
    parent.kill(signal);
    await until(() => !isAlive(child));
  });

  it('is out of reach of a signal to its parent’s process group, such as Ctrl-C in a terminal', async () => {
    const script =
      `process.on('SIGINT', () => undefined);` +
      `require(${JSON.stringify(built)}).startSupervised('sleep', ['600']).then(({ pid }) => console.log(pid))`;
    const parent = spawn(process.execPath, ['-e', script], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface(parent.stdout), 'line')) as [string];
    const child = Number(line);
    if (parent.pid === undefined) throw new Error('the parent did not start');
    process.kill(-parent.pid, 'SIGINT');
    await pause(300);
    expect([isAlive(parent.pid), isAlive(child)]).toEqual([true, true]);
    parent.kill('SIGKILL');
    await until(() => !isAlive(child));
  });
});
