/** Fetches the missing segments of a part by ranges, several at once, each into a buffer that is used again. */
import type { KnownPart } from '../database/parts';
import { PortageError } from '../domain/errors';
import { refuseOther, refusePage } from './object-answer';
import type { OpenedObject, OpenObject } from './open-object';
import type { SegmentWriter } from './segment-writer';

export interface RangesRequest {
  readonly part: KnownPart & { readonly bytes: number };
  /** The numbers of the segments to fetch, in order. */
  readonly missing: Iterator<number>;
  /** The answer for the first of them, which has come already. */
  readonly opened: OpenedObject;
  readonly open: OpenObject;
  readonly writer: SegmentWriter;
  readonly concurrency: number;
}

/** A segment whose connection breaks is continued at that byte so often before the try is given up. */
const maxCuts = 3;

/**
 * When one segment fails, those in flight are finished and stored, and no other is begun.
 *
 * @throws the first failure
 */
export async function fetchRanges({ part, missing, opened, open, writer, concurrency }: RangesRequest): Promise<void> {
  const { bytes, segmentBytes } = part;
  const last = Math.ceil(bytes / segmentBytes) - 1;
  let atHand: OpenedObject | undefined = opened;
  let failure: { readonly error: unknown } | undefined;

  const fetchSegment = async (number: number, buffer: Buffer): Promise<void> => {
    const start = number * segmentBytes;
    const plain = buffer.subarray(0, Math.min(segmentBytes, bytes - start));
    let filled = 0;
    let cuts = 0;
    while (filled < plain.length) {
      const { answer, object } = atHand ?? (await open({ start: start + filled, end: start + plain.length }));
      atHand = undefined;
      const before = filled;
      try {
        await refuseOther(answer, object, part);
        if (object.kind !== 'range') {
          throw new PortageError('GOOGLE_UNEXPECTED', { detail: 'download: no range any more' });
        }
        if (start + filled === 0) await refusePage(answer);
        for await (const chunk of answer.body()) {
          if (filled + chunk.length > plain.length) {
            throw new PortageError('GOOGLE_UNEXPECTED', { detail: 'download: more bytes than the range has' });
          }
          chunk.copy(plain, filled);
          filled += chunk.length;
        }
        if (filled === before) throw new PortageError('PART_TRUNCATED', { detail: 'no bytes came' });
      } catch (error) {
        const isCut = error instanceof PortageError && error.code === 'PART_TRUNCATED';
        cuts += 1;
        if (!isCut || cuts > maxCuts) throw error;
      } finally {
        answer.discard();
      }
    }
    await writer.write(number, plain, number === last);
  };

  const lane = async (): Promise<void> => {
    const buffer = Buffer.allocUnsafeSlow(Math.min(segmentBytes, bytes));
    for (let next = missing.next(); next.done !== true; next = missing.next()) {
      try {
        await fetchSegment(next.value, buffer);
      } catch (error) {
        failure ??= { error };
      }
      if (failure !== undefined) return;
    }
  };

  await Promise.all(Array.from({ length: concurrency }, lane));
  if (failure !== undefined) throw failure.error;
}
