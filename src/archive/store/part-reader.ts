/**
 * Reads a stored part: opens and authenticates its segments, a few at a time, so that any range of any part costs
 * little.
 */
import { crc32c } from '@node-rs/crc32';

import type { ExportKeys } from '../../database/export-keys';
import type { PartStore, StoredPart } from '../../database/parts';
import { PortageError } from '../../domain/error-codes';
import type { Storage } from '../../storage/storage';
import type { RandomAccess } from './random-access';
import { openSegment, segmentKey } from './segment-seal';

export interface PartReaderDependencies {
  readonly storage: Pick<Storage, 'get'>;
  readonly exportKeys: Pick<ExportKeys, 'open'>;
  readonly parts: Pick<PartStore, 'listSegments'>;
}

export interface SegmentFault {
  /** From 0. */
  readonly segment: number;
  readonly code: 'SEGMENT_MISSING' | 'SEGMENT_ALTERED';
}

export interface PartReader extends RandomAccess {
  /**
   * The same bytes as {@link RandomAccess.read}, in chunks of a segment at most.
   *
   * @throws PortageError `SEGMENT_MISSING`, `SEGMENT_ALTERED` (flipped, swapped, cut or foreign bytes), naming part and
   * segment; `STORAGE_UNAVAILABLE`
   */
  read(start: number, end: number): AsyncGenerator<Buffer>;

  /** Opens every segment, past faulty ones too. @returns the faults, in order; an empty list when there are none */
  check(signal?: AbortSignal): Promise<SegmentFault[]>;
}

/** Segments kept open: the one being read, the next one, and one that a reader of ZIP headers comes back to. */
const keptSegments = 3;
/** Rows read at once: a part of 50 GB has 12,000. */
const rowsPerPage = 256;

type SegmentRow = Awaited<ReturnType<PartStore['listSegments']>>[number];

/**
 * @param part a stored part, from `PartStore.list`
 * @throws PortageError `DATA_DELETED` when its key was destroyed, and what opening the key throws
 */
export async function openPart(deps: PartReaderDependencies, consentId: string, part: StoredPart): Promise<PartReader> {
  const { exportId, number: partNumber, version, segmentBytes, bytes } = part;
  const key = await deps.exportKeys.open({ consentId, exportId });
  const count = Math.ceil(bytes / segmentBytes);
  const fault = (code: SegmentFault['code'], segment: number, cause?: unknown) =>
    new PortageError(code, { detail: `part ${partNumber}, segment ${segment}`, cause });

  let page: { first: number; rows: Promise<SegmentRow[]> } | undefined;
  const rowOf = async (number: number): Promise<SegmentRow | undefined> => {
    const first = number - (number % rowsPerPage);
    if (page?.first !== first) page = { first, rows: deps.parts.listSegments(part, first, first + rowsPerPage) };
    const asked = page;
    const rows = await asked.rows.catch((error: unknown) => {
      if (page === asked) page = undefined;
      throw error;
    });
    return rows.find((row) => row.number === number);
  };

  const load = async (number: number): Promise<Buffer> => {
    const row = await rowOf(number);
    if (row === undefined) throw fault('SEGMENT_MISSING', number);
    const place = { consentId, exportId, partNumber, version, segmentBytes, number, isLast: number === count - 1 };
    const sealed = await deps.storage.get(segmentKey(place)).catch((cause: unknown) => {
      const isMissing = cause instanceof PortageError && cause.code === 'STORAGE_MISSING';
      throw isMissing ? fault('SEGMENT_MISSING', number, cause) : cause;
    });
    const plain = openSegment(key, place, sealed);
    const expected = place.isLast ? bytes - number * segmentBytes : segmentBytes;
    // The seal proves the position; length and checksum prove that the segment is of the try in the database.
    if (plain.length !== expected || crc32c(plain) !== row.crc32c) throw fault('SEGMENT_ALTERED', number);
    return plain;
  };

  const kept = new Map<number, Promise<Buffer>>();
  const segment = (number: number): Promise<Buffer> => {
    const known = kept.get(number);
    if (known !== undefined) return known;
    const loading = load(number);
    kept.set(number, loading);
    loading.catch(() => kept.delete(number));
    for (const oldest of kept.keys()) {
      if (kept.size <= keptSegments) break;
      kept.delete(oldest);
    }
    return loading;
  };

  return {
    bytes,

    async *read(start, end) {
      const stop = Math.min(end, bytes);
      for (let position = Math.max(0, start); position < stop;) {
        const number = Math.floor(position / segmentBytes);
        const plain = await segment(number);
        const next = (number + 1) * segmentBytes;
        if (next < stop) void segment(number + 1);
        const offset = number * segmentBytes;
        yield plain.subarray(position - offset, Math.min(stop, next) - offset);
        position = next;
      }
    },

    async check(signal) {
      const faults: SegmentFault[] = [];
      for (let number = 0; number < count; number += 1) {
        signal?.throwIfAborted();
        try {
          await load(number);
        } catch (error) {
          const code = error instanceof PortageError ? error.code : undefined;
          if (code !== 'SEGMENT_MISSING' && code !== 'SEGMENT_ALTERED') throw error;
          faults.push({ segment: number, code });
        }
      }
      return faults;
    },
  };
}
