/** Cuts one long answer into segments, for servers that do not support ranges; stored segments are not stored again. */
import type { KnownPart } from '../../database/parts';
import { PortageError } from '../../domain/error-codes';
import type { Answer } from '../../network/egress';
import type { Borrower, SegmentMemory } from './download-memory';
import type { SegmentWriter } from '../store/segment-writer';

export interface StreamRequest {
  readonly part: KnownPart;
  readonly answer: Answer;
  /** The numbers of the segments that are stored already; empty where the length is not stated. */
  readonly stored: ReadonlySet<number>;
  readonly writer: SegmentWriter;
  readonly memory: SegmentMemory;
  readonly borrower: Borrower;
  readonly signal: AbortSignal;
}

/**
 * @returns length of the part in bytes
 * @throws PortageError `PART_TRUNCATED` when it ends before its stated length, or has no byte at all
 */
export async function fetchStream(request: StreamRequest): Promise<number> {
  const { bytes, segmentBytes } = request.part;
  const size = bytes === null ? segmentBytes : Math.max(1, Math.min(segmentBytes, bytes));
  const loan = await request.memory.borrow(size, request.borrower, request.signal);
  try {
    return await cutStream(request, loan.buffer);
  } finally {
    loan.release();
  }
}

async function cutStream({ part, answer, stored, writer }: StreamRequest, buffer: Buffer): Promise<number> {
  const { bytes } = part;
  // An object without generation or ETag can only be recognised by its bytes.
  const isNamed = part.generation !== null || part.etag !== null;
  let [number, filled, position] = [0, 0, 0];

  const flush = async (isLast: boolean): Promise<void> => {
    const plain = buffer.subarray(0, filled);
    if (!stored.has(number)) await writer.write(number, plain, isLast);
    else if (!isNamed) await writer.compare(number, plain);
    number += 1;
    filled = 0;
  };

  for await (const chunk of answer.body()) {
    for (let offset = 0; offset < chunk.length;) {
      // Only the next byte shows that a full segment is not the last one.
      if (filled === buffer.length) await flush(false);
      const count = chunk.copy(buffer, filled, offset);
      offset += count;
      filled += count;
    }
    position += chunk.length;
  }
  if (bytes !== null && position !== bytes) {
    throw new PortageError('PART_TRUNCATED', { detail: `only ${position} of ${bytes} bytes arrived` });
  }
  if (filled > 0) await flush(true);
  return position;
}
