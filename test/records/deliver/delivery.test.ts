/** The reading side: an export, a consent since a cursor, as NDJSON and CSV, and counts by day. */
import { parse } from 'csv-parse/sync';

import {
  addCounts,
  allOf,
  asCsv,
  asNdjson,
  changesOf,
  type Delivery,
} from '../../../src/records/deliver/deliver-records';
import { isObject } from '../../../src/records/formats/json';
import { readSummary } from '../../../src/records/deliver/summary';
import type { DayCount } from '../../../src/records/deliver/summary';
import { archiveOf, memoryStore, readZips } from '../fixtures';

const row = (id: string, day: number, text: string) =>
  `${id},UCaaaaaaaaaaaaaaaaaaaaaa,2026-01-0${day}T10:00:00Z,${JSON.stringify(text).replaceAll('"', '""').replace(/^""/, '"').replace(/""$/, '"')}\n`;

const sheet = (...rows: string[]) =>
  archiveOf('YOUTUBE', 'YouTube', [
    {
      name: 'comments/comments.csv',
      content: `Comment ID,Channel ID,Comment Create Timestamp,Comment Text\n${rows.join('')}`,
    },
  ]);

async function twoExports() {
  const store = memoryStore();
  const resources = ['youtube.comments'];
  await readZips(
    [await sheet(row('a', 1, 'one'), row('b', 2, 'two'), row('c', 2, 'three'))],
    { resources, folder: 'first' },
    store,
  );
  const second = await sheet(row('a', 1, 'one'), row('b', 2, '=two, again'), row('d', 3, 'four'));
  await readZips([second], { resources, folder: 'second', previousFolder: 'first', exportId: 'exp_2' }, store);
  return {
    store,
    exports: [
      { exportId: 'exp_1', folder: 'first' },
      { exportId: 'exp_2', folder: 'second' },
    ],
  };
}

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const textOf = (delivery: Delivery) => ('data' in delivery ? delivery.data['text'] : undefined);

describe('deliveries', () => {
  it('bring every record of a consent once, then what changed and went', async () => {
    const { store, exports } = await twoExports();
    const all = await collected(changesOf(store, exports));
    expect(all.map((delivery) => [delivery.state, textOf(delivery)])).toEqual([
      ['new', 'one'],
      ['new', 'two'],
      ['new', 'three'],
      ['changed', '=two, again'],
      ['new', 'four'],
      ...all.slice(5).map(({ state }) => [state, undefined]),
    ]);
    expect(
      all
        .slice(5)
        .map(({ state }) => state)
        .toSorted(),
    ).toEqual(['gone', 'replaced']);
    const since = await collected(changesOf(store, exports.slice(1)));
    expect(since).toEqual(all.slice(3));
  });

  it('of one export are all its records, by kind and date where wanted', async () => {
    const { store } = await twoExports();
    const texts = async (wanted: Parameters<typeof allOf>[2]) =>
      (await collected(allOf(store, 'second', wanted))).map(textOf);
    expect(await texts({})).toEqual(['one', '=two, again', 'four']);
    expect(await texts({ kinds: ['comment'], from: '2026-01-02T00:00:00Z', to: '2026-01-03T00:00:00Z' })).toEqual([
      '=two, again',
    ]);
    expect(await texts({ kinds: ['visit'] })).toEqual([]);
    expect(await texts({ states: ['known'] })).toEqual(['one']);
  });

  it('are lines of JSON, or rows of CSV that another reader reads', async () => {
    const { store, exports } = await twoExports();
    const all = await collected(changesOf(store, exports));
    const lines = (await collected(asNdjson(changesOf(store, exports)))).join('').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as Delivery)).toEqual(all);
    const csv = (await collected(asCsv(changesOf(store, exports)))).join('');
    const rows = parse(csv, { columns: true }) as unknown as Record<string, string>[];
    expect(rows).toHaveLength(all.length);
    for (const [at, delivery] of all.entries()) {
      expect(rows[at]).toMatchObject({ key: delivery.key, state: delivery.state });
      if ('data' in delivery) {
        const data: unknown = JSON.parse(rows[at]?.['data'] ?? '');
        expect(data).toEqual(delivery.data);
        expect(isObject(delivery.data)).toBe(true);
      }
    }
  });

  it('are counted by kind and day without reading a record', async () => {
    const { store, exports } = await twoExports();
    for (const key of [...store.objects.keys()]) if (!key.endsWith('/summary')) await store.delete(key);
    const sums = new Map<string, DayCount>();
    for (const { folder } of exports) addCounts(sums, (await readSummary(store, folder)).counts);
    const counts = [...sums.values()].map((count) => [count.kind, count.day, count.read, count.new, count.changed]);
    expect(counts.toSorted()).toEqual([
      ['comment', '2026-01-01', 2, 1, 0],
      ['comment', '2026-01-02', 3, 2, 1],
      ['comment', '2026-01-03', 1, 1, 0],
    ]);
  });
});
