/** Builds the program from the subcommands that a command line needs. */
import { Command } from 'commander';

import type { CommandContext } from './context';

export type LoadCommand = (context: CommandContext) => Promise<Command>;

/**
 * The program with one subcommand, or with all subcommands when none has that name.
 *
 * @param name first argument of the command line
 */
export async function createProgram(
  commands: Readonly<Record<string, LoadCommand>>,
  name: string,
  context: CommandContext,
): Promise<Command> {
  const program = new Command('portage')
    .description('Imports a person’s data from Google’s Data Portability API into your app.')
    .version('0.1.0')
    .showHelpAfterError()
    // Options after the name of a subcommand belong to it, also when a parent command has the same option.
    .enablePositionalOptions();
  const asked = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const loads = asked === undefined ? Object.values(commands) : [asked];
  for (const command of await Promise.all(loads.map((load) => load(context)))) program.addCommand(command);
  return program;
}
