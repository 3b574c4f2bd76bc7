/** The reading side: an export, a consent since a cursor, as NDJSON and CSV, and counts by day. */
import { parse } from 'csv-parse/sync';

import { csvLines } from '../../../src/records/deliver/csv';
import { addCounts, allOf, changesOf, recordsOfOne, type Delivery } from '../../../src/records/deliver/deliver-records';
import { ndjsonLines } from '../../../src/records/deliver/formats';
import { readSummary } from '../../../src/records/deliver/summary';
import type { DayCount } from '../../../src/records/deliver/summary';
import { allTests } from '../../support/long';
import { archiveOf, memoryStore, readZips } from '../fixtures';
import { dataOfRow } from './sample-delivery';

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
  it('bring every record of a consent once, then changed and gone ones', async () => {
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
    const lines = (await collected(ndjsonLines(changesOf(store, exports)))).join('').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as Delivery)).toEqual(all);
    const csv = (await collected(csvLines(changesOf(store, exports), 'comment'))).join('');
    const cast = (value: string) => (value === '' ? null : value);
    const rows = parse(csv, { columns: true, cast }) as unknown as Record<string, unknown>[];
    expect(rows).toHaveLength(all.length);
    for (const [at, delivery] of all.entries()) {
      expect(rows[at]).toMatchObject({ key: delivery.key, state: delivery.state });
      if ('data' in delivery) {
        expect(dataOfRow(rows[at] ?? {}, (value) => String(value).replace(/^'/, ''))).toEqual(delivery.data);
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

  it('continue at any place without reading the objects before it, with the marks of twins', async () => {
    const store = memoryStore();
    // Two objects of lines; the twins at the end have marks of their own.
    const rows = Array.from({ length: 33_000 }, (_, id) => row(`Ug${id}`, 1, `text ${id}`));
    const twins = [row('twin', 2, 'twin'), row('twin', 2, 'twin'), row('twin', 2, 'twin')];
    await readZips(
      [await sheet(twins[0] ?? '', ...rows, ...twins)],
      { resources: ['youtube.comments'], folder: 'big' },
      store,
    );
    const all = await collected(recordsOfOne(store, 'big'));
    expect(all).toHaveLength(33_004);
    expect(all.at(-1)?.line.key).toMatch(/-4$/);
    const opened: string[] = [];
    const counting = { ...store, get: (key: string) => (opened.push(key), store.get(key)) };
    const objects = (await store.list('big/lines/')).length;
    expect(objects).toBeGreaterThan(1);
    const border = all.findIndex(({ place }) => 'record' in place && place.record.object === 1);
    // From the beginning, each reading takes a second.
    for (const at of [...(allTests ? [0, 1] : []), border - 1, border, border + 1, 33_002, 33_003]) {
      opened.length = 0;
      const rest = await collected(recordsOfOne(counting, 'big', {}, all[at]?.place));
      expect([at, rest.map(({ line }) => line.key)]).toEqual([at, all.slice(at).map(({ line }) => line.key)]);
      expect(opened.filter((key) => key.includes('/lines/'))).toHaveLength(at < border ? objects : objects - 1);
    }
  });
});
