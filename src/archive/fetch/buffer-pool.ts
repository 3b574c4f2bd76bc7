/** Buffers that are used again, so that a download does not ask for new memory with every segment. */

export interface BufferPool {
  /** @param lent bytes in use now; when a new buffer would exceed the limit, the kept ones are dropped */
  take(bytes: number, lent: number): Buffer;
  /** @param buffer no longer read by any caller */
  release(buffer: Buffer): void;
}

/** Buffers of odd lengths are rarely used again. */
const maxUnused = 32;

/** @param limit bytes that the kept buffers and those in use take together at most */
export function createBufferPool(limit: number): BufferPool {
  let unused: Buffer[] = [];
  return {
    take(bytes, lent) {
      const index = unused.findIndex(({ length }) => length === bytes);
      const [buffer] = index < 0 ? [] : unused.splice(index, 1);
      if (buffer !== undefined) return buffer;
      const idle = unused.reduce((sum, { length }) => sum + length, 0);
      if (lent + idle + bytes > limit) unused = [];
      return Buffer.allocUnsafeSlow(bytes);
    },
    release(buffer) {
      if (unused.push(buffer) > maxUnused) unused.shift();
    },
  };
}
