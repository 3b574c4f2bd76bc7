/** Media generated while it is read: its checksums are computed without reading, and must match the bytes. */
import { crc32, crc32c } from '@node-rs/crc32';
import fc from 'fast-check';
import { mediaContent } from '../../src/emulator/archives/media';
import { joinCrc } from '../../src/emulator/archives/crc-combine';

async function readAll(
  source: { read(start: number, end: number): AsyncIterable<Uint8Array> },
  start: number,
  end: number,
) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.read(start, end)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('media', () => {
  it('has the checksums of the bytes that are read', async () => {
    for (const length of [0, 1, 63, 64, 65, 1 << 20, (1 << 20) + 1, 5_000_000]) {
      const media = mediaContent('some seed', length);
      const bytes = await readAll(media, 0, length);
      expect(bytes.length).toBe(length);
      expect(await media.checksums()).toEqual({ crc32: crc32(bytes), crc32c: crc32c(bytes) });
    }
  });

  it('gives the same bytes for the same range, after any earlier reads', async () => {
    const length = 3_500_000;
    const whole = await readAll(mediaContent('seed', length), 0, length);
    await fc.assert(
      fc.asyncProperty(fc.nat(length), fc.nat(length), async (one, other) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        expect((await readAll(mediaContent('seed', length), start, end)).equals(whole.subarray(start, end))).toBe(true);
      }),
      { numRuns: 50 },
    );
    expect((await readAll(mediaContent('another seed', length), 0, 64)).equals(whole.subarray(0, 64))).toBe(false);
  });

  it('joins checksums of any two pieces', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (first, second) => {
        const both = Buffer.concat([first, second]);
        expect(joinCrc('crc32', crc32(first), crc32(second), second.length)).toBe(crc32(both));
        expect(joinCrc('crc32c', crc32c(first), crc32c(second), second.length)).toBe(crc32c(both));
      }),
    );
  });
});
