/** New, changed and gone: the sorted keys of an export against those known before, in one pass over both. */
import { gzipSync } from 'node:zlib';

import { createEntrySorter, type EntrySorter } from './entry-sorter';
import { createBlockWriter, createCursor } from './entry-blocks';
import { sortWords, type Tally } from '../store/record-writer';
import { compareEntries } from './sorted-run';
import { numbered, type ObjectStore } from '../store/stored-bytes';

/** Words of an entry of a key file: hash of the identity, hash of the content, number of the occurrence. */
export const keyWords = 9;
const identityWords = 4;
const occurrenceWord = 8;
/** Words of a mark: running number of the record, number of the occurrence, state. */
export const markWords = 3;
export const markStates = ['new', 'known', 'changed'] as const;
export type MarkState = (typeof markStates)[number];

export interface MergeOptions {
  readonly store: ObjectStore;
  /** The entries of one resource; absent when the export has none. */
  readonly sorter: EntrySorter | undefined;
  readonly tallies: readonly Tally[];
  /** Where the keys go that are known from now on. */
  readonly known: string;
  /** The objects with the keys that were known before, in order; none the first time. */
  readonly previous: readonly string[];
  /**
   * What becomes of a key that was known and is not here: it was removed by the person, it stays known because nothing
   * says so, or it is forgotten because it is not asked for any more.
   */
  readonly unseen: 'gone' | 'known' | 'forgotten';
  /** What a reader of the lines has to know about records that are not simply new, for all resources of the export. */
  readonly marks: EntrySorter;
  readonly gone: GoneWriter;
}

export interface Merged {
  readonly records: number;
  readonly new: number;
  readonly changed: number;
  readonly gone: number;
}

/**
 * Gives every record of a resource its occurrence and state, and writes `known`: all keys that its next export is
 * compared with. Marks and gone keys go to whoever writes those of the whole export.
 */
export async function mergeKeys(options: MergeOptions): Promise<Merged> {
  const { store, sorter, tallies, previous, unseen, marks, gone } = options;
  const before = createCursor(store, previous, keyWords);
  await before.load();
  const known = createBlockWriter(store, options.known, keyWords);
  const own = new Uint32Array(keyWords);
  const last = new Uint32Array(keyWords);
  const passed = new Uint32Array(keyWords);
  let hasPassed = false;
  const mark = new Uint32Array(markWords);
  let [records, fresh, changed, removed] = [0, 0, 0, 0];

  const sameIdentity = (one: Uint32Array, other: Uint32Array, at: number) =>
    compareEntries(one, 0, other, at, identityWords) === 0;
  /** A known key that this export lacks; `near` are the own entries around its place. */
  const pass = (...near: readonly (Uint32Array | undefined)[]) => {
    passed.set(before.block.subarray(before.at, before.at + keyWords));
    hasPassed = true;
    if (unseen === 'known') known.add(passed, 0);
    // Under the same identity there is other content now: that is a change, not a removal.
    else if (unseen === 'gone') {
      const isReplaced = hasIdentity(passed) && near.some((one) => one !== undefined && sameIdentity(one, passed, 0));
      if (!isReplaced) removed += 1;
      gone.add(passed, isReplaced);
    }
  };
  let isFirst = true;

  for await (const { block, from, to } of sorter === undefined ? [] : sorter.sorted()) {
    for (let at = from; at < to; at += sortWords) {
      records += 1;
      for (let word = 0; word < occurrenceWord; word += 1) own[word] = block[at + word] as number;
      const isTwin = !isFirst && compareEntries(own, 0, last, 0, occurrenceWord) === 0;
      own[occurrenceWord] = isTwin ? (last[occurrenceWord] as number) + 1 : 1;
      let order = 1;
      while (before.at >= 0 && (order = compareEntries(before.block, before.at, own, 0, keyWords)) < 0) {
        pass(own, isFirst ? undefined : last);
        if (!before.step()) await before.load();
      }
      const isKnown = before.at >= 0 && order === 0;
      const isChanged =
        !isKnown &&
        !isTwin &&
        hasIdentity(own) &&
        ((hasPassed && sameIdentity(own, passed, 0)) || (before.at >= 0 && sameIdentity(own, before.block, before.at)));
      if (isKnown) {
        passed.set(own);
        hasPassed = true;
        if (!before.step()) await before.load();
      }
      known.add(own, 0);
      const tally = tallies[block[at + sortWords - 1] as number] as Tally;
      if (isChanged) {
        changed += 1;
        tally.changed += 1;
      } else if (!isKnown) {
        fresh += 1;
        tally.new += 1;
      }
      const state = isKnown ? 1 : isChanged ? 2 : 0;
      if (state !== 0 || own[occurrenceWord] !== 1) {
        mark[0] = block[at + occurrenceWord] as number;
        mark[1] = own[occurrenceWord];
        mark[2] = state;
        marks.add(mark);
      }
      last.set(own);
      isFirst = false;
    }
    await known.settle();
    await marks.settle();
    await gone.settle();
  }
  while (before.at >= 0) {
    pass(isFirst ? undefined : last);
    if (!before.step()) {
      await known.settle();
      await gone.settle();
      await before.load();
    }
  }

  await known.finish();
  return { records, new: fresh, changed, gone: removed };
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

/** An entry without an id of Google's has its content in place of one. */
function hasIdentity(entry: Uint32Array): boolean {
  for (let word = 0; word < identityWords; word += 1) if (entry[word] !== entry[word + identityWords]) return true;
  return false;
}

/** The key of a record as it is delivered. */
export function keyText(hex: string, occurrence: number): string {
  return occurrence === 1 ? hex : `${hex}-${occurrence}`;
}

const goneLines = 50_000;

export interface GoneWriter {
  /** @param resource whose keys are added from now on */
  begin(resource: string): void;
  add(entry: Uint32Array, isReplaced: boolean): void;
  settle(): Promise<void>;
  finish(): Promise<void>;
}

/** NDJSON of the keys that are gone; `replaced` ones have given way to a changed record of the same identity. */
export function createGoneWriter(store: ObjectStore, folder: string): GoneWriter {
  let lines: string[] = [];
  let of = '';
  let objects = 0;
  const full: string[][] = [];
  const settle = async () => {
    for (const text of full.splice(0)) {
      objects += 1;
      await store.put(numbered(`${folder}/gone`, objects), gzipSync(text.join(''), { level: 1 }));
    }
  };
  return {
    begin: (resource) => {
      of = resource;
    },
    add: (entry, isReplaced) => {
      const hex = Buffer.from(entry.buffer, entry.byteOffset + 16, 16).toString('hex');
      const key = keyText(hex, entry[occurrenceWord] as number);
      lines.push(`${JSON.stringify({ key, resource: of, replaced: isReplaced })}\n`);
      if (lines.length < goneLines) return;
      full.push(lines);
      lines = [];
    },
    settle,
    finish: async () => {
      if (lines.length > 0) full.push(lines);
      await settle();
    },
  };
}
