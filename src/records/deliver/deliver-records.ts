/** Records as the host app receives them: everything new, changed and gone over several exports. */
import type { ObjectStore } from '../store/stored-bytes';
import type { Delivery } from './line';
import { goneOf, goneStateOf, recordsOf, type GonePlace, type RecordPlace, type Wanted } from './stored-records';
import type { DayCount } from './summary';

export type { Delivery } from './line';

/** An export whose records were read. */
export interface ReadExport {
  readonly exportId: string;
  /** The folder to which `readRecords` wrote. */
  readonly folder: string;
}

/** The position of a delivery in its export. */
export type Place = { readonly record: RecordPlace } | { readonly gone: GonePlace };

export interface PlacedDelivery {
  readonly line: Delivery;
  readonly place: Place;
}

/**
 * The changes of an export: its new and changed records, and the keys that are gone.
 *
 * @param from a position that an earlier call yielded; by default the beginning
 */
export async function* changesOfOne(
  store: ObjectStore,
  { exportId, folder }: ReadExport,
  wanted: Wanted = {},
  from?: Place,
): AsyncGenerator<PlacedDelivery> {
  if (from === undefined || 'record' in from) {
    const states = wanted.states ?? ['new', 'changed'];
    yield* recordsOfOne(store, folder, { ...wanted, states }, from);
  }
  const gone = from !== undefined && 'gone' in from ? from.gone : undefined;
  for await (const { place, ...key } of goneOf(store, folder, wanted, gone)) {
    const line = { key: key.key, resource: key.resource, exportId, state: goneStateOf(key) };
    yield { line, place: { gone: place } };
  }
}

/** All records of one export, whether they were known before or not. @param from as of {@link changesOfOne} */
export async function* recordsOfOne(
  store: ObjectStore,
  folder: string,
  wanted: Wanted = {},
  from?: Place,
): AsyncGenerator<PlacedDelivery> {
  const start = from !== undefined && 'record' in from ? from.record : undefined;
  for await (const { record, state, place } of recordsOf(store, folder, wanted, start)) {
    yield { line: { ...record, state }, place: { record: place } };
  }
}

/**
 * The changes since a cursor. Read from the first export on, every record comes once.
 *
 * @param exports those after the cursor, oldest first
 */
export async function* changesOf(
  store: ObjectStore,
  exports: readonly ReadExport[],
  wanted: Wanted = {},
): AsyncGenerator<Delivery> {
  for (const each of exports) for await (const { line } of changesOfOne(store, each, wanted)) yield line;
}

/** As {@link recordsOfOne}, without the positions. */
export async function* allOf(store: ObjectStore, folder: string, wanted: Wanted = {}): AsyncGenerator<Delivery> {
  for await (const { line } of recordsOfOne(store, folder, wanted)) yield line;
}

/** Adds an export's records by kind and day to the sums of others. */
export function addCounts(sums: Map<string, DayCount>, counts: readonly DayCount[]): void {
  for (const count of counts) {
    const name = JSON.stringify([count.resource, count.kind, count.day]);
    const sum = sums.get(name) ?? { read: 0, new: 0, changed: 0 };
    sums.set(name, {
      ...count,
      ...{ read: sum.read + count.read, new: sum.new + count.new, changed: sum.changed + count.changed },
    });
  }
}
