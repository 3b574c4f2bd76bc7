/** One pass over a part from its first byte to its last; every byte is passed to a callback, for checksums. */
import { setImmediate as breathe } from 'node:timers/promises';

import type { RandomAccess } from '../store/random-access';

/** Pieces are at most this long, so that no checksum blocks the rest of the process. */
const pieceBytes = 256 * 1024;

export type ForwardReader = ReturnType<typeof createForwardReader>;

/** @param onPiece called with every piece once, in order, whether it is read or skipped */
export function createForwardReader(content: RandomAccess, onPiece: (piece: Buffer) => void) {
  const source = pieces(content.read(0, content.bytes));
  let rest: Buffer = Buffer.alloc(0);
  let position = 0;

  /** Up to `most` further bytes; an empty buffer at the end of the part. */
  const next = async (most: number): Promise<Buffer> => {
    while (rest.length === 0) {
      const { value, done } = await source.next();
      if (done === true) return rest;
      onPiece(value);
      rest = value;
    }
    const taken = rest.subarray(0, most);
    rest = rest.subarray(taken.length);
    position += taken.length;
    return taken;
  };

  return {
    /** Bytes taken or passed over so far. */
    get position(): number {
      return position;
    },

    /** Exactly so many bytes as one buffer; fewer when the part ends before. */
    async take(bytes: number): Promise<Buffer> {
      const taken: Buffer[] = [];
      for (let missing = bytes; missing > 0;) {
        const piece = await next(missing);
        if (piece.length === 0) break;
        taken.push(piece);
        missing -= piece.length;
      }
      return taken.length === 1 && taken[0] !== undefined ? taken[0] : Buffer.concat(taken);
    },

    /** The bytes up to a position, piece by piece; a reader that stops early leaves the rest unread. */
    async *until(end: number): AsyncGenerator<Buffer, void> {
      while (position < end) {
        const piece = await next(end - position);
        if (piece.length === 0) return;
        yield piece;
      }
    },

    /** Skips the bytes before a position. */
    async skipTo(end: number): Promise<void> {
      while (position < end) if ((await next(end - position)).length === 0) return;
    },

    async close(): Promise<void> {
      await source.return(undefined);
    },
  };
}

async function* pieces(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += pieceBytes) {
      yield chunk.subarray(at, at + pieceBytes);
      await breathe();
    }
  }
}
