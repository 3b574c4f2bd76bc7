/**
 * One POSIX shell for the blocks of a document, so that the next block has the variables of the one before, as in a
 * reader's terminal.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

export interface Shell {
  /** @returns the block's standard output @throws Error when a command failed: its code, and all it wrote */
  run(block: string): Promise<string>;
  /** Ends the shell and all that it left running. */
  stop(): Promise<void>;
}

export interface ShellOptions {
  /** Where the shell is when it starts. */
  readonly folder: string;
  /** Folder for the blocks and their output. */
  readonly scratch: string;
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A block that does not end by then never will: a server, or a question on the terminal. */
const limitMs = 5 * 60_000;

/** Starts `sh -eu`: a command that fails, or a variable that is not set, ends it. */
export function startShell({ folder, scratch, environment }: ShellOptions): Shell {
  mkdirSync(scratch, { recursive: true });
  // A group of its own, so that its child processes can be ended with it.
  const child = spawn('sh', ['-eu'], {
    cwd: folder,
    env: environment,
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const exited = once(child, 'close').then(([code]) => ({ code: code as number | null }));
  // A shell that has ended takes no more input; run() says so itself.
  child.stdin.on('error', () => undefined);
  const lines = createInterface(child.stdout);
  let count = 0;

  return {
    async run(block) {
      count += 1;
      const file = join(scratch, `block-${count}.sh`);
      const outputOf = (name: 'out' | 'err') => readFileSync(`${file}.${name}`, 'utf8');
      writeFileSync(file, `${block}\n`);
      const end = new AbortController();
      const done = once(lines, 'line', { signal: end.signal }).then(() => 'done' as const);
      const limit = pause(limitMs, 'late' as const, { signal: end.signal });
      child.stdin.write(`. '${file}' </dev/null >'${file}.out' 2>'${file}.err'; echo done\n`);
      const how = await Promise.race([done, exited, limit]);
      end.abort();
      if (how === 'done') return outputOf('out');
      const words = how === 'late' ? 'did not end within 5 minutes' : `ended the shell with ${String(how.code)}`;
      throw new Error(`it ${words}:\n${block}\n${outputOf('out')}${outputOf('err')}`);
    },
    async stop() {
      child.stdin.end();
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch (error) {
        // Nothing of it runs any more.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
      await exited;
    },
  };
}
