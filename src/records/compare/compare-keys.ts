/**
 * The comparison behind a merge of key files, key by key: the state of each key of the export, and of known keys that
 * it lacks.
 */
import { sortWords, type Tally } from '../store/record-writer';
import type { BlockWriter, Cursor } from './entry-blocks';
import type { EntrySorter } from './entry-sorter';
import type { GoneWriter } from './gone-writer';
import {
  hasIdentity,
  identityWords,
  keyWords,
  markStates,
  markWords,
  occurrenceWord,
  type MarkState,
} from './key-entry';
import { compareEntries } from './sorted-run';

export interface KeyJudgeOptions {
  readonly tallies: readonly Tally[];
  /**
   * What happens to a known key that the export lacks. `gone`: the person removed the record. `known`: the key stays
   * known, because a removal is not proven. `forgotten`: the key is dropped, because the host app no longer asks for
   * it.
   */
  readonly unseen: 'gone' | 'known' | 'forgotten';
  /**
   * Receives a mark for each record that is not simply new. The code that reads the lines later needs these marks. They
   * are those of all resources of the export.
   */
  readonly marks: EntrySorter;
  readonly gone: GoneWriter;
}

export class KeyJudge {
  records = 0;
  new = 0;
  changed = 0;
  gone = 0;
  /**
   * `own` is the export's current key, and `last` is the key that was written last; after the last write, they are the
   * same.
   */
  private readonly own = new Uint32Array(keyWords);
  private hasOwn = false;
  private readonly last = new Uint32Array(keyWords);
  private hasLast = false;
  /** Whether the record is the same as the one before it. */
  private isTwin = false;
  /** The last known key that was passed. */
  private readonly passed = new Uint32Array(keyWords);
  private hasPassed = false;
  /** How the known key at the cursor compares with `own`. */
  private order = 1;
  private readonly mark = new Uint32Array(markWords);

  /**
   * @param before the keys known before, in order; the caller advances it, since that may take a read
   * @param known receives the keys known from now on
   */
  constructor(
    private readonly options: KeyJudgeOptions,
    private readonly before: Cursor,
    private readonly known: Pick<BlockWriter, 'add'>,
  ) {}

  /** Goes to the next key of the export. @param block contains its sorted entry, which begins at `at` */
  next(block: Uint32Array, at: number): void {
    const { own, last } = this;
    for (let word = 0; word < occurrenceWord; word += 1) own[word] = block[at + word] as number;
    this.isTwin = this.hasLast && compareEntries(own, 0, last, 0, occurrenceWord) === 0;
    own[occurrenceWord] = this.isTwin ? (last[occurrenceWord] as number) + 1 : 1;
    this.hasOwn = true;
    this.records += 1;
  }

  /** Whether the known key at the cursor comes before the export's, which then lacks it. */
  isBehind(): boolean {
    const { before } = this;
    if (before.at < 0) return false;
    this.order = compareEntries(before.block, before.at, this.own, 0, keyWords);
    return this.order < 0;
  }

  /** Passes a known key that the export lacks. The caller advances the cursor. */
  passUnseen(): void {
    const { before, passed } = this;
    const { unseen, gone } = this.options;
    passed.set(before.block.subarray(before.at, before.at + keyWords));
    this.hasPassed = true;
    if (unseen === 'known') this.known.add(passed, 0);
    else if (unseen === 'gone') {
      // The same identity has other content now: that is a change, not a removal.
      const isReplaced = hasIdentity(passed) && this.isNear(passed);
      if (!isReplaced) this.gone += 1;
      gone.add(passed, isReplaced);
    }
  }

  /**
   * The state of the export's key, once every known key before it was passed. For a known one, the caller advances the
   * cursor.
   */
  state(): MarkState {
    const { own, before } = this;
    if (before.at >= 0 && this.order === 0) {
      this.passed.set(own);
      this.hasPassed = true;
      return 'known';
    }
    if (this.isTwin || !hasIdentity(own)) return 'new';
    const isPassed = this.hasPassed && sameIdentity(own, this.passed, 0);
    return isPassed || (before.at >= 0 && sameIdentity(own, before.block, before.at)) ? 'changed' : 'new';
  }

  /**
   * Counts the export's key and writes it. Unless the record is simply new, it also gets a mark.
   *
   * @param block as in {@link next}
   */
  write(block: Uint32Array, at: number, state: MarkState): void {
    const { own, mark } = this;
    this.last.set(own);
    this.hasLast = true;
    this.known.add(own, 0);
    const tally = this.options.tallies[block[at + sortWords - 1] as number] as Tally;
    if (state === 'changed') {
      this.changed += 1;
      tally.changed += 1;
    } else if (state === 'new') {
      this.new += 1;
      tally.new += 1;
    }
    const occurrence = own[occurrenceWord] as number;
    if (state === 'new' && occurrence === 1) return;
    mark[0] = block[at + occurrenceWord] as number;
    mark[1] = occurrence;
    mark[2] = markStates.indexOf(state);
    this.options.marks.add(mark);
  }

  /** Whether the export's current key or the one written last has the identity of a known key. */
  private isNear(key: Uint32Array): boolean {
    return (this.hasOwn && sameIdentity(this.own, key, 0)) || (this.hasLast && sameIdentity(this.last, key, 0));
  }
}

function sameIdentity(one: Uint32Array, other: Uint32Array, at: number): boolean {
  return compareEntries(one, 0, other, at, identityWords) === 0;
}
