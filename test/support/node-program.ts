/** A program of a few lines as a process of its own, which can load the project's compiled modules. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import './built';

const dist = join(__dirname, '../../dist');

/** The source text that loads a compiled module, such as `file-lock`. */
export const requireBuilt = (name: string) => `require(${JSON.stringify(join(dist, `${name}.js`))})`;

/**
 * Runs the text and waits for the first line that it prints.
 *
 * @returns the line, and a way to end the process by a signal and wait for its end
 */
export async function startNodeProgram(text: string) {
  const child = spawn(process.execPath, ['-e', text], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([printed]) => printed as string),
    exited.then(() => ''),
  ]);
  return {
    line,
    pid: child.pid ?? 0,
    async kill(signal: NodeJS.Signals = 'SIGKILL') {
      child.kill(signal);
      await exited;
    },
  };
}
