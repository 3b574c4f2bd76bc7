/** Executes a command line in this process, or in the instance of `portage dev` that has opened the database. */
import { refuseMisspelt, type Environment } from '../config';
import { dataFolderOf } from '../instance';
import { createLogger } from '../log';
import { processTerminal } from './command-terminal';
import type { CommandContext } from './context';
import { databaseCommands } from './database-commands';
import { completeFromDevelopment } from './development-parts';
import { lastingCommands } from './lasting-commands';
import { createProgram } from './program';
import { sendToInstance } from './send-to-instance';

export interface CommandLineSettings {
  readonly environment: Environment;
  /** The file `.env` that was read, if any. */
  readonly envFile: string | undefined;
  readonly withStacks: boolean;
  readonly untilSignalled: CommandContext['untilSignalled'];
}

/**
 * Sends a command that uses the database to the instance that runs in the data folder, unless `DATABASE_URL` names a
 * database. Without such an instance, this process opens the database.
 *
 * @param words the arguments of the program
 */
export async function runCommandLine(words: readonly string[], settings: CommandLineSettings): Promise<void> {
  const { environment, envFile, withStacks, untilSignalled } = settings;
  if (withStacks && envFile !== undefined) createLogger('debug').debug({ file: envFile }, 'environment file read');
  const [name = ''] = words;
  const terminal = processTerminal();
  const onDatabase = Object.hasOwn(databaseCommands, name);
  if (onDatabase && environment['DATABASE_URL'] === undefined) {
    refuseMisspelt(environment);
    const command = { dataDir: dataFolderOf(environment), arguments: words, terminal, withStacks };
    const instance = { isRunning: true };
    await untilSignalled(async (signal) => {
      const exitCode = await sendToInstance(command, signal);
      instance.isRunning = exitCode !== undefined;
      return exitCode ?? 0;
    });
    if (instance.isRunning) return;
  }
  const commands = { ...lastingCommands, ...databaseCommands };
  const context = {
    environment: onDatabase ? await completeFromDevelopment(environment) : environment,
    terminal,
    untilSignalled,
  };
  const program = await createProgram(commands, name, context);
  await program.parseAsync(words, { from: 'user' });
}
