/** Sorts any number of fixed-size entries in bounded memory: runs are sorted in memory, kept in storage, and merged. */
import { createBlockWriter, createCursor, type Cursor } from './entry-blocks';
import { numbered, type ObjectStore } from './stored-bytes';

export interface SorterOptions {
  readonly store: ObjectStore;
  /** Where runs lie while they are needed. */
  readonly folder: string;
  /** Length of an entry, and of the part of it that is compared, in 32-bit words. Words compare as unsigned numbers. */
  readonly words: number;
  readonly keyWords: number;
  /** Entries sorted in memory at once. */
  readonly runEntries: number;
}

/** Entries in order: those from one place up to another in `block`, which is used again for the next ones. */
export interface SortedBlock {
  readonly block: Uint32Array;
  readonly from: number;
  readonly to: number;
}

export interface EntrySorter {
  add(entry: Uint32Array): void;
  settle(): Promise<void>;
  /** All entries in order. The temporary objects are gone afterwards. */
  sorted(): AsyncGenerator<SortedBlock>;
}

/** Runs that are merged at once. */
const fanIn = 48;

export function createEntrySorter(options: SorterOptions): EntrySorter {
  const { store, folder, words, runEntries } = options;
  let run = new Uint32Array(Math.min(runEntries, 4_096) * words);
  let filled = 0;
  let runs = 0;
  const full: Uint32Array[] = [];

  const runFolder = (number: number) => numbered(folder, number);
  const spill = async (entries: Uint32Array) => {
    runs += 1;
    const writer = createBlockWriter(store, runFolder(runs), words);
    const sorted = sortedRun(entries, options);
    for (let at = 0; at < sorted.length; at += words) {
      writer.add(sorted, at);
      if (at % (words * 8_192) === 0) await writer.settle();
    }
    await writer.finish();
  };
  const settle = async () => {
    for (const entries of full.splice(0)) await spill(entries);
  };

  return {
    add: (entry) => {
      if (filled === run.length) {
        const grown = new Uint32Array(Math.min(2 * run.length, runEntries * words));
        grown.set(run);
        run = grown;
      }
      run.set(entry, filled);
      filled += words;
      if (filled === runEntries * words) {
        full.push(run);
        run = new Uint32Array(Math.min(runEntries, 4_096) * words);
        filled = 0;
      }
    },
    settle,
    sorted: async function* () {
      await settle();
      const rest = run.subarray(0, filled);
      if (runs === 0) {
        const block = sortedRun(rest, options);
        yield { block, from: 0, to: block.length };
        return;
      }
      if (filled > 0) await spill(rest);
      run = new Uint32Array(0);
      filled = 0;
      let open = Array.from({ length: runs }, (_, index) => runFolder(index + 1));
      while (open.length > fanIn) {
        const merging = open.slice(0, fanIn);
        runs += 1;
        const writer = createBlockWriter(store, runFolder(runs), words);
        for await (const { block, from, to } of merged(merging, options)) {
          for (let at = from; at < to; at += words) writer.add(block, at);
          await writer.settle();
        }
        await writer.finish();
        await remove(store, merging);
        open = [...open.slice(fanIn), runFolder(runs)];
      }
      yield* merged(open, options);
      await remove(store, open);
    },
  };
}

async function remove(store: ObjectStore, folders: readonly string[]): Promise<void> {
  for (const folder of folders) for (const key of await store.list(`${folder}/`)) await store.delete(key);
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

/** Buckets longer than this are sorted by a comparison sort: entries that agree in their first word, by chance or by intent. */
const shortBucket = 48;

/**
 * A copy of the entries in order. The first word is a hash or a running number, so that its values lie evenly: entries
 * go to as many buckets as there are entries, and the few in a bucket are put in order by insertion.
 */
function sortedRun(entries: Uint32Array, { words, keyWords }: SorterOptions): Uint32Array {
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

/** Merges runs, a block at a time. */
async function* merged(
  folders: readonly string[],
  { store, words, keyWords }: SorterOptions,
): AsyncGenerator<SortedBlock> {
  const heap: Cursor[] = [];
  const before = (one: Cursor, other: Cursor) => compareEntries(one.block, one.at, other.block, other.at, keyWords) < 0;
  const down = () => {
    let place = 0;
    for (;;) {
      let least = place;
      for (const child of [2 * place + 1, 2 * place + 2]) {
        const [challenger, holder] = [heap[child], heap[least]];
        if (challenger !== undefined && holder !== undefined && before(challenger, holder)) least = child;
      }
      if (least === place) return;
      [heap[place], heap[least]] = [heap[least] as Cursor, heap[place] as Cursor];
      place = least;
    }
  };
  for (const folder of folders) {
    const cursor = createCursor(store, await store.list(`${folder}/`), words);
    if (!(await cursor.load())) continue;
    heap.push(cursor);
    for (let child = heap.length - 1; child > 0;) {
      const parent = (child - 1) >> 1;
      const [upper, lower] = [heap[parent] as Cursor, heap[child] as Cursor];
      if (!before(lower, upper)) break;
      [heap[parent], heap[child]] = [lower, upper];
      child = parent;
    }
  }
  const block = new Uint32Array(8_192 * words);
  let filled = 0;
  for (let least = heap[0]; least !== undefined; least = heap[0]) {
    for (let word = 0; word < words; word += 1) block[filled + word] = least.block[least.at + word] as number;
    filled += words;
    if (!least.step() && !(await least.load())) {
      const last = heap.pop() as Cursor;
      if (heap.length > 0 && last !== least) heap[0] = last;
    }
    down();
    if (filled === block.length) {
      yield { block, from: 0, to: filled };
      filled = 0;
    }
  }
  if (filled > 0) yield { block, from: 0, to: filled };
}
