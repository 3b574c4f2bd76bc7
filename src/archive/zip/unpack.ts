/** Unpacks one member of a ZIP, counted against the limits, to its stated length and checksum. */
import { createInflateRaw } from 'node:zlib';

import { crc32 } from '@node-rs/crc32';

import type { EntryFacts } from './local-header';
import type { Tally } from './enforce-limits';

/** The bytes do not match the directory's entry of the member. */
export class MemberBroken extends Error {
  override readonly name = 'MemberBroken';
}

/** Whether a member can be unpacked: it is not encrypted, and its compression method is supported. */
export function isReadable({ encrypted, method }: EntryFacts): boolean {
  return !encrypted && (method === 0 || method === 8);
}

/**
 * @param packed the member's packed bytes in the part, not more than its stated packed length
 * @returns its content in chunks, the last one only when length and checksum are right: a caller that passes the chunks
 * on never passes on the whole of a broken member
 * @throws MemberBroken when length, checksum or packing are wrong, and `LimitExceeded`
 */
export async function* unpack(
  entry: EntryFacts,
  packed: AsyncIterable<Buffer>,
  tally: Tally,
): AsyncGenerator<Buffer, void> {
  const counter = tally.member();
  let packedBytes = 0;
  const counted = async function* () {
    for await (const chunk of packed) {
      packedBytes += chunk.length;
      counter.packed(chunk.length);
      yield chunk;
    }
  };
  let bytes = 0;
  let sum = 0;
  let held: Buffer | undefined;
  for await (const chunk of entry.method === 8 ? inflate(counted()) : counted()) {
    bytes += chunk.length;
    counter.unpacked(chunk.length);
    if (bytes > entry.bytes) throw new MemberBroken('more bytes than stated');
    sum = crc32(chunk, sum);
    if (held !== undefined) yield held;
    held = chunk;
  }
  if (packedBytes !== entry.packedBytes) throw new MemberBroken('packed bytes are missing');
  if (bytes !== entry.bytes) throw new MemberBroken('fewer bytes than stated');
  if (sum !== entry.crc32) throw new MemberBroken('another checksum than stated');
  if (held !== undefined) yield held;
}

/** Takes and gives chunks no faster than they are asked for, so that unpacked bytes never pile up. */
async function* inflate(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  const inflater = createInflateRaw({ chunkSize: 128 * 1024 });
  const isOver = new Promise((resolve) => inflater.once('close', resolve));
  let fedBytes = 0;
  let fault: { readonly error: unknown } | undefined;
  const feed = async () => {
    try {
      for await (const chunk of packed) {
        if (inflater.destroyed) return;
        fedBytes += chunk.length;
        if (inflater.write(chunk)) continue;
        await Promise.race([new Promise((resolve) => inflater.once('drain', resolve)), isOver]);
      }
      if (!inflater.destroyed) inflater.end();
    } catch (error) {
      fault = { error };
      inflater.destroy();
    }
  };
  const fed = feed();
  try {
    for await (const chunk of inflater) yield chunk as Buffer;
    if (inflater.bytesWritten !== fedBytes) throw new MemberBroken('bytes behind the end of the packed data');
  } catch (cause) {
    if (fault !== undefined) throw fault.error;
    throw cause instanceof MemberBroken ? cause : new MemberBroken('the packed data is damaged', { cause });
  } finally {
    // The source must be idle before another reader takes from it.
    inflater.destroy();
    await fed;
  }
}
