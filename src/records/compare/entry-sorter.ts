/** Sorts any number of fixed-size entries in bounded memory: runs are sorted in memory, kept in storage, and merged. */
import { createBlockWriter } from './entry-blocks';
import { merged, type SortedBlock } from './merge-runs';
import { sortedRun } from './sorted-run';
import { numbered, type ObjectStore } from '../store/stored-bytes';

export interface SorterOptions {
  readonly store: ObjectStore;
  /** The folder of the runs while they are needed. */
  readonly folder: string;
  /** Length of an entry, and of the part of it that is compared, in 32-bit words. Words compare as unsigned numbers. */
  readonly words: number;
  readonly keyWords: number;
  /** Entries sorted in memory at once. */
  readonly runEntries: number;
}

export interface EntrySorter {
  add(entry: Uint32Array): void;
  settle(): Promise<void>;
  /** All entries in order. The temporary objects are deleted afterwards. */
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
        const enlarged = new Uint32Array(Math.min(2 * run.length, runEntries * words));
        enlarged.set(run);
        run = enlarged;
      }
      for (let word = 0; word < words; word += 1) run[filled + word] = entry[word] as number;
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
