/** The content of a file of an archive: bytes in memory, a file on disk, or media generated as it is read. */
import { createReadStream, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { crc32, crc32c } from '@node-rs/crc32';
import { bufferSource, type ByteSource } from './byte-source';

export interface Checksums {
  crc32: number;
  crc32c: number;
}

export interface Content extends ByteSource {
  /** Both checksums of the whole content. */
  checksums(): Promise<Checksums>;
  /** The bytes, if they are in memory anyway. */
  readonly bytes?: Buffer;
}

export function bytesContent(bytes: Buffer): Content {
  return {
    ...bufferSource(bytes),
    bytes,
    checksums: () => Promise.resolve({ crc32: crc32(bytes), crc32c: crc32c(bytes) }),
  };
}

const fileChecksums = new Map<string, Promise<Checksums>>();

/** A file on disk, read in pieces and never whole. Its checksums are computed once per size and time of change. */
export function fileContent(path: string): Content {
  const { size, mtimeMs } = statSync(path);
  return {
    length: size,
    read: (start, end) => createReadStream(path, { start, end: end - 1, highWaterMark: 1 << 20 }),
    checksums: () => {
      const key = `${path}\n${size}\n${mtimeMs}`;
      const known = fileChecksums.get(key) ?? readChecksums(path);
      fileChecksums.set(key, known);
      return known;
    },
  };
}

async function readChecksums(path: string): Promise<Checksums> {
  const sums: Checksums = { crc32: 0, crc32c: 0 };
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes = chunk as Buffer;
    sums.crc32 = crc32(bytes, sums.crc32);
    sums.crc32c = crc32c(bytes, sums.crc32c);
  }
  return sums;
}

/** MD5 of a source, base64, for objects small enough to be read once for it. */
export async function md5Of(source: ByteSource): Promise<string> {
  const hash = createHash('md5');
  for await (const chunk of source.read(0, source.length)) hash.update(chunk);
  return hash.digest('base64');
}
