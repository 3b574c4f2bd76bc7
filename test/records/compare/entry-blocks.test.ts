/** Entries of fixed size are written block by block, and read back in order. */
import { createBlockWriter, createCursor } from '../../../src/records/compare/entry-blocks';
import { numbered } from '../../../src/records/store/stored-bytes';
import { memoryStore } from '../fixtures';

const objectWords = 64 * 1024;

it.each([
  [3, 0],
  [3, 1],
  [3, 1_000],
  [10, Math.floor(objectWords / 10)],
  [3, Math.floor(objectWords / 3) + 1],
  [10, 2 * Math.floor(objectWords / 10) + 700],
])('entries of %i words: %i of them come back as they were written', async (words, count) => {
  const store = memoryStore();
  const writer = createBlockWriter(store, 'entries', words);
  const entry = new Uint32Array(words + 2);
  for (let number = 0; number < count; number += 1) {
    for (let word = 0; word < words; word += 1) entry[word + 2] = number * words + word;
    writer.add(entry, 2);
    if (number % 5_000 === 0) await writer.settle();
  }
  expect(await writer.finish()).toBe(count);

  const objects = Math.ceil((count * words) / (Math.floor(objectWords / words) * words));
  const keys = Array.from({ length: objects }, (_, index) => numbered('entries', index + 1));
  const cursor = createCursor(store, keys, words);
  let read = 0;
  while (await cursor.load()) {
    do {
      for (let word = 0; word < words; word += 1, read += 1) {
        if (cursor.block[cursor.at + word] !== read) throw new Error(`word ${read} was changed`);
      }
    } while (cursor.step());
  }
  expect(read).toBe(count * words);
});
