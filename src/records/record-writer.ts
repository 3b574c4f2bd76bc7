/** Turns drafts into records: gives keys, leaves out what is not wanted, and stores lines and the entries of the key file. */
import { gzipSync } from 'node:zlib';

import { createCanonical, digest } from './canonical';
import { createEntrySorter, type EntrySorter } from './entry-sorter';
import type { Json, JsonObject } from './json';
import type { Filter } from './keep';
import type { Draft } from './record';
import { numbered, type ObjectStore } from './stored-bytes';

/** Words of an entry to sort: hash of the identity, hash of the content, running number, number of the count. */
export const sortWords = 10;
export const sortKeyWords = 9;

/** Where a run of drafts comes from. */
export interface Origin {
  readonly resource: string;
  readonly part: number;
  readonly entry: number;
}

/** Records of one resource and kind on one day; new and changed ones are counted when key files are merged. */
export interface Tally {
  readonly resource: string;
  readonly kind: string;
  readonly day: string | undefined;
  read: number;
  new: number;
  changed: number;
}

/** What records of a resource and kind share. */
interface Scope {
  readonly resource: string;
  readonly kind: string;
  /** What is hashed before the content. */
  readonly hashed: string;
  /** What stands behind the key in a line. */
  readonly head: string;
  /** The day of the last record, and the number of its tally; -1 before the first. */
  day: string | undefined;
  tally: number;
}

export interface RecordWriter {
  add(origin: Origin, draft: Draft): void;
  /** Stores what has come together. */
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
  /** Where the output lies; ends without a slash. */
  readonly folder: string;
  readonly filter: Filter;
  /** Entries of one resource that are sorted in memory at once. */
  readonly runEntries: number;
}

/** Bytes of NDJSON in one stored object, before compression. */
const objectBytes = 4 * 1024 * 1024;
/** The fastest level: compression is a large part of the time that reading takes. */
const level = 1;
/** More records than this in one export would not fit the running number of an entry. */
const maxRecords = 0xffffffff;
/** Days that are counted one by one; the rest of a person's life fits, invented dates without end do not. */
const maxTallies = 200_000;

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
  const canonical = createCanonical();
  const tallies: Tally[] = [];
  const tallyNumbers = new Map<string, number>();
  const scopes = new Map<string, Scope>();
  const entry = new Uint32Array(sortWords);
  const entryBytes = Buffer.from(entry.buffer);
  let lines = Buffer.allocUnsafe(objectBytes);
  let length = 0;
  let objects = 0;
  let records = 0;
  let leftOut = 0;
  const full: Buffer[] = [];

  /** The last one is the next one, nearly always. */
  let lastScope: Scope | undefined;
  const scopeOf = (resource: string, kind: string): Scope => {
    if (lastScope?.resource === resource && lastScope.kind === kind) return lastScope;
    const name = `${resource} ${kind}`;
    let scope = scopes.get(name);
    if (scope === undefined) {
      const head = `","resource":${JSON.stringify(resource)},"kind":"${kind}"`;
      const hashed = `${JSON.stringify([consentId, resource, kind])}\n`;
      scopes.set(name, (scope = { resource, kind, hashed, head, day: undefined, tally: -1 }));
    }
    lastScope = scope;
    return scope;
  };
  const tallyOf = (resource: string, kind: string, day: string | undefined): number => {
    const name = `${resource} ${kind} ${day ?? ''}`;
    const known = tallyNumbers.get(name);
    if (known !== undefined) return known;
    if (tallies.length >= maxTallies && day !== undefined) return tallyOf(resource, kind, undefined);
    tallyNumbers.set(name, tallies.length);
    return tallies.push({ resource, kind, day, read: 0, new: 0, changed: 0 }) - 1;
  };
  const put = (text: Buffer) => {
    objects += 1;
    return store.put(numbered(`${folder}/lines`, objects), gzipSync(text, { level }));
  };
  /** Lines go into one buffer at once: strings that are kept for long cost the garbage collector more than parsing. */
  const append = (line: string) => {
    // No character takes more than three bytes per unit of its string.
    const longest = 3 * line.length;
    if (length + longest > lines.length) {
      if (length > 0) full.push(lines.subarray(0, length));
      lines = Buffer.allocUnsafe(Math.max(objectBytes, longest));
      length = 0;
    }
    length += lines.write(line, length, 'utf8');
  };

  return {
    sorters,
    tallies,
    get records() {
      return records;
    },
    get leftOut() {
      return leftOut;
    },
    add: ({ resource, part, entry: member }, { kind, index, occurredAt, data, volatile, volatileFields, identity }) => {
      if (!filter.keeps(kind, occurredAt)) {
        leftOut += 1;
        return;
      }
      if (records >= maxRecords) throw new RangeError('more records than an export can number');
      const scope = scopeOf(resource, kind);
      const { hashed, head } = scope;
      const { text, material, rest } = canonical(data, volatileFields);
      const key = digest(hashed + material);
      const day = occurredAt?.slice(0, 10);
      if (scope.tally < 0 || scope.day !== day) {
        scope.tally = tallyOf(resource, kind, day);
        scope.day = day;
      }
      const { tally } = scope;
      (tallies[tally] as Tally).read += 1;

      entryBytes.write(key, 16, 16, 'hex');
      if (identity === undefined) entry.copyWithin(0, 4, 8);
      else entryBytes.write(digest(`${hashed}${identity.normalize('NFC')}`), 0, 16, 'hex');
      entry[8] = records;
      entry[9] = tally;
      sorterOf(resource).add(entry);
      records += 1;

      const changing = rest ?? volatile;
      const kept = filter.restrictsFields ? chosen(text, filter, kind, changing) : joined(text, changing);
      const at = occurredAt === undefined ? '' : `,"occurredAt":"${occurredAt}"`;
      const source = `,"source":{"exportId":"${exportId}","part":${part},"entry":${member},"index":${index}}}\n`;
      append(`{"key":"${key}${head}${at},"data":${kept}${source}`);
    },
    settle: async () => {
      for (const text of full.splice(0)) await put(text);
      for (const sorter of sorters.values()) await sorter.settle();
    },
    finish: async () => {
      for (const text of full.splice(0)) await put(text);
      if (length > 0) await put(lines.subarray(0, length));
      length = 0;
    },
  };
}

/** The data with the fields that are no part of the key. */
function joined(text: string, volatile: Readonly<Record<string, Json>> | undefined): string {
  if (volatile === undefined) return text;
  const more = JSON.stringify(volatile);
  if (more === '{}') return text;
  return text === '{}' ? more : `${text.slice(0, -1)},${more.slice(1)}`;
}

function chosen(text: string, filter: Filter, kind: Draft['kind'], volatile: Draft['volatile']): string {
  const data = { ...(JSON.parse(text) as JsonObject), ...volatile };
  return JSON.stringify(filter.fieldsOf(kind, data));
}
