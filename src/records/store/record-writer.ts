/**
 * Turns drafts into records: assigns keys, leaves out unwanted data, and stores lines and the entries of the key file.
 */
import { CanonicalTape, createComposer, digest, JsonBytes, type Canonical } from './canonical';
import { createEntrySorter, type EntrySorter } from '../compare/entry-sorter';
import type { JsonObject } from '../formats/json';
import { JsonEntry } from '../formats/json-entry';
import type { Filter } from '../read/record-filter';
import { FlatObject } from './flat-object';
import { mostMemberBytes, writeMembers } from './json-text';
import type { Draft } from './record';
import { createLineBlocks } from './line-blocks';
import { keyBytes, type Origin } from './record-block';
import { createScopes, type Tally } from './day-counts';
import type { ObjectStore } from './stored-bytes';
import { bytes } from '../formats/value-scan';

const { openBrace, closeBrace } = bytes;

/**
 * An entry to sort has this many 32-bit integers: the hash of the identity, the hash of the content, the running
 * number, and the index of the tally.
 */
export const sortWords = 10;
export const sortKeyWords = 9;

export type { Tally } from './day-counts';

export interface RecordWriter {
  add(origin: Origin, draft: Draft): void;
  /** Whether only records from a range of time are wanted. */
  readonly hasRange: boolean;
  /** Stores the output collected so far. */
  settle(): Promise<void>;
  /** Stores the rest; adds nothing afterwards. */
  finish(): Promise<void>;
  /** The entries of the key file by resource, of those that have any. */
  readonly sorters: ReadonlyMap<string, EntrySorter>;
  readonly tallies: readonly Tally[];
  readonly records: number;
  readonly leftOut: number;
}

export interface WriterOptions {
  readonly consentId: string;
  readonly exportId: string;
  readonly store: ObjectStore;
  /** Key prefix of the output; ends without a slash. */
  readonly folder: string;
  readonly filter: Filter;
  /** Entries of one resource that are sorted in memory at once. */
  readonly runEntries: number;
}

/**
 * The parts of a line in addition to its data: its origin, its instant, and room for the text hashed after the data.
 */
const aroundBytes = 1_024;
const nothing: readonly string[] = [];
/** More records than this in one export would not fit the running number of an entry. */
const maxRecords = 0xffffffff;

export function createRecordWriter(options: WriterOptions): RecordWriter {
  const { consentId, exportId, store, folder, filter, runEntries } = options;
  const sorters = new Map<string, EntrySorter>();
  const sorterOf = (resource: string): EntrySorter => {
    let sorter = sorters.get(resource);
    if (sorter === undefined) {
      sorter = createEntrySorter({
        ...{ store, folder: `${folder}/sort-${sorters.size + 1}`, runEntries },
        ...{ words: sortWords, keyWords: sortKeyWords },
      });
      sorters.set(resource, sorter);
    }
    return sorter;
  };
  const canonicalOf = createCanonicals();
  const composed = createComposer();
  const scopes = createScopes(consentId);
  const blocks = createLineBlocks(store, folder, exportId);
  const entry = new Uint32Array(sortWords);
  const entryBytes = Buffer.from(entry.buffer);
  const contentKey = entryBytes.subarray(keyBytes, 2 * keyBytes);
  let records = 0;
  let leftOut = 0;

  return {
    sorters,
    tallies: scopes.tallies,
    hasRange: filter.hasRange,
    get records() {
      return records;
    },
    get leftOut() {
      return leftOut;
    },
    add: (origin, draft) => {
      const { kind, index, occurredAt, data, volatile, volatileFields = nothing, identity } = draft;
      if (!filter.keeps(kind, occurredAt)) {
        leftOut += 1;
        return;
      }
      if (records >= maxRecords) throw new RangeError('more records than an export can number');
      const { resource } = origin;
      const scope = scopes.scopeOf(resource, kind);
      const canonical = canonicalOf(data, volatileFields);
      const addedBytes = volatile === undefined ? 0 : mostMemberBytes(volatile);
      const lines = blocks.withRoom(canonical.mostBytes + addedBytes + aroundBytes);
      lines.begin(origin, kind, index);
      const { text } = lines;
      const start = lines.length + (occurredAt?.length ?? 0);
      if (occurredAt !== undefined) writeBytes(occurredAt, occurredAt.length, text, lines.length);
      let end = canonical.write(text, start);

      const other = canonical.mayBeDecomposed ? composed(text.subarray(start, end)) : undefined;
      text.set(scope.mark, end);
      const instant = draft.isKeyedByInstant === true ? (occurredAt ?? '') : '';
      // The instant is in the line directly before the canonical form.
      const content =
        other === undefined && (instant === '' || !hasTrailingZeros(instant))
          ? text.subarray(start - instant.length, end + scope.mark.length)
          : Buffer.concat([instantMark(instant), other ?? text.subarray(start, end), scope.mark]);
      writeBytes(digest(content), keyBytes, entryBytes, keyBytes);
      if (identity === undefined) for (let word = 0; word < 4; word += 1) entry[word] = entry[word + 4] as number;
      else writeBytes(digest(`${scope.hashed}\n${composedText(identity)}`), keyBytes, entryBytes, 0);
      entry[8] = records;
      entry[9] = scopes.count(scope, occurredAt);
      sorterOf(resource).add(entry);
      records += 1;

      end = writeVolatile(canonical, volatile, text, start, end);
      if (filter.restrictsFields) end = writeChosen(filter, kind, text, start, end);
      lines.end(end, contentKey);
    },
    settle: async () => {
      await blocks.settle();
      for (const sorter of sorters.values()) await sorter.settle();
    },
    finish: () => blocks.finish(),
  };
}

/** @returns a function of data: their canonical form, good until the next call */
function createCanonicals(): (data: Draft['data'], without: readonly string[]) => Canonical {
  const ours = new JsonBytes();
  const flat = new FlatObject();
  const onTape = new CanonicalTape();
  return (data, without) => {
    if (data instanceof JsonEntry) return onTape.of(data.tape, without);
    return flat.take(data, without) ? flat : onTape.of(ours.read(JSON.stringify(data)), without);
  };
}

/** Ids are of ASCII, which has one form. */
function composedText(text: string): string {
  return /^[ -~]*$/.test(text) ? text : text.normalize('NFC');
}

/** Whether a fraction of a second could be written in fewer digits. */
function hasTrailingZeros(instant: string): boolean {
  return instant.endsWith('0Z') && instant.includes('.');
}

/** Equal instants compare equal, however many digits their fraction of a second has. */
function instantMark(occurredAt: string): Buffer {
  return Buffer.from(occurredAt.replace(/(\.\d*?)0+Z$/, '$1Z').replace('.Z', 'Z'), 'latin1');
}

/** A loop is faster than a call for a few characters. @param text has one byte a character */
function writeBytes(text: string, length: number, out: Buffer, at: number): void {
  for (let index = 0; index < length; index += 1) out[at + index] = text.charCodeAt(index);
}

/** Adds the fields that are not part of the key: some of the entry's own, and those that a reader added as JSON. */
function writeVolatile(
  canonical: Canonical,
  added: Draft['volatile'],
  text: Buffer,
  start: number,
  end: number,
): number {
  // A comma goes in place of the closing brace, or of the opening one where there is nothing else.
  const from = end - start === 2 ? start : end - 1;
  let at = canonical.writeRest(text, from);
  if (added !== undefined) at = writeMembers(added, text, at);
  if (at === from) return end;
  text[start] = openBrace;
  text[at] = closeBrace;
  return at + 1;
}

function writeChosen(filter: Filter, kind: Draft['kind'], text: Buffer, start: number, end: number): number {
  const data = JSON.parse(text.toString('utf8', start, end)) as JsonObject;
  return start + text.write(JSON.stringify(filter.fieldsOf(kind, data)), start);
}
