/** One member of a part, by random access: for manifests, and for those who ask for a single file. */
import type { DirectoryEntry } from './directory';
import { localHeaderBytes, parseLocalHeader } from './local-header';
import { readRange, type RandomAccess } from './random-access';
import type { Tally } from './tally';
import { isReadable, MemberBroken, unpack } from './unpack';

/** Where a member's packed bytes begin. @throws MemberBroken when there is no header, or they would not fit */
export async function dataStart(content: RandomAccess, entry: DirectoryEntry): Promise<number> {
  const header = parseLocalHeader(await readRange(content, entry.headerAt, entry.headerAt + localHeaderBytes));
  if (header === undefined) throw new MemberBroken('no header where the directory says');
  const start = entry.headerAt + localHeaderBytes + header.nameBytes + header.extraBytes;
  if (start + entry.packedBytes > content.bytes) throw new MemberBroken('it would end behind the part');
  return start;
}

/**
 * @returns its content, whole and right only once the last chunk was taken without an error
 * @throws MemberBroken also when it is encrypted or packed in an unknown way, and `LimitExceeded`
 */
export async function* readMember(
  content: RandomAccess,
  entry: DirectoryEntry,
  tally: Tally,
): AsyncGenerator<Buffer, void> {
  if (!isReadable(entry)) throw new MemberBroken('it is encrypted, or packed in a way that is not read here');
  const start = await dataStart(content, entry);
  yield* unpack(entry, content.read(start, start + entry.packedBytes), tally);
}
