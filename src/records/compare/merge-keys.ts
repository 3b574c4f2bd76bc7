/** New, changed and gone: the sorted keys of an export against those known before, in one pass over both. */
import { sortWords } from '../store/record-writer';
import type { ObjectStore } from '../store/stored-bytes';
import { createBlockWriter, createCursor } from './entry-blocks';
import { createEntrySorter, type EntrySorter } from './entry-sorter';
import { keyWords, markWords } from './key-entry';
import { KeyJudge, type KeyJudgeOptions } from './compare-keys';

export interface MergeOptions extends KeyJudgeOptions {
  readonly store: ObjectStore;
  /** The entries of one resource; absent when the export has none. */
  readonly sorter: EntrySorter | undefined;
  /** Receives the keys known from now on. */
  readonly known: string;
  /** The objects with the keys known before, in order; none the first time. */
  readonly previous: readonly string[];
}

export interface Merged {
  readonly records: number;
  readonly new: number;
  readonly changed: number;
  readonly gone: number;
}

/**
 * Gives every record of a resource its occurrence and state, and writes `known`: all keys that its next export is
 * compared with. Marks and gone keys go to the writers of the whole export.
 */
export async function mergeKeys(options: MergeOptions): Promise<Merged> {
  const { store, sorter, previous, marks, gone } = options;
  const before = createCursor(store, previous, keyWords);
  await before.load();
  const known = createBlockWriter(store, options.known, keyWords);
  const merge = new KeyJudge(options, before, known);

  for await (const { block, from, to } of sorter === undefined ? [] : sorter.sorted()) {
    for (let at = from; at < to; at += sortWords) {
      merge.next(block, at);
      while (merge.isBehind()) {
        merge.passUnseen();
        if (!before.step()) await before.load();
      }
      const state = merge.state();
      if (state === 'known' && !before.step()) await before.load();
      merge.write(block, at, state);
    }
    await known.settle();
    await marks.settle();
    await gone.settle();
  }
  while (before.at >= 0) {
    merge.passUnseen();
    if (!before.step()) {
      await known.settle();
      await gone.settle();
      await before.load();
    }
  }

  await known.finish();
  return { records: merge.records, new: merge.new, changed: merge.changed, gone: merge.gone };
}

/** Sorts the marks of all resources by the numbers of their records. */
export function createMarkSorter(store: ObjectStore, folder: string, runEntries: number): EntrySorter {
  return createEntrySorter({
    ...{ store, folder: `${folder}/sort-marks`, runEntries },
    ...{ words: markWords, keyWords: 1 },
  });
}

/** Writes the series `marks`. */
export async function writeMarks(store: ObjectStore, folder: string, marks: EntrySorter): Promise<void> {
  const written = createBlockWriter(store, `${folder}/marks`, markWords);
  for await (const { block, from, to } of marks.sorted()) {
    for (let at = from; at < to; at += markWords) written.add(block, at);
    await written.settle();
  }
  await written.finish();
}
