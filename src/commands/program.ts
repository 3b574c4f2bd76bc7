/** The subcommands of the executable. Each is loaded when it is asked for: the emulator needs none of the rest. */
import { Command } from 'commander';

import type { CommandContext } from './context';

type LoadCommand = (context: CommandContext) => Promise<Command>;

/** Those that run for long, each in a process of its own. */
export const lastingCommands: Readonly<Record<string, LoadCommand>> = {
  dev: async (context) => (await import('./dev.js')).devCommand(context),
  server: async (context) => (await import('./server.js')).serverCommand(context),
  worker: async (context) => (await import('./worker.js')).workerCommand(context),
  emulator: async (context) => (await import('./emulator.js')).emulatorCommand(context),
};

/** Those that look into the database and end; an instance that runs can carry them out. */
export const databaseCommands: Readonly<Record<string, LoadCommand>> = {
  migrate: async (context) => (await import('./migrate.js')).migrateCommand(context),
  verify: async (context) => (await import('./verify.js')).verifyCommand(context),
  records: async (context) => (await import('./records.js')).recordsCommand(context),
  keys: async (context) => (await import('./keys.js')).keysCommand(context),
  audit: async (context) => (await import('./audit.js')).auditCommand(context),
  retention: async (context) => (await import('./retention.js')).retentionCommand(context),
  consents: async (context) => (await import('./consents.js')).consentsCommand(context),
  'api-keys': async (context) => (await import('./api-keys.js')).apiKeysCommand(context),
};

/**
 * The program with one subcommand, or with all of them where none of that name is among them.
 *
 * @param name first argument of the command line
 */
export async function createProgram(
  commands: Readonly<Record<string, LoadCommand>>,
  name: string,
  context: CommandContext,
): Promise<Command> {
  const program = new Command('portage')
    .description('Carries a person’s data out of Google’s Data Portability API into your own app.')
    .version('0.1.0')
    .showHelpAfterError();
  const asked = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const loads = asked === undefined ? Object.values(commands) : [asked];
  for (const command of await Promise.all(loads.map((load) => load(context)))) program.addCommand(command);
  return program;
}
