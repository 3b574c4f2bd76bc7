/**
 * Executes the commands of other terminals in the running instance, because only its process has the embedded database.
 */
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';

import { CommanderError, type Command } from 'commander';

import type { Environment } from '../config';
import type { Logger } from '../log';
import type { Portage } from '../portage';
import type { CommandTerminal } from './command-terminal';
import { databaseCommands } from './database-commands';
import { failureText } from './failure-text';
import {
  commandRequest,
  commandSocketPath,
  lineOf,
  outputOver,
  readLines,
  typedLine,
  type CommandRequest,
} from './instance-socket';
import { createProgram } from './program';

export interface ServingCommands {
  /** Ends the running commands. */
  stop(): Promise<void>;
}

interface Surroundings {
  readonly portage: Portage;
  readonly environment: Environment;
  readonly logger: Logger;
}

/**
 * Listens in the data folder, for this user only. This instance must hold the data folder: an existing socket was left
 * by a killed instance, and is replaced.
 *
 * @returns undefined when the folder's path is too long for a socket
 */
export async function serveCommands(dataDir: string, surroundings: Surroundings): Promise<ServingCommands | undefined> {
  const path = commandSocketPath(dataDir);
  if (path === undefined) return undefined;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A killed command is no error of this process.
    socket.on('error', () => undefined);
    serve(socket, surroundings).catch((error: unknown) => {
      surroundings.logger.warn({ err: error }, 'a command was not understood');
      socket.destroy();
    });
  });
  rmSync(path, { force: true });
  await listenForOwner(server, path);
  return {
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** The socket never has a mode that admits other users: it is created synchronously, within the call. */
async function listenForOwner(server: Server, path: string): Promise<void> {
  const before = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(before);
  }
  await once(server, 'listening');
}

async function serve(socket: Socket, surroundings: Surroundings): Promise<void> {
  const gone = new AbortController();
  socket.on('close', () => gone.abort(new Error('the command’s process has ended')));
  const lines = readLines(socket);
  const first = await lines.next();
  if (first.done === true) return;
  const request = commandRequest.parse(JSON.parse(first.value));
  const answers = new PassThrough();
  const terminal: CommandTerminal = {
    out: outputOver(socket, 'out'),
    remarks: outputOver(socket, 'remarks'),
    width: request.width ?? undefined,
    answers: request.canAsk ? answers : undefined,
  };
  // Read to the end also without a question: otherwise the end of the command's process would not be noticed.
  passOn(lines, answers).catch(() => socket.destroy());
  const exitCode = await carryOut(request, terminal, surroundings, gone.signal);
  for (const stream of [terminal.out, terminal.remarks]) await new Promise<void>((done) => stream.end(done));
  socket.end(lineOf({ exitCode }));
}

async function passOn(lines: AsyncGenerator<string>, answers: PassThrough): Promise<void> {
  for await (const line of lines) {
    const { typed } = typedLine.parse(JSON.parse(line));
    if (typed === null) answers.end();
    else answers.write(Buffer.from(typed, 'base64'));
  }
  answers.end();
}

/**
 * Executes a command in this process, with the Portage of its surroundings or, when they have none, with its own.
 *
 * @returns the exit code; errors are printed on the command's terminal
 */
export async function carryOut(
  { arguments: words, withStacks, folder }: Pick<CommandRequest, 'arguments' | 'withStacks' | 'folder'>,
  terminal: CommandTerminal,
  { portage, environment }: Partial<Surroundings> & Pick<Surroundings, 'environment'>,
  signal: AbortSignal,
): Promise<number> {
  let exitCode = 0;
  try {
    const program = await createProgram(databaseCommands, words[0] ?? '', {
      environment,
      terminal,
      ...(portage !== undefined && { portage }),
      ...(folder !== undefined && { folder }),
      async untilSignalled(run) {
        exitCode = await run(signal);
      },
    });
    keepProcess(program, terminal);
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has already printed the usage.
    if (error instanceof CommanderError) return error.exitCode;
    terminal.remarks.write(`${failureText(error, withStacks)}\n`);
    return 1;
  }
}

/** Help and wrong usage would end this process and print to its terminal; subcommands inherit neither setting. */
function keepProcess(command: Command, { out, remarks, width }: CommandTerminal): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => void out.write(text),
    writeErr: (text) => void remarks.write(text),
    ...(width === undefined ? {} : { getOutHelpWidth: () => width, getErrHelpWidth: () => width }),
  });
  for (const subcommand of command.commands) keepProcess(subcommand, { out, remarks, width, answers: undefined });
}
