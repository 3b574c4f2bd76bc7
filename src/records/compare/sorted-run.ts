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
export function sortedRun(entries: Uint32Array, shape: EntryShape): Uint32Array {
  const { words } = shape;
  const result = new Uint32Array(entries.length);
  const starts = bucketed(entries, words, result);
  for (let bucket = 1; bucket < starts.length; bucket += 1) {
    const [start, end] = [(starts[bucket - 1] as number) * words, (starts[bucket] as number) * words];
    if (end - start > shortBucket * words) sortLong(result, start, end, shape);
    else if (end - start > words) sortShort(result, start, end, shape);
  }
  return result;
}

/** Copies the entries into `result`, bucket after bucket. @returns where each bucket starts, and where the last ends */
function bucketed(entries: Uint32Array, words: number, result: Uint32Array): Uint32Array {
  const count = entries.length / words;
  let [least, greatest] = [0xffffffff, 0];
  for (let at = 0; at < entries.length; at += words) {
    const word = entries[at] as number;
    if (word < least) least = word;
    if (word > greatest) greatest = word;
  }
  const scale = count / (greatest - least + 1);
  // By rounding, the greatest word may have a bucket of its own.
  const starts = new Uint32Array(count + 2);
  for (let at = 0; at < entries.length; at += words) {
    const bucket = Math.floor(((entries[at] as number) - least) * scale);
    starts[bucket + 1] = (starts[bucket + 1] as number) + 1;
  }
  for (let bucket = 1; bucket < starts.length; bucket += 1)
    starts[bucket] = (starts[bucket] as number) + (starts[bucket - 1] as number);
  const next = starts.slice();
  for (let at = 0; at < entries.length; at += words) {
    const bucket = Math.floor(((entries[at] as number) - least) * scale);
    const place = next[bucket] as number;
    next[bucket] = place + 1;
    for (let word = 0; word < words; word += 1) result[place * words + word] = entries[at + word] as number;
  }
  return starts;
}

function sortShort(entries: Uint32Array, start: number, end: number, { words, keyWords }: EntryShape): void {
  for (let next = start + words; next < end; next += words) {
    for (let at = next; at > start && compareEntries(entries, at - words, entries, at, keyWords) > 0; at -= words) {
      for (let word = at; word < at + words; word += 1) {
        const greater = entries[word - words] as number;
        entries[word - words] = entries[word] as number;
        entries[word] = greater;
      }
    }
  }
}

function sortLong(entries: Uint32Array, start: number, end: number, { words, keyWords }: EntryShape): void {
  const bucket = entries.slice(start, end);
  const order = Uint32Array.from({ length: bucket.length / words }, (_, index) => index * words);
  order.sort((one, other) => compareEntries(bucket, one, bucket, other, keyWords));
  for (const [place, from] of order.entries()) entries.set(bucket.subarray(from, from + words), start + place * words);
}
