/**
 * How a command reaches the instance of `portage dev` that runs in its data folder: a socket in that folder, over which
 * the command's arguments go there and its output comes back, as lines of JSON.
 */
import { Buffer } from 'node:buffer';
import { join, relative } from 'node:path';
import { Writable } from 'node:stream';
import type { Socket } from 'node:net';

import { z } from 'zod';

/** The first line that a command sends. */
export const commandRequest = z.object({
  arguments: z.array(z.string()).max(1_000),
  /** Where it was typed, an absolute path. */
  folder: z.string().optional(),
  /** Of its terminal, in characters; null where it has none. */
  width: z.number().int().positive().nullable(),
  /** Whether somebody can answer questions; the answers come as further lines. */
  canAsk: z.boolean(),
  /** Whether failures are shown with their stacks. */
  withStacks: z.boolean(),
});
export type CommandRequest = z.infer<typeof commandRequest>;

/** Every further line that a command sends: what was typed, in base64; null at its end. */
export const typedLine = z.object({ typed: z.base64().nullable() });

/** A line that the instance sends: output in base64, or the exit code as the last one. */
export const instanceLine = z.union([
  z.object({ out: z.base64() }),
  z.object({ remarks: z.base64() }),
  z.object({ exitCode: z.number().int().min(0).max(255) }),
]);

/** Longest path that every system takes for a socket: macOS has 104 bytes with the zero at their end, Linux 108. */
const longestPath = 103;
const longestLine = 1 << 18;
/** Bytes of output in one line. */
const pieceSize = 1 << 16;

/**
 * Where the instance of a data folder listens for commands.
 *
 * @returns the absolute path, or that from the working folder where it is shorter; undefined when both are too long for
 *   a socket, which Node would cut without a word
 */
export function commandSocketPath(dataDir: string): string | undefined {
  const absolute = join(dataDir, 'commands.sock');
  const [shorter = absolute] = [absolute, relative(process.cwd(), absolute)].sort((a, b) => a.length - b.length);
  return Buffer.byteLength(shorter) > longestPath ? undefined : shorter;
}

/**
 * Lines that come in over a socket.
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

/** A stream whose bytes go over a socket as lines of that name; what comes after the socket's end is dropped. */
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
