/** Stores segments: each is checksummed, sealed, put into storage, and only then written down as stored. */
import { createHash } from 'node:crypto';

import { crc32c } from '@node-rs/crc32';

import type { KnownPart, PartStore, StoredPart } from '../../database/parts';
import { PortageError } from '../../domain/error-codes';
import type { Storage } from '../../storage/storage';
import { base64OfCrc32c, combineCrc32c } from './crc32c-combine';
import type { DownloadProgress } from '../fetch/download-progress';
import type { Borrower, SegmentMemory } from '../fetch/download-memory';
import { sealBytes, sealSegment, segmentKey } from './segment-seal';

export interface SegmentWriterDependencies {
  readonly storage: Pick<Storage, 'put'>;
  readonly parts: PartStore;
  readonly now: () => Date;
}

export interface SegmentWriterRequest {
  /** Of the export, 32 bytes. */
  readonly key: Buffer;
  readonly part: KnownPart;
  readonly progress: DownloadProgress;
  /** For sealed segments. */
  readonly memory: SegmentMemory;
  readonly borrower: Borrower;
}

export interface SegmentWriter {
  /** Bytes are in `plain` until this resolves. @throws PortageError `STORAGE_…`, `PART_REPLACED`, `PART_ALTERED` */
  write(number: number, plain: Buffer, isLast: boolean): Promise<void>;
  /**
   * Whether the bytes are those that are stored already under this number.
   *
   * @throws PortageError `PART_ALTERED` when they are others
   */
  compare(number: number, plain: Buffer): Promise<void>;
  /**
   * Every segment is stored: the checksum of the whole follows from theirs.
   *
   * @param bytes length of the whole
   * @throws PortageError `PART_ALTERED` when it is not the one that the server states; the part is then downloaded
   * again from its beginning
   */
  complete(bytes: number): Promise<StoredPart>;
}

const rowsPerPage = 1_024;

export function createSegmentWriter(
  { storage, parts, now }: SegmentWriterDependencies,
  { key, part, progress, memory, borrower }: SegmentWriterRequest,
): SegmentWriter {
  const { consentId } = borrower;
  const { exportId, number: partNumber, version, segmentBytes } = part;

  const wholeCrc32c = async (bytes: number): Promise<number> => {
    let sum = 0;
    let [next, position] = [0, 0];
    for (;;) {
      const rows = await parts.listSegments(part, next, next + rowsPerPage);
      for (const row of rows) {
        if (row.number !== next) throw new Error(`segment ${next} of part ${partNumber} was passed over`);
        sum = combineCrc32c(sum, row.crc32c, row.bytes);
        next += 1;
        position += row.bytes;
      }
      if (rows.length < rowsPerPage) break;
    }
    if (position !== bytes) throw new Error(`${position} of ${bytes} bytes of part ${partNumber} are stored`);
    return sum;
  };

  return {
    async write(number, plain, isLast) {
      const sha256 = createHash('sha256').update(plain).digest('hex');
      const place = { consentId, exportId, partNumber, version, segmentBytes, number, isLast };
      const loan = await memory.borrow(plain.length + sealBytes, borrower);
      let isStored = false;
      try {
        await storage.put(segmentKey(place), sealSegment(key, place, plain, loan.buffer));
        isStored = true;
      } finally {
        // The storage may still be sending the buffer of a failed one.
        loan.release(isStored);
      }
      await parts.recordSegment(part, { number, bytes: plain.length, sha256, crc32c: crc32c(plain), at: now() });
      progress.stored(partNumber, plain.length);
    },

    async compare(number, plain) {
      const [row] = await parts.listSegments(part, number, number + 1);
      if (row?.sha256 === createHash('sha256').update(plain).digest('hex')) return;
      await parts.restart(part);
      throw new PortageError('PART_ALTERED', { detail: `part ${partNumber}, segment ${number} differs` });
    },

    async complete(bytes) {
      const crc = base64OfCrc32c(await wholeCrc32c(bytes));
      if (part.statedCrc32c !== null && crc !== part.statedCrc32c) {
        await parts.restart(part);
        throw new PortageError('PART_ALTERED', { detail: 'CRC32C' });
      }
      return parts.complete(part, bytes, now());
    },
  };
}
