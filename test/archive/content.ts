/** Bytes in memory as verification reads stored ones, with a count of the requested bytes. */
import { loadConfig } from '../../src/config';
import type { RandomAccess } from '../../src/archive/store/random-access';

export interface CountedContent extends RandomAccess {
  /** Bytes that were read so far; some of them more than once. */
  readonly bytesRead: number;
}

/** @param chunkBytes how much comes at once at most, as if segments were so long */
export function contentOf(bytes: Buffer, chunkBytes = 64 * 1024): CountedContent {
  let bytesRead = 0;
  return {
    bytes: bytes.length,
    get bytesRead() {
      return bytesRead;
    },
    async *read(start, end) {
      if (start > end) throw new Error(`a range from ${start} to ${end}`);
      for (let at = start; at < Math.min(end, bytes.length); at += chunkBytes) {
        const chunk = bytes.subarray(at, Math.min(at + chunkBytes, end));
        bytesRead += chunk.length;
        yield await Promise.resolve(chunk);
      }
    },
  };
}

/** The limits of a configuration by default. */
export const { archiveLimits } = loadConfig({
  VAULT_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
  GOOGLE_CLIENT_ID: 'an-id',
  GOOGLE_CLIENT_SECRET: 'a-secret',
});
