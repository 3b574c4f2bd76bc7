/** The members of a part, one by one: for manifests, for lists of members and for a single file. */
import { readDirectory, type DirectoryEntry } from './directory';
import { localHeaderBytes, parseLocalHeader } from './local-header';
import { readRange, type RandomAccess } from '../store/random-access';
import type { Tally } from './enforce-limits';
import { isReadable, MemberBroken, unpack } from './unpack';

/** @returns the entry with this number, or undefined when there is none. @throws as {@link readDirectory} */
export async function findMember(
  content: RandomAccess,
  number: number,
  tally: Tally,
): Promise<DirectoryEntry | undefined> {
  for await (const entry of readDirectory(content, tally)) if (entry.number === number) return entry;
  return undefined;
}

/** A folder has an entry of its own in many archives, and no content. */
export const isFolder = ({ name }: Pick<DirectoryEntry, 'name'>) => name.endsWith('/');

/**
 * @returns its content; the last chunk comes only when length and checksum are right
 * @throws MemberBroken also when it is encrypted or packed in an unknown way, and `LimitExceeded`
 */
export async function* readMember(
  content: RandomAccess,
  entry: DirectoryEntry,
  tally: Tally,
): AsyncGenerator<Buffer, void> {
  const start = await dataStart(content, entry);
  yield* unpack(entry, content.read(start, start + entry.packedBytes), tally);
}

/**
 * A range of its content. A stored member is read from there; a deflated one has to be unpacked from its beginning.
 * The checksum is that of the whole, so it is not checked; the seals of the segments protect the bytes.
 *
 * @param end the byte after the last one
 * @throws as {@link readMember}
 */
export async function* readMemberRange(
  content: RandomAccess,
  entry: DirectoryEntry,
  range: { readonly start: number; readonly end: number },
  tally: Tally,
): AsyncGenerator<Buffer, void> {
  const { start, end } = range;
  if (entry.method === 0 && entry.bytes === entry.packedBytes) {
    const dataAt = await dataStart(content, entry);
    yield* content.read(dataAt + start, dataAt + end);
    return;
  }
  let position = 0;
  for await (const chunk of readMember(content, entry, tally)) {
    const wanted = chunk.subarray(Math.max(0, start - position), Math.max(0, end - position));
    position += chunk.length;
    if (wanted.length > 0) yield wanted;
    if (position >= end) return;
  }
}

/** Where a member's packed bytes begin. @throws MemberBroken when its header is missing */
async function dataStart(content: RandomAccess, entry: DirectoryEntry): Promise<number> {
  if (!isReadable(entry)) throw new MemberBroken('it is encrypted, or packed in a way that is not read here');
  const header = parseLocalHeader(await readRange(content, entry.headerAt, entry.headerAt + localHeaderBytes));
  if (header === undefined) throw new MemberBroken('no header where the directory states it');
  const start = entry.headerAt + localHeaderBytes + header.nameBytes + header.extraBytes;
  if (start + entry.packedBytes > content.bytes) throw new MemberBroken('it would end behind the part');
  return start;
}
