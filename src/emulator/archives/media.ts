/**
 * Media files of any size, generated as they are read: the same bytes for the same range, checksums without reading.
 */
import { createCipheriv, createHash } from 'node:crypto';
import { crc32, crc32c } from '@node-rs/crc32';
import type { Checksums, Content } from './content';
import { joinerFor, type CrcKind } from './crc-combine';

const headLength = 64;
const blockLength = 1 << 20;

/** Bytes that look random and depend on the seed alone. */
function noise(seed: string, length: number): Buffer {
  const key = createHash('sha256').update(seed).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(length));
}

const tail = noise('the tail of every block', blockLength - headLength);
const tailSums: Checksums = { crc32: crc32(tail), crc32c: crc32c(tail) };

/**
 * A media file: blocks of 1 MiB, each with a head of its own and a tail that all share.
 * The last block is cut to the length.
 */
export function mediaContent(seed: string, length: number): Content {
  const head = (block: number) => createHash('sha512').update(`${seed}\n${block}`).digest();
  return {
    length,
    async *read(start, end) {
      // A generator that never waits would block the event loop; one turn per block lets other requests proceed.
      let position = start;
      while (position < end) {
        const block = Math.floor(position / blockLength);
        const inBlock = position - block * blockLength;
        const stop = Math.min(end - block * blockLength, blockLength);
        if (inBlock < headLength) {
          const piece = head(block).subarray(inBlock, Math.min(stop, headLength));
          yield piece;
          position += piece.length;
        } else {
          await Promise.resolve();
          yield tail.subarray(inBlock - headLength, stop - headLength);
          position = block * blockLength + stop;
        }
      }
    },
    checksums: () =>
      Promise.resolve({
        crc32: checksum('crc32', crc32, head, length),
        crc32c: checksum('crc32c', crc32c, head, length),
      }),
  };
}

function checksum(kind: CrcKind, sum: typeof crc32, head: (block: number) => Buffer, length: number): number {
  const whole = Math.floor(length / blockLength);
  const overTail = joinerFor(kind, tail.length);
  const overBlock = joinerFor(kind, blockLength);
  let total = 0;
  for (let block = 0; block < whole; block += 1) total = overBlock(total, overTail(sum(head(block)), tailSums[kind]));
  const rest = length - whole * blockLength;
  if (rest === 0) return total;
  const last = Buffer.concat([head(whole), tail]).subarray(0, rest);
  return sum(last, total);
}
