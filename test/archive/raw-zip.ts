/** ZIP files put together record by record, so that every field can be false (APPNOTE.TXT 4.3). */
import { deflateRawSync } from 'node:zlib';

import { crc32 } from '@node-rs/crc32';

interface Fields {
  readonly name: string | Buffer;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
}

export interface RawMember {
  readonly name: string | Buffer;
  /** The bytes after the local header. */
  readonly packed: Buffer;
  readonly bytes: number;
  readonly crc: number;
  readonly method?: number;
  readonly flags?: number;
  /** Fields that differ in the local header; a number points the directory to an existing header instead. */
  readonly local?: Partial<Fields> | { readonly at: number };
  /** Fields that differ in the directory. */
  readonly listed?: Partial<Fields>;
  /** Bytes behind the packed ones. */
  readonly behind?: Buffer;
}

export interface RawEnd {
  readonly entries?: number;
  readonly directoryBytes?: number;
  readonly directoryAt?: number;
  /** Bytes between the directory and its end record. */
  readonly gap?: Buffer;
}

/** A member as it should be. */
export function member(name: string | Buffer, content: string | Buffer, method: 0 | 8 = 8): RawMember {
  const bytes = Buffer.from(content);
  const packed = method === 8 ? deflateRawSync(bytes, { level: 9 }) : bytes;
  return { name, packed, bytes: bytes.length, crc: crc32(bytes), method };
}

export function localHeader({ name, flags, method, crc, packedBytes, bytes }: Fields): Buffer {
  const raw = Buffer.from(name);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(method, 8);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(packedBytes, 18);
  header.writeUInt32LE(bytes, 22);
  header.writeUInt16LE(raw.length, 26);
  return Buffer.concat([header, raw]);
}

export function directoryEntry(fields: Fields, headerAt: number): Buffer {
  const raw = Buffer.from(fields.name);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(20, 4);
  entry.writeUInt16LE(20, 6);
  entry.writeUInt16LE(fields.flags, 8);
  entry.writeUInt16LE(fields.method, 10);
  entry.writeUInt32LE(fields.crc, 16);
  entry.writeUInt32LE(fields.packedBytes, 20);
  entry.writeUInt32LE(fields.bytes, 24);
  entry.writeUInt16LE(raw.length, 28);
  entry.writeUInt32LE(headerAt, 42);
  return Buffer.concat([entry, raw]);
}

/** End records, with ZIP64's in front of it when a number is too large for it. */
export function endRecords(entries: number, directoryBytes: number, directoryAt: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  const small = entries < 0xffff && directoryAt + directoryBytes < 0xffffffff;
  end.writeUInt16LE(small ? entries : 0xffff, 8);
  end.writeUInt16LE(small ? entries : 0xffff, 10);
  end.writeUInt32LE(small ? directoryBytes : 0xffffffff, 12);
  end.writeUInt32LE(small ? directoryAt : 0xffffffff, 16);
  if (small) return end;

  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(entries), 24);
  record.writeBigUInt64LE(BigInt(entries), 32);
  record.writeBigUInt64LE(BigInt(directoryBytes), 40);
  record.writeBigUInt64LE(BigInt(directoryAt), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(directoryAt + directoryBytes), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator, end]);
}

export function rawZip(members: readonly RawMember[], end: RawEnd = {}): Buffer {
  const data: Buffer[] = [];
  const directory: Buffer[] = [];
  let position = 0;
  for (const { name, packed, bytes, crc, method = 8, flags = 0x800, local, listed, behind } of members) {
    const fields = { name, flags, method, crc, packedBytes: packed.length, bytes };
    if (local !== undefined && 'at' in local) {
      directory.push(directoryEntry({ ...fields, ...listed }, local.at));
      continue;
    }
    directory.push(directoryEntry({ ...fields, ...listed }, position));
    const records = [localHeader({ ...fields, ...local }), packed, behind ?? Buffer.alloc(0)];
    data.push(...records);
    position += records.reduce((sum, record) => sum + record.length, 0);
  }
  const listed = Buffer.concat(directory);
  const { entries = members.length, directoryBytes = listed.length, directoryAt = position, gap } = end;
  return Buffer.concat([...data, listed, gap ?? Buffer.alloc(0), endRecords(entries, directoryBytes, directoryAt)]);
}

/** Length and checksum behind a streamed member. @param wide 64-bit lengths @param signed with a signature in front */
export function descriptor({ crc, packed, bytes }: RawMember, { wide = false, signed = true } = {}): Buffer {
  const sizes = Buffer.alloc(wide ? 16 : 8);
  if (wide) {
    sizes.writeBigUInt64LE(BigInt(packed.length), 0);
    sizes.writeBigUInt64LE(BigInt(bytes), 8);
  } else {
    sizes.writeUInt32LE(packed.length, 0);
    sizes.writeUInt32LE(bytes, 4);
  }
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc);
  return Buffer.concat([signed ? Buffer.from('PK\u0007\u0008', 'latin1') : Buffer.alloc(0), sum, sizes]);
}
