/** The members of a stored ZIP, read through its central directory: nothing but the wanted ranges is fetched. */
import { DirectoryBroken, readDirectory } from '../../archive/zip/directory';
import { isFolder, readMember } from '../../archive/zip/member';
import { createTally, LimitExceeded } from '../../archive/zip/enforce-limits';
import { MemberBroken } from '../../archive/zip/unpack';
import type { ArchiveLimits } from '../../domain/archive-limits';
import type { PartBytes } from '../store/stored-bytes';

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

/** A member whose bytes cannot be read. */
export class MemberError extends Error {
  override readonly name = 'MemberError';
}

/** A part that has no directory of members. */
export class PartError extends Error {
  override readonly name = 'PartError';
}

/** An error of the source of the bytes; it proves nothing about the archive. */
export class StorageFailure extends Error {
  override readonly name = 'StorageFailure';
}

/**
 * The members of a part, folders left out, in the order of its directory.
 *
 * @throws PartError when it is no ZIP; StorageFailure with the cause when `part.read` throws; LimitExceeded
 */
export async function* membersOf(part: PartBytes, limits: ArchiveLimits): AsyncGenerator<Member> {
  const content = { bytes: part.bytes, read: (start: number, end: number) => guarded(part, start, end) };
  const tally = createTally(limits);
  try {
    for await (const entry of readDirectory(content, tally)) {
      if (isFolder(entry)) continue;
      const { number, name, bytes, crc32 } = entry;
      yield {
        ...{ part: part.number, entry: number, bytes, crc32 },
        path: name.split('/').slice(1).join('/'),
        open: () => translated(readMember(content, entry, tally)),
      };
    }
  } catch (error) {
    throw error instanceof DirectoryBroken ? new PartError('the part is no ZIP', { cause: error }) : error;
  }
}

async function* guarded(part: PartBytes, start: number, end: number): AsyncGenerator<Buffer> {
  try {
    yield* part.read(start, end);
  } catch (cause) {
    throw new StorageFailure('the stored bytes cannot be read', { cause });
  }
}

async function* translated(content: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* content;
  } catch (error) {
    const isBroken = error instanceof MemberBroken || error instanceof LimitExceeded;
    throw isBroken ? new MemberError('cannot be unpacked', { cause: error }) : error;
  }
}
