/** Entries of fixed size, as series of bounded objects: written block by block, read through a cursor. */
import { numbered, type ObjectStore } from '../store/stored-bytes';

/** Length of one object: small enough to hold a few of them in memory at once. */
const objectWords = 64 * 1024;
/** Length of a new block: most exports are small. */
const firstWords = 1024;

export interface BlockWriter {
  /** Copies one entry. */
  add(entry: Uint32Array, at: number): void;
  /** Stores the full objects; call it now and then, for example after each block of input. */
  settle(): Promise<void>;
  /** Stores the rest. Resolves with the number of entries. */
  finish(): Promise<number>;
}

/**
 * @param words length of an entry in 32-bit words
 */
export function createBlockWriter(store: ObjectStore, folder: string, words: number): BlockWriter {
  const perObject = Math.floor(objectWords / words) * words;
  const newBlock = () => new Uint32Array(Math.min(perObject, Math.ceil(firstWords / words) * words));
  let block = newBlock();
  let filled = 0;
  let count = 0;
  let objects = 0;
  const full: Uint32Array[] = [];

  const put = (entries: Uint32Array) => {
    objects += 1;
    return store.put(numbered(folder, objects), Buffer.from(entries.buffer, entries.byteOffset, entries.byteLength));
  };
  const settle = async () => {
    for (const entries of full.splice(0)) await put(entries);
  };

  return {
    add: (entry, at) => {
      if (filled === block.length) {
        const larger = new Uint32Array(Math.min(perObject, 2 * filled));
        larger.set(block);
        block = larger;
      }
      for (let word = 0; word < words; word += 1) block[filled + word] = entry[at + word] ?? 0;
      filled += words;
      count += 1;
      if (filled === perObject) {
        full.push(block);
        block = newBlock();
        filled = 0;
      }
    },
    settle,
    finish: async () => {
      await settle();
      if (filled > 0) await put(block.subarray(0, filled));
      filled = 0;
      return count;
    },
  };
}

/** Reads a series entry by entry. */
export interface Cursor {
  /** The words of the object that holds the current entry. */
  readonly block: Uint32Array;
  /** Where the current entry begins; -1 after the last one. */
  readonly at: number;
  /** The number of the object that holds it, from 0. */
  readonly object: number;
  /** Goes to the next entry of the block. @returns false when `load` has to be awaited first */
  step(): boolean;
  /** Loads the next object. @returns false when there is none */
  load(): Promise<boolean>;
}

/** The position of an entry in a series: the number of its object, and the word at which the entry begins in it. */
export type EntryPlace = Pick<Cursor, 'object' | 'at'>;

/**
 * A cursor over the objects with these keys, in this order.
 *
 * @param from the entry at which the cursor starts once loaded; by default the first one. A position after the last
 * entry, whose `at` is -1, stays after it
 */
export function createCursor(
  store: ObjectStore,
  keys: readonly string[],
  words: number,
  from: EntryPlace = { object: 0, at: 0 },
): Cursor {
  let next = from.at < 0 ? keys.length : from.object;
  let start = from.at;
  const cursor = {
    block: new Uint32Array(0),
    at: -1,
    object: next,
    step: () => {
      cursor.at += words;
      return cursor.at < cursor.block.length;
    },
    load: async () => {
      const key = keys[next];
      cursor.object = next;
      if (key === undefined) {
        cursor.at = -1;
        return false;
      }
      next += 1;
      const bytes = await store.get(key);
      // Words have to be aligned in memory; a buffer from a pool may not be.
      const copy = new Uint8Array(bytes.length);
      copy.set(bytes);
      cursor.block = new Uint32Array(copy.buffer);
      cursor.at = start;
      start = 0;
      return true;
    },
  };
  return cursor;
}
