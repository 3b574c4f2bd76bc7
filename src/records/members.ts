/** The members of a stored ZIP, read through its central directory: nothing but the wanted ranges is fetched. */
import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';

import { crc32 } from '@node-rs/crc32';
import yauzl from 'yauzl';

import type { PartBytes } from './stored-bytes';

export interface Member {
  readonly part: number;
  /** Its number within the directory of the ZIP, from 1, folders counted. */
  readonly entry: number;
  /** Path below the root folder, normalised to NFC. The user's own words: data, never a path on disk. */
  readonly path: string;
  readonly bytes: number;
  readonly crc32: number;
  /** The content, unpacked as it is read. @throws MemberError when it cannot be unpacked or its checksum is wrong */
  open(): AsyncGenerator<Buffer>;
}

/** A member whose bytes cannot be had. */
export class MemberError extends Error {
  override readonly name = 'MemberError';
}

/** A part that has no directory of members. */
export class PartError extends Error {
  override readonly name = 'PartError';
}

/** What whoever holds the bytes threw; it says nothing about the archive. */
export class StorageFailure extends Error {
  override readonly name = 'StorageFailure';
}

class PartReader extends yauzl.RandomAccessReader {
  failure: StorageFailure | undefined;

  constructor(private readonly part: PartBytes) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.range(start, end), { objectMode: false });
  }

  private async *range(start: number, end: number): AsyncGenerator<Buffer> {
    try {
      yield* this.part.read(start, end);
    } catch (cause) {
      this.failure = new StorageFailure('the stored bytes cannot be read', { cause });
      throw this.failure;
    }
  }
}

const chunkSize = 256 * 1024;

/**
 * The members of a part, folders left out, in the order of its directory.
 *
 * @throws PartError when it is no ZIP; StorageFailure with the cause when `part.read` throws
 */
export async function* membersOf(part: PartBytes): AsyncGenerator<Member> {
  const reader = new PartReader(part);
  const failed = (error: unknown): unknown => reader.failure ?? new PartError('the part is no ZIP', { cause: error });
  let zip: yauzl.ZipFile;
  try {
    zip = await yauzl.fromRandomAccessReaderPromise(reader, part.bytes, { lazyEntries: true, decodeStrings: false });
  } catch (error) {
    throw failed(error);
  }
  try {
    const entries = zip.eachEntry();
    for (let number = 1; ; number += 1) {
      let step: IteratorResult<yauzl.Entry>;
      try {
        step = await entries.next();
      } catch (error) {
        throw failed(error);
      }
      if (step.done === true) return;
      const entry = step.value;
      const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
      const name = yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true).normalize('NFC');
      if (name.endsWith('/')) continue;
      yield {
        part: part.number,
        entry: number,
        path: name.split('/').slice(1).join('/'),
        bytes: entry.uncompressedSize,
        crc32: entry.crc32,
        open: () => unpacked(zip, entry, reader),
      };
    }
  } finally {
    zip.close();
  }
}

async function* unpacked(zip: yauzl.ZipFile, entry: yauzl.Entry, reader: PartReader): AsyncGenerator<Buffer> {
  const { compressionMethod, uncompressedSize } = entry;
  let bytes = 0;
  let checksum = 0;
  try {
    if (!entry.canDecodeFileData()) throw new MemberError('packed in a way that is not supported');
    const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
    const source = compressionMethod === 0 ? packed : inflated(packed);
    for await (const chunk of source as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      // Headers lie: no more is unpacked than the directory states.
      if (bytes > uncompressedSize) throw new MemberError('longer than the directory says');
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
    if (bytes !== uncompressedSize || checksum !== entry.crc32) throw new MemberError('checksum or length differ');
  } catch (error) {
    if (reader.failure !== undefined) throw reader.failure;
    throw error instanceof MemberError ? error : new MemberError('cannot be unpacked', { cause: error });
  }
}

/** Errors of the packed side end the unpacked side too. */
function inflated(packed: Readable): Readable {
  const inflate = createInflateRaw({ chunkSize });
  packed.on('error', (error) => inflate.destroy(error));
  inflate.on('close', () => packed.destroy());
  return packed.pipe(inflate);
}
