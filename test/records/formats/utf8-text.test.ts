import { isUtf8 } from 'node:buffer';

import { pastLetter } from '../../../src/records/formats/utf8-text';

/** Bytes at the limits of what each place of a letter may have. */
const firsts = [
  0x80, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff,
];
const others = [0x00, 0x22, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff];

it('takes the same bytes for a letter as Node does', () => {
  const wrong: Buffer[] = [];
  for (const first of firsts)
    for (const second of others)
      for (const third of others)
        for (const fourth of others) {
          const bytes = Buffer.from([first, second, third, fourth, 0]);
          const length = [2, 3, 4].find((bytesOfLetter) => isUtf8(bytes.subarray(0, bytesOfLetter)));
          if (pastLetter(bytes, 0) !== (length ?? -1)) wrong.push(bytes);
        }
  expect(wrong).toEqual([]);
});
