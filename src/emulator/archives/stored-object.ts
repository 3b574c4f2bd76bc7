/** One object of the pretend Cloud Storage: an archive part, with the checksums that Cloud Storage keeps of it. */
import { crc32c } from '@node-rs/crc32';
import { deflateRawSync } from 'node:zlib';
import type { ArchiveFile } from './archive-file';
import { bufferSource, concatenated, type ByteSource } from './byte-source';
import { md5Of, type Content } from './content';
import { joinCrc } from './crc-combine';
import { centralHeader, endRecords, localHeader, type ZipEntry } from './zip-records';

export interface StoredObject {
  source: ByteSource;
  crc32c: number;
  /**
   * Base64. Left out above 64 MiB: Cloud Storage keeps none for composite objects either, and it cannot be combined.
   */
  md5?: string;
}

const largestWithMd5 = 64 * 1024 * 1024;

interface Piece {
  source: ByteSource;
  crc32c: number;
}

const bufferPiece = (bytes: Buffer): Piece => ({ source: bufferSource(bytes), crc32c: crc32c(bytes) });

/**
 * Packs files into one ZIP whose every byte is known by its offset, so that any range can be sent without the rest.
 * Content in memory is deflated, content on disk or generated is stored. Same files and time, same bytes.
 */
export async function zipObject(files: readonly ArchiveFile[], modifiedAt: Date): Promise<StoredObject> {
  const pieces: Piece[] = [];
  const entries: ZipEntry[] = [];
  let offset = 0;
  const append = (piece: Piece) => {
    pieces.push(piece);
    offset += piece.source.length;
  };
  for (const { path, content } of files) {
    const sums = await content.checksums();
    const packed = content.bytes === undefined ? undefined : deflateRawSync(content.bytes);
    const data = packed === undefined ? { source: content, crc32c: sums.crc32c } : bufferPiece(packed);
    const entry: ZipEntry = {
      name: path,
      method: packed === undefined ? 'stored' : 'deflated',
      crc32: sums.crc32,
      size: content.length,
      storedSize: data.source.length,
      offset,
      modifiedAt,
    };
    entries.push(entry);
    append(bufferPiece(localHeader(entry)));
    append(data);
  }
  const directory = Buffer.concat(entries.map(centralHeader));
  append(bufferPiece(Buffer.concat([directory, endRecords(entries.length, offset, directory.length)])));
  return joined(pieces);
}

/** An object that is sent as it is. */
export async function plainObject(content: Content): Promise<StoredObject> {
  return joined([{ source: content, crc32c: (await content.checksums()).crc32c }]);
}

async function joined(pieces: readonly Piece[]): Promise<StoredObject> {
  const sum = pieces.reduce((total, piece) => joinCrc('crc32c', total, piece.crc32c, piece.source.length), 0);
  const source = concatenated(pieces.map((piece) => piece.source));
  return { source, crc32c: sum, ...(source.length <= largestWithMd5 && { md5: await md5Of(source) }) };
}
