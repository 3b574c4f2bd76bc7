import { compareEntries, sortedRun, type EntryShape } from '../../../src/records/compare/sorted-run';

/** The simplest way to sort entries. */
function sortedPlainly(entries: Uint32Array, { words, keyWords }: EntryShape): Uint32Array {
  const all = Array.from({ length: entries.length / words }, (_, index) =>
    entries.subarray(index * words, (index + 1) * words),
  );
  const sorted = all.toSorted((one, other) => compareEntries(one, 0, other, 0, keyWords));
  return Uint32Array.from(sorted.flatMap((entry) => [...entry]));
}

it.each([
  ['hashes', (random: number) => random],
  ['few different first words', (random: number) => random % 3],
  ['one first word', () => 0xffffffff],
  ['first words near the greatest', (random: number) => 0xffffffff - (random % 50)],
])('sorts entries with %s', (_, firstWord) => {
  let random = 1;
  const next = () => (random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0);
  for (const shape of [
    { words: 10, keyWords: 9 },
    { words: 3, keyWords: 2 },
  ])
    for (const count of [0, 1, 2, 3, 50, 1_000]) {
      const entries = new Uint32Array(count * shape.words).map(next);
      for (let at = 0; at < entries.length; at += shape.words) entries[at] = firstWord(next() >>> 8);
      expect(sortedRun(entries, shape)).toEqual(sortedPlainly(entries, shape));
    }
});
