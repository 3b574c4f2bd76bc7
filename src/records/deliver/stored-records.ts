/** The reading side: records as they were stored, of one export or of a consent since a cursor. */
import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';

import { PortageError } from '../../domain/errors';
import { createCursor } from '../compare/entry-blocks';
import type { KindName } from '../kinds';
import { keyText, markStates, markWords, type MarkState } from '../compare/key-entry';
import type { PortedRecord } from '../store/record';
import { recordsIn } from '../store/record-block';
import type { ObjectStore } from '../store/stored-bytes';
import { readIndex } from '../store/object-index';
import { readSummary, type Summary } from './summary';
import { createTimeRange, type RangeOptions } from '../store/time-range';

const unzipped = promisify(gunzip);

/** A record with what the comparison with earlier exports said of it. */
export interface StoredRecord {
  readonly record: PortedRecord;
  readonly state: MarkState;
}

/** Which records are wanted; what is not named is not restricted. */
export interface Wanted extends RangeOptions {
  readonly kinds?: readonly KindName[];
  readonly states?: readonly MarkState[];
}

/**
 * The records of one export, in the order of the archive; every line is one stored record, so memory stays bounded by
 * one stored object.
 *
 * @param folder where `readRecords` wrote
 * @throws PortageError `RECORDS_MISSING` when an object is gone; what the store throws
 */
export async function* recordsOf(
  store: ObjectStore,
  folder: string,
  wanted: Wanted = {},
): AsyncGenerator<StoredRecord> {
  const isWanted = createChoice(wanted);
  const { version, records } = await readSummary(store, folder);
  const keys = await storedKeys(store, folder, version);
  const marks = createCursor(store, keys('marks'), markWords);
  await marks.load();
  let number = 0;
  for (const key of keys('lines')) {
    for await (const recordOf of recordsIn(await store.get(key))) {
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
      if (isWanted(record)) yield { record: { ...record, key: keyText(record.key, occurrence) }, state };
    }
  }
  if (number !== records) {
    throw new PortageError('RECORDS_MISSING', { detail: `${folder} holds ${number} records of ${records}` });
  }
}

/**
 * The keys of what a reading stored, by the list that it stored with them, so that an object which is not there is missed.
 * A reading from before there were such lists has what storage lists.
 */
async function storedKeys(store: ObjectStore, folder: string, version: Summary['version']) {
  const names = version === 1 ? undefined : (await readIndex(store, folder)).map(({ name }) => name);
  const all = names?.map((name) => `${folder}/${name}`) ?? (await store.list(`${folder}/`));
  return (series: 'lines' | 'marks' | 'gone') => all.filter((key) => key.startsWith(`${folder}/${series}/`));
}

function createChoice({ kinds, ...options }: Wanted): (record: PortedRecord) => boolean {
  const names = kinds === undefined ? undefined : new Set<string>(kinds);
  const range = createTimeRange(options);
  return ({ kind, occurredAt }) => names?.has(kind) !== false && range.holds(occurredAt);
}

/** A key that an export says is not there any more. */
export interface GoneKey {
  readonly key: string;
  readonly resource: string;
  /** A record of the same thing with other content took its place. */
  readonly replaced: boolean;
}

/** Keys that were known before an export and are gone with it. @throws as {@link recordsOf} */
export async function* goneOf(store: ObjectStore, folder: string): AsyncGenerator<GoneKey> {
  const { version } = await readSummary(store, folder);
  const keys = await storedKeys(store, folder, version);
  for (const key of keys('gone')) {
    const text = (await unzipped(await store.get(key))).toString('utf8');
    for (const line of text.split('\n')) if (line !== '') yield JSON.parse(line) as GoneKey;
  }
}
