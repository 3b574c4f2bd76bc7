/** One POSIX shell for the blocks of a document, so that what one block sets the next one has, as on a reader's terminal. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Shell {
  /** @returns what the block wrote to standard output @throws Error when a command failed: its code, and all it wrote */
  run(block: string): Promise<string>;
  /** Ends the shell and all that it left running. */
  stop(): Promise<void>;
}

export interface ShellOptions {
  /** Where the shell is when it starts. */
  readonly folder: string;
  /** Folder for the blocks and what they write. */
  readonly scratch: string;
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts `sh -eu`: a command that fails, or a variable that is not set, ends it. */
export function startShell({ folder, scratch, environment }: ShellOptions): Shell {
  mkdirSync(scratch, { recursive: true });
  // A group of its own, so that what a block starts can be ended with it.
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
      const said = (name: 'out' | 'err') => readFileSync(`${file}.${name}`, 'utf8');
      for (const [name, text] of [
        ['', `${block}\n`],
        ['.out', ''],
        ['.err', ''],
      ] as const)
        writeFileSync(`${file}${name}`, text);
      const done = once(lines, 'line').then(() => undefined);
      child.stdin.write(`. '${file}' </dev/null >'${file}.out' 2>'${file}.err'; echo done\n`);
      const ended = await Promise.race([done, exited]);
      if (ended === undefined) return said('out');
      const how = count > 1 && said('out') + said('err') === '' ? ' (perhaps because an earlier block failed)' : '';
      throw new Error(`the shell ended with ${String(ended.code)}${how} in\n${block}\n${said('out')}${said('err')}`);
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
