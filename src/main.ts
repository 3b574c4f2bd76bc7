#!/usr/bin/env node
/** The executable: its signals, its exit codes, and the message of a failure. */
import type { CommandContext } from './commands/context';
import { failureText } from './commands/failure-text';
import { runCommandLine } from './commands/run';
import { processEnvironment } from './config';

/** The first signal stops in order, the second one immediately. */
const untilSignalled: CommandContext['untilSignalled'] = async (run) => {
  const controller = new AbortController();
  let firstAt = Number.POSITIVE_INFINITY;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      // One Ctrl-C may arrive twice: from the terminal, and passed on by npm.
      if (Date.now() - firstAt > 1_000) process.exit(130);
      if (!controller.signal.aborted && process.stderr.isTTY) {
        process.stderr.write('\nStopping … (Ctrl-C again stops at once)\n');
      }
      firstAt = Math.min(firstAt, Date.now());
      controller.abort(new Error(name));
    });
  }
  try {
    process.exitCode = await run(controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    process.exitCode = 130;
  }
};

/** A reader such as `head` has enough: the exit code is that of a program ended by SIGPIPE. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(141);
  throw error;
});

let withStacks = false;

async function main(): Promise<void> {
  // Written files contain personal data or keys, so only this user may read them.
  process.umask(0o077);
  const { environment, envFile } = processEnvironment();
  withStacks = environment['LOG_LEVEL'] === 'debug';
  await runCommandLine(process.argv.slice(2), { environment, envFile, withStacks, untilSignalled });
}

main().catch((error: unknown) => {
  process.stderr.write(`${failureText(error, withStacks)}\n`);
  process.exit(1);
});
