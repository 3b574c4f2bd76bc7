/** Records as the host app gets them: everything new, changed and gone over several exports, as NDJSON or CSV. */
import { readSummary } from './read-records';
import type { PortedRecord } from './record';
import { goneOf, recordsOf, type Wanted } from './stored-records';
import type { ObjectStore } from './stored-bytes';
import type { DayCount } from './summary';

/** An export whose records were read. */
export interface ReadExport {
  readonly exportId: string;
  /** Where `readRecords` wrote. */
  readonly folder: string;
}

/** One line of delivery: a record with its state, or a key that is not there any more. */
export type Delivery =
  | (PortedRecord & { readonly state: 'new' | 'known' | 'changed' })
  /** `replaced`: a changed record of the same thing is delivered beside it. */
  | { readonly key: string; readonly resource: string; readonly exportId: string; readonly state: 'gone' | 'replaced' };

/**
 * What happened since a cursor: the records that each export brought, and the keys that went with it. Read from the
 * first export on, every record comes once.
 *
 * @param exports those after the cursor, oldest first; the cursor is the id of the last export that was taken over
 */
export async function* changesOf(
  store: ObjectStore,
  exports: readonly ReadExport[],
  wanted: Wanted = {},
): AsyncGenerator<Delivery> {
  for (const { exportId, folder } of exports) {
    const states = wanted.states ?? ['new', 'changed'];
    for await (const { record, state } of recordsOf(store, folder, { ...wanted, states })) yield { ...record, state };
    for await (const { key, resource, replaced } of goneOf(store, folder)) {
      yield { key, resource, exportId, state: replaced ? 'replaced' : 'gone' };
    }
  }
}

/** All records of one export, whether they were known before or not. */
export async function* allOf(store: ObjectStore, folder: string, wanted: Wanted = {}): AsyncGenerator<Delivery> {
  for await (const { record, state } of recordsOf(store, folder, wanted)) yield { ...record, state };
}

/** One JSON text a line. */
export async function* asNdjson(deliveries: AsyncIterable<Delivery>): AsyncGenerator<string> {
  for await (const delivery of deliveries) yield `${JSON.stringify(delivery)}\n`;
}

const columns = ['key', 'state', 'resource', 'kind', 'occurredAt', 'exportId', 'part', 'entry', 'index', 'data'];

/** RFC 4180 with CRLF; `data` is JSON in one cell. No other cell holds the person's text. */
export async function* asCsv(deliveries: AsyncIterable<Delivery>): AsyncGenerator<string> {
  yield `${columns.join(',')}\r\n`;
  for await (const delivery of deliveries) {
    const { key, state } = delivery;
    const rest =
      'data' in delivery
        ? [
            ...[delivery.resource, delivery.kind, delivery.occurredAt ?? '', delivery.source.exportId],
            ...[delivery.source.part, delivery.source.entry, delivery.source.index, JSON.stringify(delivery.data)],
          ]
        : [delivery.resource, '', '', delivery.exportId, '', '', '', ''];
    yield `${[key, state, ...rest].map(cell).join(',')}\r\n`;
  }
}

function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Records by kind and day over several exports, from their summaries alone. */
export async function countsOf(store: ObjectStore, exports: readonly ReadExport[]): Promise<DayCount[]> {
  const sums = new Map<string, DayCount>();
  for (const { folder } of exports) {
    for (const count of (await readSummary(store, folder)).counts) {
      const name = JSON.stringify([count.resource, count.kind, count.day]);
      const sum = sums.get(name);
      sums.set(
        name,
        sum === undefined
          ? count
          : { ...sum, read: sum.read + count.read, new: sum.new + count.new, changed: sum.changed + count.changed },
      );
    }
  }
  return [...sums.values()];
}
