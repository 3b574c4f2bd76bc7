/** The records of the ZIP format (APPNOTE 6.3, with ZIP64) for entries whose size and checksum are known. */

export interface ZipEntry {
  name: string;
  method: 'stored' | 'deflated';
  crc32: number;
  /** Sizes in bytes, before and after compression. */
  size: number;
  storedSize: number;
  /** Offset of the local header in the archive. */
  offset: number;
  modifiedAt: Date;
}

const max32 = 0xffffffff;
const max16 = 0xffff;
/** Bit 11: the name is UTF-8. */
const utf8Flag = 0x0800;

const methodNumber = (entry: ZipEntry) => (entry.method === 'deflated' ? 8 : 0);
const isLarge = (entry: ZipEntry) => entry.size >= max32 || entry.storedSize >= max32;

function dosTime(at: Date): number {
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return ((date << 16) | time) >>> 0;
}

/** The ZIP64 extra field with those 64-bit figures, or nothing. */
function zip64Extra(figures: number[]): Buffer {
  if (figures.length === 0) return Buffer.alloc(0);
  const extra = Buffer.alloc(4 + figures.length * 8);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(figures.length * 8, 2);
  figures.forEach((figure, index) => extra.writeBigUInt64LE(BigInt(figure), 4 + index * 8));
  return extra;
}

/**
 * The fields that local and central header share: version, flags, method, time, checksum, sizes, lengths of name and
 * extra.
 */
function commonFields(entry: ZipEntry, name: Buffer, extra: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(extra.length > 0 ? 45 : 20, 0);
  fields.writeUInt16LE(utf8Flag, 2);
  fields.writeUInt16LE(methodNumber(entry), 4);
  fields.writeUInt32LE(dosTime(entry.modifiedAt), 6);
  fields.writeUInt32LE(entry.crc32, 10);
  fields.writeUInt32LE(isLarge(entry) ? max32 : entry.storedSize, 14);
  fields.writeUInt32LE(isLarge(entry) ? max32 : entry.size, 18);
  fields.writeUInt16LE(name.length, 22);
  fields.writeUInt16LE(extra.length, 24);
  return fields;
}

export function localHeader(entry: ZipEntry): Buffer {
  const name = Buffer.from(entry.name);
  const extra = zip64Extra(isLarge(entry) ? [entry.size, entry.storedSize] : []);
  return Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), commonFields(entry, name, extra), name, extra]);
}

export function centralHeader(entry: ZipEntry): Buffer {
  const name = Buffer.from(entry.name);
  const far = entry.offset >= max32;
  const extra = zip64Extra([...(isLarge(entry) ? [entry.size, entry.storedSize] : []), ...(far ? [entry.offset] : [])]);
  const place = Buffer.alloc(14);
  place.writeUInt32LE((0o100644 << 16) >>> 0, 6);
  place.writeUInt32LE(far ? max32 : entry.offset, 10);
  // Made by: UNIX, version 4.5 of the format.
  const start = Buffer.from('PK\x01\x02\x2d\x03', 'latin1');
  return Buffer.concat([start, commonFields(entry, name, extra), place, name, extra]);
}

/** The end of the central directory, in the ZIP64 form too where a figure needs it. */
export function endRecords(entries: number, directoryOffset: number, directorySize: number): Buffer {
  const large = entries >= max16 || directoryOffset >= max32 || directorySize >= max32;
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(Math.min(entries, max16), 8);
  end.writeUInt16LE(Math.min(entries, max16), 10);
  end.writeUInt32LE(Math.min(directorySize, max32), 12);
  end.writeUInt32LE(Math.min(directoryOffset, max32), 16);
  if (!large) return end;
  const end64 = Buffer.alloc(56);
  end64.write('PK\x06\x06', 0, 'latin1');
  end64.writeBigUInt64LE(44n, 4);
  end64.writeUInt16LE(0x032d, 12);
  end64.writeUInt16LE(45, 14);
  end64.writeBigUInt64LE(BigInt(entries), 24);
  end64.writeBigUInt64LE(BigInt(entries), 32);
  end64.writeBigUInt64LE(BigInt(directorySize), 40);
  end64.writeBigUInt64LE(BigInt(directoryOffset), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 0, 'latin1');
  locator.writeBigUInt64LE(BigInt(directoryOffset + directorySize), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([end64, locator, end]);
}
