#!/usr/bin/env node
/** The executable: its subcommands, its signals, its exit codes. */
import { Command } from 'commander';

import type { CommandContext } from './commands/context';
import { ConfigError, processEnvironment } from './config';
import { DatabaseUnusable } from './database/connect';
import { PortageError } from './domain/errors';
import { InstanceRunning } from './instance';
import { ListenError } from './listener';
import { describeError, type DescribedError } from './log';

const context: CommandContext = {
  environment: processEnvironment(),
  async untilSignalled(run) {
    const controller = new AbortController();
    let firstAt = Number.POSITIVE_INFINITY;
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      process.on(name, () => {
        // One Ctrl-C may come twice at once: from the terminal, and passed on by npm.
        if (Date.now() - firstAt > 1_000) process.exit(130);
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
  },
};

/** Each subcommand is loaded when it is asked for: the emulator needs none of the rest, and starts at once. */
const subcommands: Readonly<Record<string, () => Promise<Command>>> = {
  dev: async () => (await import('./commands/dev.js')).devCommand(context),
  server: async () => (await import('./commands/server.js')).serverCommand(context),
  worker: async () => (await import('./commands/worker.js')).workerCommand(context),
  emulator: async () => (await import('./commands/emulator.js')).emulatorCommand(context),
  migrate: async () => (await import('./commands/migrate.js')).migrateCommand(context),
  verify: async () => (await import('./commands/verify.js')).verifyCommand(context),
  records: async () => (await import('./commands/records.js')).recordsCommand(context),
  keys: async () => (await import('./commands/keys.js')).keysCommand(context),
  audit: async () => (await import('./commands/audit.js')).auditCommand(context),
  retention: async () => (await import('./commands/retention.js')).retentionCommand(context),
  consents: async () => (await import('./commands/consents.js')).consentsCommand(context),
  'api-keys': async () => (await import('./commands/api-keys.js')).apiKeysCommand(context),
};

async function main(): Promise<void> {
  const program = new Command('portage')
    .description('Carries a person’s data out of Google’s Data Portability API into your own app.')
    .version('0.1.0')
    .showHelpAfterError();
  const wanted = subcommands[process.argv[2] ?? ''];
  const loaded = await Promise.all(
    (wanted === undefined ? Object.values(subcommands) : [wanted]).map((load) => load()),
  );
  for (const command of loaded) program.addCommand(command);
  await program.parseAsync();
}

main().catch((error: unknown) => {
  process.stderr.write(`${failureText(error)}\n`);
  process.exit(1);
});

/** Errors whose message says all that helps. */
const inWords = [ConfigError, DatabaseUnusable, InstanceRunning, ListenError];

/** What a person can mend is said in words; anything else deserves its stack. */
function failureText(error: unknown): string {
  if (inWords.some((kind) => error instanceof kind)) return (error as Error).message;
  if (error instanceof PortageError && error.code !== 'UNEXPECTED') return `${error.message}.\n${error.remedy}`;
  return textOf(describeError(error));
}

function textOf({
  type = 'Error',
  status,
  message = `${type} ${String(status)}`,
  stack = message,
  cause,
}: DescribedError) {
  const why: string = cause === undefined ? '' : `\nCaused by: ${textOf(cause)}`;
  return `${stack}${why}`;
}
