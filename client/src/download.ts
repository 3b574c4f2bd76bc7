/** Downloads to a file, which continue after a break, also in another process. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { PortageApiError, PortageConnectionError, PortageDigestError } from './errors';
import { broken } from './lines';

export interface Downloaded {
  readonly bytes: number;
  /** Of the bytes in the file, in hexadecimal digits. */
  readonly sha256: string;
}

/** Asks for the bytes with these headers: `Range` and `If-Range`, or none. */
type Open = (headers: Readonly<Record<string, string>>) => Promise<Response>;

/** Breaks in a row, without one byte between them, after which the download fails. */
const breaksInARow = 5;
const ending = '.partial';

/**
 * Downloads into `<file>.<ETag>.partial` and renames it to `file` when it is complete. A later call for the same file
 * continues an earlier one; bytes that have changed at Portage are downloaded from the beginning.
 *
 * @param name for messages
 * @param sha256 the expected hash of the bytes; null when it is not known
 * @throws PortageDigestError, PortageApiError, PortageConnectionError, or an error of the file system
 */
export async function downloadTo(
  file: string,
  { open: ask, name, sha256 }: { open: Open; name: string; sha256: string | null },
): Promise<Downloaded> {
  for (let breaks = 0; ;) {
    const before = await heldPart(file);
    try {
      const partial = await takeBytes(file, before, ask, name);
      const digest = await digestOf(partial);
      if (sha256 !== null && digest !== sha256) {
        await rm(partial);
        throw new PortageDigestError(`the SHA-256 of ${name} is ${digest}, and Portage stored ${sha256}`);
      }
      const { size } = await stat(partial);
      await rename(partial, file);
      return { bytes: size, sha256: digest };
    } catch (error) {
      if (isUnsatisfiable(error) && before !== undefined) {
        await rm(before.path);
        continue;
      }
      if (!(error instanceof PortageConnectionError)) throw error;
      breaks = ((await heldPart(file))?.bytes ?? 0) > (before?.bytes ?? 0) ? 0 : breaks + 1;
      if (breaks >= breaksInARow) throw error;
    }
  }
}

interface HeldPart {
  readonly path: string;
  readonly etag: string;
  readonly bytes: number;
}

const partialOf = (file: string, etag: string) => `${file}.${Buffer.from(etag).toString('base64url')}${ending}`;

/** The partial file of an earlier try. Its name contains the ETag, so that both appear and vanish together. */
async function heldPart(file: string): Promise<HeldPart | undefined> {
  const start = `${basename(file)}.`;
  const name = (await readdir(dirname(file))).find(
    (each) =>
      each.startsWith(start) && each.endsWith(ending) && !each.slice(start.length, -ending.length).includes('.'),
  );
  if (name === undefined) return undefined;
  const path = join(dirname(file), name);
  const etag = Buffer.from(name.slice(start.length, -ending.length), 'base64url').toString();
  return { path, etag, bytes: (await stat(path)).size };
}

/** Writes the answer to the partial file. @returns its path, once all bytes are on the disk */
async function takeBytes(file: string, held: HeldPart | undefined, ask: Open, name: string): Promise<string> {
  const goesOn = held !== undefined && held.bytes > 0 && held.etag !== '';
  const response = await ask(goesOn ? { range: `bytes=${held.bytes}-`, 'if-range': held.etag } : {});
  const isRest = goesOn && response.status === 206;
  const range = response.headers.get('content-range') ?? '';
  if (isRest && !range.startsWith(`bytes ${held.bytes}-`)) {
    await response.body?.cancel();
    throw new Error(`${name} was answered with "${range}" in place of bytes=${held.bytes}-`);
  }
  // The whole answer starts again: Portage has other bytes now.
  if (held !== undefined && !isRest) await rm(held.path);
  const partial = isRest ? held.path : partialOf(file, response.headers.get('etag') ?? '');
  const target = await open(partial, isRest ? 'a' : 'w', 0o600);
  try {
    if (response.body !== null) {
      for await (const chunk of broken(response.body, name)) await target.writeFile(chunk);
    }
    await target.sync();
  } finally {
    await target.close();
  }
  return partial;
}

const isUnsatisfiable = (error: unknown) => error instanceof PortageApiError && error.status === 416;

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
