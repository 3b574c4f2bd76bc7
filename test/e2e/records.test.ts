/**
 * Records over the life of a time-based consent, in virtual time: each one is new once, and removed ones are reported
 * as gone.
 */
import type { Delivery, Line } from '../../src/records/deliver/line';
import { createStoredExports } from '../../src/records/deliver/stored-exports';
import { startVirtualPortage, type VirtualPortage } from '../support/virtual-portage';
import { longIt } from '../support/long';

const minute = 60_000;
const day = 24 * 60 * minute;
const search = 'myactivity.search';
const starred = 'maps.starred_places';

let virtual: VirtualPortage;
beforeAll(async () => {
  virtual = await startVirtualPortage();
});
afterAll(async () => {
  await virtual.stop();
});

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const isRecord = (delivery: Delivery) => 'data' in delivery;
const keysOf = (lines: readonly Line[]) => lines.flatMap((line) => ('key' in line ? [line.key] : [])).sort();

longIt('D54: over ten days every record is delivered once, and removed places are reported', async () => {
  const { id } = await virtual.connect({
    resources: [search, starred],
    decision: { account: 'ada@example.com', access: '30d' },
  });
  await virtual.sleep(8 * day);
  // The person removes all stars.
  virtual.emulator.control.changeAccount('ada@example.com', { emptyResources: [starred] });
  await virtual.sleep(2 * day);
  await virtual.send(id, 'cancel');
  await virtual.ended(id);

  const { portage } = virtual;
  const stored = createStoredExports(portage);
  const rows = (await portage.exports.listByConsent(id)).filter(({ recordsRun }) => recordsRun !== null);
  expect(rows.length).toBeGreaterThanOrEqual(20);
  expect(new Set(rows.map(({ recordsState }) => recordsState))).toEqual(new Set(['complete']));
  const numbers = rows.map(({ recordsNumber }) => recordsNumber ?? 0).sort((a, b) => a - b);
  expect(numbers).toEqual(rows.map((_, index) => index + 1));
  const items = await collected(stored.changes(id, 0));
  const deliveries = items.filter((item) => 'key' in item);
  const deliveriesOf = (resource: string) => deliveries.filter((delivery) => delivery.resource === resource);
  const allOf = (resource: string) => rows.filter((row) => row.resource === resource);

  // Windows overlap by days, records arrive late: every key of any export is new in exactly one of them.
  const searches = deliveriesOf(search);
  expect(new Set(searches.map(({ state }) => state))).toEqual(new Set(['new']));
  expect(new Set(keysOf(searches)).size).toBe(searches.length);
  const seen = new Set<string>();
  let read = 0;
  for (const row of allOf(search)) {
    for (const key of keysOf(await collected(stored.recordsOf(row)))) seen.add(key);
    read += row.recordsCount?.read ?? 0;
  }
  expect(keysOf(searches)).toEqual([...seen].sort());
  expect(read).toBeGreaterThan(searches.length);

  // A replay of the deliveries gives the data at Google.
  const held = new Set<string>();
  for (const delivery of deliveriesOf(starred)) {
    if (!isRecord(delivery)) expect(held.delete(delivery.key)).toBe(true);
    else {
      expect(held.has(delivery.key)).toBe(false);
      held.add(delivery.key);
    }
  }
  const last = allOf(starred).at(-1);
  if (last === undefined) throw new Error('there is no export of places');
  expect([...held].sort()).toEqual(keysOf(await collected(stored.recordsOf(last))));
  expect(deliveriesOf(starred).filter(({ state }) => state === 'gone').length).toBeGreaterThan(10);

  // The same counts in rows, events and deliveries.
  const sum = (numberOf: (count: { new: number; gone: number | null }) => number) =>
    rows.reduce((total, { recordsCount }) => total + (recordsCount === null ? 0 : numberOf(recordsCount)), 0);
  expect(sum((count) => count.new)).toBe(deliveries.filter(({ state }) => state === 'new').length);
  expect(sum(({ gone }) => gone ?? 0)).toBe(deliveries.filter(({ state }) => state === 'gone').length);
  const ready = (await portage.consents.listEvents(id)).filter(({ type }) => type === 'export.ready');
  expect(ready.map(({ data }) => (data['records'] as { cursor: number }).cursor).sort((a, b) => a - b)).toEqual(
    numbers,
  );

  // No next export follows, so nothing is kept to compare it with.
  expect((await portage.records.known(id, [search, starred])).size).toBe(0);
  expect(await collected(portage.storage.list(`consents/${id}/known/`))).toEqual([]);
});

it('D47: an archive with broken records is kept whole and reported as partial, and the loop continues', async () => {
  virtual.emulator.control.setJobs({ content: 'broken' });
  const { id } = await virtual.connect({
    resources: [search],
    userId: 'user-2',
    decision: { account: 'bruno@example.de', access: '30d' },
  });
  await virtual.sleep(day + 60 * minute);
  virtual.emulator.control.setJobs({ content: 'documented' });
  await virtual.sleep(day);
  await virtual.send(id, 'cancel');
  await virtual.ended(id);
  const { portage } = virtual;
  const rows = await portage.exports.listByConsent(id);
  expect(rows.map(({ state, recordsState }) => [state, recordsState])).toEqual([
    ['partial', 'partial'],
    ['partial', 'partial'],
    ['ready', 'complete'],
  ]);
  expect(rows[0]).toMatchObject({ verdict: 'complete', recordsCount: { problems: 1 } });
  for (const row of rows) expect((await portage.parts.list(row.id)).length).toBe(row.partsTotal);
  const deliveries = (await collected(createStoredExports(portage).changes(id, 0))).filter((item) => 'key' in item);
  expect(new Set(keysOf(deliveries)).size).toBe(deliveries.length);
});
