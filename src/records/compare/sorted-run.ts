/** Sorts entries of fixed size in memory. */

/** Lengths in 32-bit words: of an entry, and of the part of it that is compared, as unsigned numbers. */
export interface EntryShape {
  readonly words: number;
  readonly keyWords: number;
}

/** Compares the entries at two places. */
export function compareEntries(
  one: Uint32Array,
  at: number,
  other: Uint32Array,
  otherAt: number,
  keyWords: number,
): number {
  for (let word = 0; word < keyWords; word += 1) {
    const [left, right] = [one[at + word] as number, other[otherAt + word] as number];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** Longer buckets are sorted by comparison: entries may agree in their first word, by chance or by intent. */
const shortBucket = 48;

/**
 * A copy of the entries in order. The first word is a hash or a running number, so its values are evenly distributed:
 * entries go to as many buckets as there are entries, and the few in a bucket are sorted by insertion.
 */
export function sortedRun(entries: Uint32Array, { words, keyWords }: EntryShape): Uint32Array {
  const count = entries.length / words;
  let [least, greatest] = [0xffffffff, 0];
  for (let at = 0; at < entries.length; at += words) {
    const word = entries[at] as number;
    if (word < least) least = word;
    if (word > greatest) greatest = word;
  }
  const scale = count / (greatest - least + 1);
  const bucketOf = (index: number) => Math.floor(((entries[index * words] as number) - least) * scale);
  const ends = new Uint32Array(count + 2);
  for (let index = 0; index < count; index += 1) ends[bucketOf(index) + 1] = (ends[bucketOf(index) + 1] as number) + 1;
  for (let bucket = 1; bucket <= count + 1; bucket += 1)
    ends[bucket] = (ends[bucket] as number) + (ends[bucket - 1] as number);
  const order = new Uint32Array(count);
  const next = ends.slice();
  for (let index = 0; index < count; index += 1) {
    const bucket = bucketOf(index);
    const place = next[bucket] as number;
    order[place] = index;
    next[bucket] = place + 1;
  }
  const compare = (one: number, other: number) =>
    compareEntries(entries, one * words, entries, other * words, keyWords);
  for (let bucket = 0; bucket <= count; bucket += 1) {
    const [start, end] = [ends[bucket] as number, ends[bucket + 1] as number];
    if (end - start > shortBucket) order.subarray(start, end).sort(compare);
    else {
      for (let place = start + 1; place < end; place += 1) {
        const moving = order[place] as number;
        let before = place - 1;
        while (before >= start && compare(order[before] as number, moving) > 0) {
          order[before + 1] = order[before] as number;
          before -= 1;
        }
        order[before + 1] = moving;
      }
    }
  }
  const result = new Uint32Array(entries.length);
  for (let place = 0; place < count; place += 1) {
    const from = (order[place] as number) * words;
    for (let word = 0; word < words; word += 1) result[place * words + word] = entries[from + word] as number;
  }
  return result;
}
