/**
 * The protocol between a command and the instance of `portage dev` that runs in its data folder: a socket in that
 * folder. The command sends its arguments, and the instance sends the output, as lines of JSON.
 */
import { Buffer } from 'node:buffer';
import { join, relative } from 'node:path';
import { Writable } from 'node:stream';
import type { Socket } from 'node:net';

import { z } from 'zod';

/** The first line that a command sends. */
export const commandRequest = z.object({
  arguments: z.array(z.string()).max(1_000),
  /** The folder in which the command was typed, an absolute path. */
  folder: z.string().optional(),
  /** The width of the command's terminal in characters; null without a terminal. */
  width: z.number().int().positive().nullable(),
  /** Whether a person can answer questions; the answers are sent as further lines. */
  canAsk: z.boolean(),
  /** Whether failures are shown with their stacks. */
  withStacks: z.boolean(),
});
export type CommandRequest = z.infer<typeof commandRequest>;

/** Every further line that a command sends: the typed bytes in base64; null at the end of the input. */
export const typedLine = z.object({ typed: z.base64().nullable() });

/** A line that the instance sends: output in base64, or the exit code as the last one. */
export const instanceLine = z.union([
  z.object({ out: z.base64() }),
  z.object({ remarks: z.base64() }),
  z.object({ exitCode: z.number().int().min(0).max(255) }),
]);

/** Longest path that every system accepts for a socket: macOS has 104 bytes including the final zero, Linux 108. */
const longestPath = 103;
const longestLine = 1 << 18;
/** Bytes of output in one line. */
const pieceSize = 1 << 16;

/**
 * The path of the socket on which the instance of a data folder accepts commands.
 *
 * @returns the absolute path, or the path relative to the working folder if that is shorter; undefined when both are
 * too long for a socket, because Node would truncate the path without an error
 */
export function commandSocketPath(dataDir: string): string | undefined {
  const absolute = join(dataDir, 'commands.sock');
  const [shorter = absolute] = [absolute, relative(process.cwd(), absolute)].sort((a, b) => a.length - b.length);
  return Buffer.byteLength(shorter) > longestPath ? undefined : shorter;
}

/**
 * Reads the lines that arrive over a socket.
 *
 * @throws Error when one is longer than 256 KiB
 */
export async function* readLines(socket: Socket): AsyncGenerator<string> {
  socket.setEncoding('utf8');
  let rest = '';
  for await (const chunk of socket as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) throw new Error('a line is longer than 256 KiB');
    yield* lines;
  }
}

export const lineOf = (message: object) => `${JSON.stringify(message)}\n`;

/** A stream whose bytes are sent over a socket as lines of that name. Bytes after the end of the socket are dropped. */
export function outputOver(socket: Socket, name: 'out' | 'remarks'): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      const pieces = Array.from({ length: Math.ceil(chunk.length / pieceSize) }, (_, index) =>
        lineOf({ [name]: chunk.subarray(index * pieceSize, (index + 1) * pieceSize).toString('base64') }),
      );
      socket.write(pieces.join(''), () => done());
    },
  });
}
