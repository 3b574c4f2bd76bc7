/** Merges sorted runs of entries in storage, with one object of each in memory. */
import { createCursor, type Cursor } from './entry-blocks';
import { compareEntries, type EntryShape } from './sorted-run';
import type { ObjectStore } from '../store/stored-bytes';

/** Entries in order: those from one position up to another in `block`, which is reused for the next ones. */
export interface SortedBlock {
  readonly block: Uint32Array;
  readonly from: number;
  readonly to: number;
}

/** Merges runs, a block at a time. */
export async function* merged(
  folders: readonly string[],
  { store, words, keyWords }: EntryShape & { readonly store: ObjectStore },
): AsyncGenerator<SortedBlock> {
  const heap: Cursor[] = [];
  const isBefore = (one: Cursor | undefined, other: Cursor): one is Cursor =>
    one !== undefined && compareEntries(one.block, one.at, other.block, other.at, keyWords) < 0;
  /** Moves the first cursor down to its place. */
  const down = () => {
    const moving = heap[0];
    if (moving === undefined) return;
    for (let place = 0; ;) {
      const left = 2 * place + 1;
      const child = isBefore(heap[left + 1], heap[left] as Cursor) ? left + 1 : left;
      const least = heap[child];
      if (!isBefore(least, moving)) return;
      heap[place] = least;
      heap[child] = moving;
      place = child;
    }
  };
  for (const folder of folders) {
    const cursor = createCursor(store, await store.list(`${folder}/`), words);
    if (!(await cursor.load())) continue;
    heap.push(cursor);
    for (let child = heap.length - 1; child > 0;) {
      const parent = (child - 1) >> 1;
      const [upper, lower] = [heap[parent] as Cursor, heap[child] as Cursor];
      if (!isBefore(lower, upper)) break;
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
