/** The reading side: stored records of one export, from its beginning or from a position in it. */
import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';

import { PortageError } from '../../domain/error-codes';
import { createCursor, type EntryPlace } from '../compare/entry-blocks';
import type { KindName } from '../kinds';
import { keyText, markStates, markWords, type MarkState } from '../compare/key-entry';
import type { PortedRecord } from '../store/record';
import { recordsIn } from '../store/record-block';
import type { ObjectStore } from '../store/stored-bytes';
import { readIndex } from '../store/object-index';
import type { GoneState } from './line';
import { readSummary, type Summary } from './summary';
import { createTimeRange, type RangeOptions } from '../store/time-range';

const unzipped = promisify(gunzip);

/** The position of a stored record, so that a reader can begin there without reading the records before it. */
export interface RecordPlace {
  /** The number of its object of lines, from 0, and its number within it. */
  readonly object: number;
  readonly line: number;
  /** Its number in the export, from 0. */
  readonly number: number;
  /** The first mark after those of earlier records. */
  readonly mark: EntryPlace;
}

const firstRecord: RecordPlace = { object: 0, line: 0, number: 0, mark: { object: 0, at: 0 } };

/** A record with its state, from the comparison with earlier exports. */
export interface StoredRecord {
  readonly record: PortedRecord;
  readonly state: MarkState;
  readonly place: RecordPlace;
}

/** The requested records; an absent property restricts nothing. */
export interface Wanted extends RangeOptions {
  readonly resources?: readonly string[];
  readonly kinds?: readonly KindName[];
  readonly states?: readonly (MarkState | GoneState)[];
}

/**
 * The records of one export, in the order of the archive; every line is one stored record, so memory stays bounded by
 * one stored object.
 *
 * @param folder the one to which `readRecords` wrote
 * @param from a position that an earlier call yielded with the same folder
 * @throws PortageError `RECORDS_MISSING` when an object is gone; what the store throws
 */
export async function* recordsOf(
  store: ObjectStore,
  folder: string,
  wanted: Wanted = {},
  from: RecordPlace = firstRecord,
): AsyncGenerator<StoredRecord> {
  const isWanted = createChoice(wanted);
  const { version, records } = await readSummary(store, folder);
  const keys = await storedKeys(store, folder, version);
  const marks = createCursor(store, keys('marks'), markWords, from.mark);
  await marks.load();
  let { number, object } = from;
  /** Records of an earlier page, whose marks were passed as well. */
  let skipped = from.line;
  for (const key of keys('lines').slice(from.object)) {
    let line = 0;
    for await (const recordOf of recordsIn(await store.get(key))) {
      line += 1;
      if (skipped > 0) {
        skipped -= 1;
        continue;
      }
      const place = { object, line: line - 1, number, mark: { object: marks.object, at: marks.at } };
      let occurrence = 1;
      let state: MarkState = 'new';
      if (marks.at >= 0 && marks.block[marks.at] === number) {
        occurrence = marks.block[marks.at + 1] ?? 1;
        state = markStates[marks.block[marks.at + 2] ?? 0] ?? 'new';
        if (!marks.step()) await marks.load();
      }
      number += 1;
      if (wanted.states?.includes(state) === false) continue;
      const record = recordOf();
      if (isWanted(record)) yield { record: { ...record, key: keyText(record.key, occurrence) }, state, place };
    }
    object += 1;
  }
  if (number !== records) {
    throw new PortageError('RECORDS_MISSING', { detail: `${folder} holds ${number} records of ${records}` });
  }
}

/**
 * The keys of the objects of a reading, by the list stored with them, so that a missing object is noticed. For a
 * reading from before such lists existed, the storage lists the keys.
 */
async function storedKeys(store: ObjectStore, folder: string, version: Summary['version']) {
  const names = version === 1 ? undefined : (await readIndex(store, folder)).map(({ name }) => name);
  const all = names?.map((name) => `${folder}/${name}`) ?? (await store.list(`${folder}/`));
  return (series: 'lines' | 'marks' | 'gone') => all.filter((key) => key.startsWith(`${folder}/${series}/`));
}

function createChoice({ kinds, resources, ...options }: Wanted): (record: PortedRecord) => boolean {
  const names = kinds === undefined ? undefined : new Set<string>(kinds);
  const from = resources === undefined ? undefined : new Set(resources);
  const range = createTimeRange(options);
  return ({ resource, kind, occurredAt }) =>
    names?.has(kind) !== false && from?.has(resource) !== false && range.holds(occurredAt);
}

/** The position of a key among the gone ones: the number of its object and of its line, from 0. */
export interface GonePlace {
  readonly object: number;
  readonly line: number;
}

/** A key that is gone with an export. */
export interface GoneKey {
  readonly key: string;
  readonly resource: string;
  /** A record of the same thing with other content replaced it. */
  readonly replaced: boolean;
}

export const goneStateOf = ({ replaced }: GoneKey): GoneState => (replaced ? 'replaced' : 'gone');

/** Keys that were known before an export and are gone with it. @throws as {@link recordsOf} */
export async function* goneOf(
  store: ObjectStore,
  folder: string,
  { resources, states }: Wanted = {},
  from: GonePlace = { object: 0, line: 0 },
): AsyncGenerator<GoneKey & { readonly place: GonePlace }> {
  const { version } = await readSummary(store, folder);
  const keys = (await storedKeys(store, folder, version))('gone');
  for (let { object, line: start } = from; object < keys.length; object += 1, start = 0) {
    const text = (await unzipped(await store.get(keys[object] ?? ''))).toString('utf8');
    const lines = text.split('\n');
    for (let line = start; line < lines.length; line += 1) {
      if (lines[line] === '') continue;
      const gone = JSON.parse(lines[line] ?? '') as GoneKey;
      if (resources?.includes(gone.resource) === false || states?.includes(goneStateOf(gone)) === false) continue;
      yield { ...gone, place: { object, line } };
    }
  }
}
