/** Sends a command to the instance of `portage dev` that runs in its data folder, which executes it. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

import { DatabaseUnusable } from '../database/open-database';
import { runningInstance } from '../instance';
import type { CommandTerminal } from './command-terminal';
import { commandSocketPath, instanceLine, lineOf, readLines, type CommandRequest } from './instance-socket';

export interface SentCommand {
  /** Absolute path of the data folder. */
  readonly dataDir: string;
  readonly arguments: readonly string[];
  readonly terminal: CommandTerminal;
  readonly withStacks: boolean;
  /** Milliseconds that an instance may take to start. */
  readonly startWithinMs?: number;
}

const startLimitMs = 60_000;

/**
 * Sends the command and waits for its end; writes its output to the terminal as it arrives.
 *
 * @returns the exit code; undefined when no instance runs in the data folder
 * @throws DatabaseUnusable when the instance does not listen in time, or ends before the command does
 */
export async function sendToInstance(command: SentCommand, signal: AbortSignal): Promise<number | undefined> {
  const socket = await reachInstance(command, signal);
  if (socket === undefined) return undefined;
  const giveUp = () => socket.destroy();
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await talk(socket, command);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
    socket.destroy();
  }
}

/** Connects; while an instance is starting, it tries again and again. */
async function reachInstance(command: SentCommand, signal: AbortSignal): Promise<Socket | undefined> {
  const { dataDir, terminal, startWithinMs = startLimitMs } = command;
  const path = commandSocketPath(dataDir);
  const until = Date.now() + startWithinMs;
  for (let isFirst = true; ; isFirst = false) {
    const socket = path === undefined ? undefined : await connected(path);
    if (socket !== undefined) return socket;
    const instance = runningInstance(dataDir);
    if (instance === undefined) return undefined;
    const who = `Portage runs in the data folder ${dataDir} (process ${instance.pid})`;
    if (path === undefined) {
      throw new DatabaseUnusable(
        `${who}, whose path is too long for a socket. Type the command in the folder in which that instance was started, ` +
          'or use a DATA_DIR with a shorter path.',
      );
    }
    if (Date.now() > until) {
      throw new DatabaseUnusable(
        `${who} and does not take commands yet. Repeat the command once it has printed its addresses.`,
      );
    }
    if (isFirst) terminal.remarks.write(`${who} and is starting; waiting for it …\n`);
    await pause(200, undefined, { signal });
  }
}

/** @returns undefined when no process listens: there is no socket, or a killed instance left one behind */
async function connected(path: string): Promise<Socket | undefined> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return socket;
  } catch (error) {
    socket.destroy();
    if (['ENOENT', 'ECONNREFUSED'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

async function talk(socket: Socket, { arguments: words, terminal, withStacks }: SentCommand): Promise<number> {
  const { out, remarks, width, answers } = terminal;
  // The reading loop below detects the end of the socket.
  socket.on('error', () => undefined);
  const request: CommandRequest = {
    arguments: [...words],
    folder: process.cwd(),
    width: width ?? null,
    canAsk: answers !== undefined,
    withStacks,
  };
  socket.write(lineOf(request));
  const onTyped = (chunk: Buffer) => void socket.write(lineOf({ typed: Buffer.from(chunk).toString('base64') }));
  const onEnd = () => void socket.write(lineOf({ typed: null }));
  answers?.on('data', onTyped).on('end', onEnd);
  try {
    for await (const text of readLines(socket)) {
      const line = instanceLine.parse(JSON.parse(text));
      if ('exitCode' in line) return line.exitCode;
      await write(...('out' in line ? ([out, line.out] as const) : ([remarks, line.remarks] as const)));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
  } finally {
    answers?.off('data', onTyped).off('end', onEnd).pause();
  }
  throw new DatabaseUnusable(
    'The running instance of Portage ended before it had finished the command. Repeat the command: it opens the database ' +
      'itself when no instance runs.',
  );
}

async function write(stream: Writable, base64: string): Promise<void> {
  if (!stream.write(Buffer.from(base64, 'base64'))) await once(stream, 'drain');
}
