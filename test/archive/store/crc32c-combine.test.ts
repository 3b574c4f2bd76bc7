// A CRC32C put together from pieces is that of the whole.
import { crc32c } from '@node-rs/crc32';
import fc from 'fast-check';

import { base64OfCrc32c, combineCrc32c } from '../../../src/archive/store/crc32c-combine';

describe('the CRC32C of a whole', () => {
  it('is that of its pieces, however it is cut', () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)));
    fc.assert(
      fc.property(pieces, (cut) => {
        const combined = cut.reduce((sum, piece) => combineCrc32c(sum, crc32c(piece), piece.length), 0);
        expect(combined).toBe(crc32c(Buffer.concat(cut)));
      }),
    );
  });

  it('holds for pieces of many megabytes', () => {
    const whole = Buffer.alloc(40 * 1024 * 1024 + 7, 'Portage');
    const cut = 4 * 1024 * 1024 + 3;
    expect(combineCrc32c(crc32c(whole.subarray(0, cut)), crc32c(whole.subarray(cut)), whole.length - cut)).toBe(
      crc32c(whole),
    );
  });

  it('counts a following length beyond 32 bits, as fifty gigabytes need', () => {
    const followed = (bytes: number) => combineCrc32c(crc32c('first'), 0, bytes);
    expect(followed(50_000_000_000)).toBe(combineCrc32c(followed(25_000_000_000), 0, 25_000_000_000));
    expect(followed(2 ** 32)).not.toBe(followed(0));
  });

  it('is written as Cloud Storage writes it', () => {
    // The check value of RFC 3720 §B.4: 32 bytes of zeroes.
    expect(base64OfCrc32c(crc32c(Buffer.alloc(32)))).toBe(Buffer.from('8a9136aa', 'hex').toString('base64'));
    expect(base64OfCrc32c(0)).toBe('AAAAAA==');
  });
});
