/** A member's own header in front of its bytes, compared with the directory's entry (APPNOTE.TXT 4.3.7 to 4.3.9). */
import yauzl from 'yauzl';

import type { DirectoryEntry } from './directory';

export const localHeaderBytes = 30;

/** A descriptor has a signature or not, and 32-bit or 64-bit sizes. */
export const longestDescriptorBytes = 24;

/** The fields of an entry with which the header and the descriptor are compared. */
export type EntryFacts = Omit<DirectoryEntry, 'name' | 'rawName'>;

export interface LocalHeader {
  readonly method: number;
  readonly encrypted: boolean;
  readonly streamed: boolean;
  readonly crc32: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly nameBytes: number;
  readonly extraBytes: number;
}

/** @returns undefined when there is no header here */
export function parseLocalHeader(header: Buffer): LocalHeader | undefined {
  if (header.length < localHeaderBytes || header.readUInt32LE(0) !== 0x04034b50) return undefined;
  const flags = header.readUInt16LE(6);
  return {
    method: header.readUInt16LE(8),
    encrypted: (flags & 0x1) !== 0,
    streamed: (flags & 0x8) !== 0,
    crc32: header.readUInt32LE(14),
    packedBytes: header.readUInt32LE(18),
    bytes: header.readUInt32LE(22),
    nameBytes: header.readUInt16LE(26),
    extraBytes: header.readUInt16LE(28),
  };
}

/** Whether a member's header states the same as the directory; a streamed one may leave sizes and checksum open. */
export function agrees(header: LocalHeader, extra: Buffer, entry: EntryFacts): boolean {
  if (header.method !== entry.method || header.encrypted !== entry.encrypted) return false;
  if (header.streamed !== entry.streamed) return false;
  const large = header.packedBytes === 0xffffffff || header.bytes === 0xffffffff ? zip64Sizes(extra) : undefined;
  const bytes = header.bytes === 0xffffffff && large !== undefined ? large.bytes : header.bytes;
  const packedBytes = header.packedBytes === 0xffffffff && large !== undefined ? large.packedBytes : header.packedBytes;
  const same = (stated: number, known: number) => stated === known || (header.streamed && stated === 0);
  return same(bytes, entry.bytes) && same(packedBytes, entry.packedBytes) && same(header.crc32, entry.crc32);
}

/** Whether the bytes behind a streamed member begin with a descriptor that fits, in any of its four forms. */
export function descriptorAgrees(behind: Buffer, entry: EntryFacts): boolean {
  const signed = behind.length >= 4 && behind.readUInt32LE(0) === 0x08074b50;
  // A checksum may happen to look like the signature.
  const starts = signed ? [4, 0] : [0];
  return starts.some((start) => {
    const descriptor = behind.subarray(start);
    if (descriptor.length < 12 || descriptor.readUInt32LE(0) !== entry.crc32) return false;
    if (descriptor.readUInt32LE(4) === entry.packedBytes && descriptor.readUInt32LE(8) === entry.bytes) return true;
    if (descriptor.length < 20) return false;
    return (
      descriptor.readBigUInt64LE(4) === BigInt(entry.packedBytes) &&
      descriptor.readBigUInt64LE(12) === BigInt(entry.bytes)
    );
  });
}

/** In a local header the ZIP64 field holds both sizes, the unpacked one first (APPNOTE.TXT 4.5.3). */
function zip64Sizes(extra: Buffer): { bytes: number; packedBytes: number } | undefined {
  try {
    const field = yauzl.parseExtraFields(extra).find(({ id }) => id === 0x0001);
    if (field === undefined || field.data.length < 16) return undefined;
    return { bytes: Number(field.data.readBigUInt64LE(0)), packedBytes: Number(field.data.readBigUInt64LE(8)) };
  } catch {
    // The field claims more bytes than it has.
    return undefined;
  }
}
