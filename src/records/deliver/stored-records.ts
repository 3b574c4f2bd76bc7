/** The reading side: records as they were stored, of one export or of a consent since a cursor. */
import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';

import { createCursor } from '../compare/entry-blocks';
import type { KindName } from '../kinds';
import { keyText, markStates, markWords, type MarkState } from '../compare/key-entry';
import type { PortedRecord } from '../store/record';
import { recordsIn } from '../store/record-block';
import type { ObjectStore } from '../store/stored-bytes';

const unzipped = promisify(gunzip);

/** A record with what the comparison with earlier exports said of it. */
export interface StoredRecord {
  readonly record: PortedRecord;
  readonly state: MarkState;
}

/** Which records are wanted; what is not named is not restricted. */
export interface Wanted {
  readonly kinds?: readonly KindName[];
  /** Only records that happened from this instant on, RFC 3339. */
  readonly from?: string;
  /** Only records that happened before this instant, RFC 3339. */
  readonly to?: string;
  readonly states?: readonly MarkState[];
}

/**
 * The records of one export, in the order of the archive; every line is one stored record, so memory stays bounded by
 * one stored object.
 *
 * @param folder where `readRecords` wrote
 */
export async function* recordsOf(
  store: ObjectStore,
  folder: string,
  wanted: Wanted = {},
): AsyncGenerator<StoredRecord> {
  const isWanted = createChoice(wanted);
  const marks = createCursor(store, await store.list(`${folder}/marks/`), markWords);
  await marks.load();
  let number = 0;
  for (const key of await store.list(`${folder}/lines/`)) {
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
}

function createChoice({ kinds, from, to }: Wanted): (record: PortedRecord) => boolean {
  const names = kinds === undefined ? undefined : new Set<string>(kinds);
  const hasRange = from !== undefined || to !== undefined;
  const [least, beyond] = [instant(from, -Infinity), instant(to, Infinity)];
  return ({ kind, occurredAt }) => {
    if (names?.has(kind) === false) return false;
    if (!hasRange) return true;
    const at = occurredAt === undefined ? NaN : Date.parse(occurredAt);
    return at >= least && at < beyond;
  };
}

function instant(text: string | undefined, otherwise: number): number {
  return text === undefined ? otherwise : Date.parse(text);
}

/** A key that an export says is not there any more. */
export interface GoneKey {
  readonly key: string;
  readonly resource: string;
  /** A record of the same thing with other content took its place. */
  readonly replaced: boolean;
}

/** Keys that were known before an export and are gone with it. */
export async function* goneOf(store: ObjectStore, folder: string): AsyncGenerator<GoneKey> {
  for (const key of await store.list(`${folder}/gone/`)) {
    const text = (await unzipped(await store.get(key))).toString('utf8');
    for (const line of text.split('\n')) if (line !== '') yield JSON.parse(line) as GoneKey;
  }
}
