/** The built executable as a process of its own, so that it can be killed like one. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import './built';

export { until } from './until';

const dist = join(__dirname, '../../dist');

export interface Program {
  readonly pid: number;
  /** Its output so far, both streams. */
  output(): string;
  /** SIGKILL: no handler runs. Resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, then waits. @returns the exit code */
  stop(): Promise<number | null>;
  exited: Promise<number | null>;
}

/**
 * @param environment the whole environment except PATH
 * @param cwd where it looks for a file .env; by default a folder that has none, unlike a developer's checkout
 */
export function startProgram(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  cwd: string = dist,
): Program {
  const child: ChildProcess = spawn(process.execPath, [join(dist, 'main.js'), ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const signal = (name: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(name);
  };
  return {
    pid: child.pid ?? 0,
    output: () => output,
    exited,
    async kill() {
      signal('SIGKILL');
      await exited;
    },
    async stop() {
      signal('SIGTERM');
      return exited;
    },
  };
}
