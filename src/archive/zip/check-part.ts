/**
 * Reads a part once. The same bytes give the checksums of the part and the checksum of every member, and each is
 * compared.
 */
import { createHash } from 'node:crypto';

import { crc32, crc32c } from '@node-rs/crc32';

import type { Finding } from '../../domain/verdict';
import type { DirectoryEntry } from './directory';
import { createForwardReader, type ForwardReader } from './forward-reader';
import {
  agrees,
  descriptorAgrees,
  localHeaderBytes,
  longestDescriptorBytes,
  parseLocalHeader,
  type EntryFacts,
} from './local-header';
import type { RandomAccess } from '../store/random-access';
import { LimitExceeded, type Tally } from './enforce-limits';
import { isReadable, MemberBroken, unpack } from './unpack';

/** The kept fields of a directory's entry: numbers only, since there may be hundreds of thousands of entries. */
export interface PassEntry extends EntryFacts {
  readonly nameBytes: number;
  readonly nameCrc32: number;
  /** Neither a folder nor Google's manifest. */
  readonly isFile: boolean;
}

export function passEntry(entry: DirectoryEntry, isFile: boolean): PassEntry {
  const { number, headerAt, packedBytes, bytes, crc32: sum, method, encrypted, streamed, rawName } = entry;
  const facts = { number, headerAt, packedBytes, bytes, crc32: sum, method, encrypted, streamed };
  return { ...facts, nameBytes: rawName.length, nameCrc32: crc32(rawName), isFile };
}

export interface PartPass {
  readonly part: {
    readonly number: number;
    readonly bytes: number;
    readonly statedCrc32c: string | null;
    readonly statedMd5: string | null;
    readonly sha256: string | null;
  };
  readonly content: RandomAccess;
  /** In the order of their bytes; empty where the part's members are not to be read. */
  readonly entries: readonly PassEntry[];
  /** Where the directory starts and members end. */
  readonly startsAt: number;
  readonly tally: Tally;
  readonly signal: AbortSignal;
  readonly onProgress: (bytes: number) => void;
  readonly onFinding: (finding: Exclude<Finding, { kind: 'more_findings' }>) => void;
}

/**
 * @returns the files that were read to their checksum, and the part's SHA-256 in hexadecimal
 * @throws what reading `content` throws, and the signal's reason
 */
export async function passOver(pass: PartPass): Promise<{ files: number; sha256: string }> {
  const { part, content, signal, onProgress, onFinding } = pass;
  const sha256 = createHash('sha256');
  const md5 = part.statedMd5 === null ? undefined : createHash('md5');
  let crc = 0;
  const reader = createForwardReader(content, (piece) => {
    signal.throwIfAborted();
    onProgress(piece.length);
    sha256.update(piece);
    md5?.update(piece);
    crc = crc32c(piece, crc);
  });

  const readAll = async () => {
    const files = await readMembers(pass, reader);
    await reader.skipTo(content.bytes);
    return files;
  };
  const files = await readAll().finally(() => reader.close());

  if (reader.position !== part.bytes) {
    onFinding({ kind: 'length_differs', part: part.number, stated: part.bytes, found: reader.position });
  }
  if (part.statedCrc32c !== null && part.statedCrc32c !== base64OfUint32(crc)) {
    onFinding({ kind: 'checksum_differs', part: part.number, checksum: 'crc32c' });
  }
  if (md5 !== undefined && part.statedMd5 !== md5.digest('base64')) {
    onFinding({ kind: 'checksum_differs', part: part.number, checksum: 'md5' });
  }
  const hexDigest = sha256.digest('hex');
  if (part.sha256 !== null && part.sha256 !== hexDigest) {
    onFinding({ kind: 'checksum_differs', part: part.number, checksum: 'sha256' });
  }
  return { files, sha256: hexDigest };
}

async function readMembers(pass: PartPass, reader: ForwardReader): Promise<number> {
  const { entries, startsAt, onFinding, part } = pass;
  const overlapping = firstOverlap(entries, startsAt);
  if (overlapping !== undefined) {
    onFinding({ kind: 'overlapping_members', part: part.number, entry: overlapping.number });
    return 0;
  }
  let files = 0;
  try {
    for (const [index, entry] of entries.entries()) {
      const read = await readOne(pass, reader, entry, entries[index + 1]?.headerAt ?? startsAt);
      if (read && entry.isFile) files += 1;
    }
  } catch (error) {
    if (!(error instanceof LimitExceeded)) throw error;
    onFinding({ kind: 'limit_exceeded', part: part.number, limit: error.limit, allowed: error.allowed });
  }
  return files;
}

/**
 * An entry whose bytes also belong to the next entry or to the directory: this lets small files unpack to endless ones
 * (https://www.bamsoftware.com/hacks/zipbomb/). Detected before anything is unpacked.
 */
function firstOverlap(entries: readonly PassEntry[], startsAt: number): PassEntry | undefined {
  return entries.find(
    ({ headerAt, nameBytes, packedBytes }, index) =>
      headerAt + localHeaderBytes + nameBytes + packedBytes > (entries[index + 1]?.headerAt ?? startsAt),
  );
}

/** @param nextAt where the next member or the directory starts. @returns whether it was read to its checksum */
async function readOne(pass: PartPass, reader: ForwardReader, entry: PassEntry, nextAt: number): Promise<boolean> {
  const { tally, onFinding } = pass;
  const place = { part: pass.part.number, entry: entry.number };

  await reader.skipTo(entry.headerAt);
  const header = parseLocalHeader(await reader.take(localHeaderBytes));
  const dataAt = entry.headerAt + localHeaderBytes + (header?.nameBytes ?? 0) + (header?.extraBytes ?? 0);
  const dataEnd = dataAt + entry.packedBytes;
  if (header === undefined || dataEnd > nextAt) {
    onFinding({ kind: 'unreadable_member', ...place });
    return false;
  }
  const name = await reader.take(header.nameBytes);
  const extra = await reader.take(header.extraBytes);
  const sameName = name.length === entry.nameBytes && crc32(name) === entry.nameCrc32;
  let described = sameName && agrees(header, extra, entry);

  let read = false;
  if (isReadable(entry)) {
    read = await isWhole(unpack(entry, reader.until(dataEnd), tally));
    if (!read) onFinding({ kind: 'unreadable_member', ...place });
  } else if (entry.encrypted) onFinding({ kind: 'encrypted_member', ...place });
  else onFinding({ kind: 'unsupported_member', ...place, method: entry.method });

  await reader.skipTo(dataEnd);
  if (entry.streamed) {
    const behind = await reader.take(Math.min(longestDescriptorBytes, nextAt - dataEnd));
    described &&= descriptorAgrees(behind, entry);
  }
  if (!described) onFinding({ kind: 'header_differs', ...place });
  return read;
}

async function isWhole(content: AsyncGenerator<Buffer, void>): Promise<boolean> {
  try {
    while ((await content.next()).done !== true);
    return true;
  } catch (error) {
    if (error instanceof MemberBroken) return false;
    throw error;
  }
}

/** As `x-goog-hash` writes it (https://cloud.google.com/storage/docs/xml-api/reference-headers#xgooghash). */
function base64OfUint32(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes.toString('base64');
}
