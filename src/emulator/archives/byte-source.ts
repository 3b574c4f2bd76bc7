/** Bytes of known length that can be read from any offset, again and again, without being held in memory. */
import { Readable } from 'node:stream';

export interface ByteSource {
  readonly length: number;
  /** The bytes from `start` (inclusive) to `end` (exclusive). */
  read(start: number, end: number): AsyncIterable<Uint8Array>;
}

export function isByteSource(body: Buffer | ByteSource): body is ByteSource {
  return !Buffer.isBuffer(body);
}

/** One source over several, one after the other. */
export function concatenated(sources: readonly ByteSource[]): ByteSource {
  const length = sources.reduce((sum, source) => sum + source.length, 0);
  return {
    length,
    async *read(start, end) {
      let offset = 0;
      for (const source of sources) {
        const from = Math.max(start - offset, 0);
        const to = Math.min(end - offset, source.length);
        if (from < to) yield* source.read(from, to);
        offset += source.length;
        if (offset >= end) return;
      }
    },
  };
}

export function bufferSource(bytes: Buffer): ByteSource {
  return { length: bytes.length, read: (start, end) => Readable.from([bytes.subarray(start, end)]) };
}
