/** A small ZIP in memory, its entries stored: the form of a KMZ. */
import { crc32 } from '@node-rs/crc32';
import { centralHeader, endRecords, localHeader, type ZipEntry } from '../zip-records';

export function zipBytes(files: readonly { name: string; bytes: Buffer }[], modifiedAt: Date): Buffer {
  const pieces: Buffer[] = [];
  const entries: ZipEntry[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const [size, storedSize] = [bytes.length, bytes.length];
    const entry: ZipEntry = { name, method: 'stored', crc32: crc32(bytes), size, storedSize, offset, modifiedAt };
    const header = localHeader(entry);
    entries.push(entry);
    pieces.push(header, bytes);
    offset += header.length + bytes.length;
  }
  const directory = Buffer.concat(entries.map(centralHeader));
  return Buffer.concat([...pieces, directory, endRecords(entries.length, offset, directory.length)]);
}
