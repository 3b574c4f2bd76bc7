/** Records as the host app gets them: everything new, changed and gone over several exports, as NDJSON or CSV. */
import type { PortedRecord } from '../store/record';
import { goneOf, recordsOf, type Wanted } from './stored-records';
import type { ObjectStore } from '../store/stored-bytes';
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

/** Characters that are sent at once: a line each would cost more than its content. */
const blockLength = 64 * 1024;

/** One JSON text a line, in blocks of lines. */
export async function* asNdjson(items: AsyncIterable<object>): AsyncGenerator<string> {
  yield* inBlocks(items, (item) => `${JSON.stringify(item)}\n`);
}

async function* inBlocks<T>(items: AsyncIterable<T>, lineOf: (item: T) => string, head = ''): AsyncGenerator<string> {
  let block = head;
  for await (const item of items) {
    block += lineOf(item);
    if (block.length < blockLength) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}

const columns = ['key', 'state', 'resource', 'kind', 'occurredAt', 'exportId', 'part', 'entry', 'index', 'data'];

/** RFC 4180 with CRLF; `data` is JSON in one cell. No other cell holds the person's text. */
export async function* asCsv(deliveries: AsyncIterable<Delivery>): AsyncGenerator<string> {
  yield* inBlocks(deliveries, row, `${columns.join(',')}\r\n`);
}

function row(delivery: Delivery): string {
  const { key, state, resource } = delivery;
  const rest =
    'data' in delivery
      ? [
          ...[delivery.kind, delivery.occurredAt ?? '', delivery.source.exportId],
          ...[delivery.source.part, delivery.source.entry, delivery.source.index, JSON.stringify(delivery.data)],
        ]
      : ['', '', delivery.exportId, '', '', '', ''];
  return `${[key, state, resource, ...rest].map(cell).join(',')}\r\n`;
}

function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
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
