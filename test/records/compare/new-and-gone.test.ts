/** New, changed and gone records: over random records, windows, orders and repetitions. */
import fc from 'fast-check';

import { goneOf, recordsOf } from '../../../src/records/deliver/stored-records';
import { zipOf } from '../../archive/zip';
import { keysOf, memoryStore, readZips, type MemoryStore, type TestOptions } from '../fixtures';
import { allTests, longIt } from '../../support/long';

const hour = 3_600_000;
const born = Date.parse('2026-01-01T00:00:00Z');

interface Event {
  readonly at: number;
  readonly arrivesAt: number;
  readonly what: number;
}

const entryOf = ({ at, what }: Event) => ({
  header: 'Search',
  title: `Searched for ${what}`,
  time: new Date(at).toISOString(),
  products: ['Search'],
});

/** Events of a few days; equal ones and late ones are frequent. */
const events = fc.array(
  fc
    .record({
      hours: fc.integer({ min: 0, max: 120 }),
      late: fc.constantFrom(0, 0, 5, 40),
      what: fc.integer({ min: 0, max: 3 }),
    })
    .map(({ hours, late, what }): Event => ({
      at: born + hours * hour,
      arrivesAt: born + (hours + late) * hour,
      what,
    })),
  { maxLength: 40 },
);

const archive = (entries: readonly object[], name = 'Search') =>
  zipOf([{ name: `Portability/My Activity/${name}/MyActivity.json`, content: JSON.stringify(entries, null, 2) }]);

/** Few entries are sorted at once, so that runs are merged as those of huge exports are. */
const sortBytes = 16 * 40;

async function newKeys(store: MemoryStore, folder: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { record } of recordsOf(store, folder, { states: ['new', 'changed'] })) keys.push(record.key);
  return keys;
}

async function goneKeys(store: MemoryStore, folder: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of goneOf(store, folder)) keys.push(key);
  return keys.toSorted();
}

/** One export after another, each compared with the one before. */
function createExports(resource: string, options: TestOptions) {
  const store = memoryStore();
  let number = 0;
  return {
    store,
    read: async (zips: readonly Buffer[], more: TestOptions = {}) => {
      number += 1;
      const previous = number > 1 ? { previousFolder: `exports/${number - 1}` } : {};
      const folder = `exports/${number}`;
      const given = {
        resources: [resource],
        folder,
        exportId: `exp_${number}`,
        sortBytes,
        ...previous,
        ...options,
        ...more,
      };
      return { folder, ...(await readZips(zips, given, store)) };
    },
  };
}

describe('windows that overlap', () => {
  longIt('D54: give every record once, late ones and equal twins included, and never report one as gone', async () => {
    await fc.assert(
      fc.asyncProperty(events, fc.integer({ min: 0, max: 60 }), async (life, overlap) => {
        const exports = createExports('myactivity.search', { isWindowed: true });
        const seen: string[] = [];
        const delivered: Event[] = [];
        let from = born;
        for (let day = 1; day <= 8; day += 1) {
          const to = born + day * 24 * hour;
          const inWindow = life.filter(({ at, arrivesAt }) => at >= from && at <= to && arrivesAt <= to);
          const { folder, summary, store } = await exports.read([await archive(inWindow.map(entryOf).toReversed())]);
          expect(summary).toMatchObject({ verdict: 'complete', goneUnknown: 'windowed', records: inWindow.length });
          const fresh = await newKeys(store, folder);
          expect(fresh).toHaveLength(summary.new);
          seen.push(...fresh);
          for (const event of inWindow) if (!delivered.includes(event)) delivered.push(event);
          from = to - overlap * hour;
        }
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen).toHaveLength(delivered.length);
        // The same records, twins numbered, as one export of all of them has.
        const all = await readZips([await archive(delivered.map(entryOf))], { resources: ['myactivity.search'] });
        expect(seen.toSorted()).toEqual(keysOf(all.records));
      }),
      { numRuns: allTests ? 60 : 15 },
    );
  });
});

describe('snapshots', () => {
  const places = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 8 });
  const feature = (name: number) => ({ type: 'Feature', properties: { name: `place ${name}`, address: 'x' } });
  const snapshot = (names: readonly number[]) =>
    zipOf([
      {
        name: 'Portability/Maps (your places)/Labeled places.json',
        content: JSON.stringify({ type: 'FeatureCollection', features: names.map(feature) }),
      },
    ]);
  const numbered = (names: readonly number[]) =>
    names.map((name, at) => `${name} ${names.slice(0, at).filter((other) => other === name).length}`);

  it('are compared with the one before, and only a complete one reports records as gone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(places, fc.boolean()), { minLength: 1, maxLength: 6 }), async (states) => {
        const exports = createExports('maps.aliased_places', {});
        let known = new Set<string>();
        for (const [at, [names, isVerified]] of states.entries()) {
          const { folder, summary, store } = await exports.read([await snapshot(names)], { isVerified });
          const now = numbered(names);
          const missing = [...known].filter((name) => !now.includes(name));
          expect(summary.new).toBe(now.filter((name) => !known.has(name)).length);
          const isComparable = at > 0 && isVerified;
          expect(summary.gone).toBe(isComparable ? missing.length : undefined);
          expect(await goneKeys(store, folder)).toHaveLength(isComparable ? missing.length : 0);
          known = new Set(isComparable ? now : [...known, ...now]);
        }
      }),
      { numRuns: allTests ? 80 : 20 },
    );
  });

  it('name the keys that are gone as they were delivered', async () => {
    const exports = createExports('maps.aliased_places', {});
    const first = await exports.read([await snapshot([1, 2, 2, 3])]);
    const second = await exports.read([await snapshot([2, 3, 4])]);
    const before = keysOf(first.records);
    const after = keysOf(second.records);
    expect(await goneKeys(exports.store, second.folder)).toEqual(before.filter((key) => !after.includes(key)));
    expect(second.summary).toMatchObject({ new: 1, gone: 2, changed: 0 });
  });

  it('are changed where Google has an id for the thing', async () => {
    const row = (id: string, text: string) =>
      `${id},UCaaaaaaaaaaaaaaaaaaaaaa,2026-01-01T00:00:00Z,"{""text"":""${text}""}"\n`;
    const sheet = (...rows: string[]) =>
      zipOf([
        {
          name: 'Portability/YouTube/comments/comments.csv',
          content: `Comment ID,Channel ID,Comment Create Timestamp,Comment Text\n${rows.join('')}`,
        },
      ]);
    const exports = createExports('youtube.comments', {});
    const first = await exports.read([await sheet(row('a', 'one'), row('b', 'two'), row('c', 'three'))]);
    const second = await exports.read([await sheet(row('a', 'one'), row('b', 'two!'), row('d', 'four'))]);
    expect(second.summary).toMatchObject({ new: 1, changed: 1, gone: 1 });
    const gone = [];
    for await (const key of goneOf(exports.store, second.folder)) gone.push(key);
    const keyOf = (text: string) => first.records.find(({ data }) => data['text'] === text)?.key;
    expect(gone).toHaveLength(2);
    const entries = gone.map(({ key, resource, replaced }) => ({ key, resource, replaced }));
    expect(entries).toEqual(
      expect.arrayContaining([
        { key: keyOf('two'), resource: 'youtube.comments', replaced: true },
        { key: keyOf('three'), resource: 'youtube.comments', replaced: false },
      ]),
    );
    const states = [];
    for await (const { state } of recordsOf(exports.store, second.folder)) states.push(state);
    expect(states).toEqual(['known', 'changed', 'new']);
  });

  it('that are kept by another choice, broken, or of another shape report no records as gone', async () => {
    const exports = createExports('maps.aliased_places', {});
    await exports.read([await snapshot([1, 2, 3])]);
    const broken = (await archive([])).subarray(0, 20);
    expect((await exports.read([await snapshot([1]), broken])).summary.goneUnknown).toBe('incomplete');
    expect(
      (await exports.read([await snapshot([1])], { keep: { kinds: ['labeled_place'] } })).summary.goneUnknown,
    ).toBe('other_choice');
    const changed = JSON.stringify({
      type: 'FeatureCollection',
      features: [{ ...feature(1), added: 1, properties: { name: 'a' } }],
      more: [feature(2)],
    });
    const shaped = await zipOf([{ name: 'Portability/Maps/Labeled places.json', content: changed }]);
    const { summary } = await exports.read([shaped], { keep: { kinds: ['labeled_place'] } });
    expect(summary).toMatchObject({ goneUnknown: 'shape_changed', verdict: 'complete' });
    // Of the file, and of the properties.
    expect(summary.noticeCounts).toMatchObject({ drift: 2 });
  });

  it('that are read in another form have their old keys deleted, and none is reported as gone', async () => {
    const store = memoryStore();
    const read = async (folder: string, ids: readonly number[], options: object) =>
      (await readZips([await snapshot(ids)], { resources: ['maps.aliased_places'], folder, ...options }, store))
        .summary;
    await read('one', [1, 2, 3], {});
    const second = await read('two', [1], { previousFolder: 'one', previousForm: 'first' });
    expect([second.goneUnknown, second.gone, second.new]).toEqual(['other_form', undefined, 0]);
    const third = await read('three', [1], { previousFolder: 'two' });
    expect([third.goneUnknown, third.gone]).toEqual([undefined, 0]);
  });
});

describe('the same archive', () => {
  const files = fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 12 }), { minLength: 1, maxLength: 6 });

  it('in other parts, with members and entries in another order, has the same keys', async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.infiniteStream(fc.nat({ max: 1_000 })), async (contents, dice) => {
        const shuffled = <T>(items: readonly T[]) =>
          items
            .map((item) => ({ item, rank: dice.next().value as number }))
            .toSorted((a, b) => a.rank - b.rank)
            .map(({ item }) => item);
        const member = (whats: readonly number[], at: number) => ({
          name: `Portability/My Activity/${at}/MyActivity.json`,
          content: JSON.stringify(whats.map((what) => entryOf({ at: born, arrivesAt: born, what }))),
        });
        const members = contents.map(member);
        const one = await readZips([await zipOf(members)], { resources: ['myactivity.search'], sortBytes });
        const others = shuffled(contents.map(shuffled).map(member));
        const parts = await Promise.all(others.map((other) => zipOf([other])));
        const two = await readZips(parts, { resources: ['myactivity.search'] });
        expect(keysOf(two.records)).toEqual(keysOf(one.records));
        expect(one.records).toHaveLength(contents.flat().length);
      }),
      { numRuns: allTests ? 40 : 10 },
    );
  });

  it('again brings nothing new and nothing gone', async () => {
    await fc.assert(
      fc.asyncProperty(events, fc.boolean(), async (life, isWindowed) => {
        const exports = createExports('myactivity.search', { isWindowed });
        const zip = await archive(life.map(entryOf));
        const first = await exports.read([zip]);
        const again = await exports.read([zip]);
        expect(keysOf(again.records)).toEqual(keysOf(first.records));
        expect(again.summary).toMatchObject({ new: 0, changed: 0, ...(isWindowed ? {} : { gone: 0 }) });
      }),
      { numRuns: allTests ? 30 : 10 },
    );
  });

  it('read a second time into the same place leaves the same objects', async () => {
    const zip = await archive(
      Array.from({ length: 300 }, (_, what) => entryOf({ at: born, arrivesAt: born, what: what % 50 })),
    );
    const { store } = await readZips([zip], { resources: ['myactivity.search'], sortBytes });
    const before = new Map(store.objects);
    store.objects.set('records/lines/999999', Buffer.from('left by a run that was cut off'));
    await readZips([zip], { resources: ['myactivity.search'], sortBytes }, store);
    expect(store.objects).toEqual(before);
  });

  it('has other keys for another consent, resource or content, and the same in either way of composing letters', async () => {
    const entry = (title: string) => ({ ...entryOf({ at: born, arrivesAt: born, what: 1 }), title });
    const key = async (title: string, options: TestOptions & { resources?: string[] } = {}) =>
      (await readZips([await archive([entry(title)])], { resources: ['myactivity.search'], ...options })).records[0]
        ?.key;
    const composed = await key('Köln'.normalize('NFC'));
    expect(await key('Köln'.normalize('NFD'))).toBe(composed);
    expect(await key('Koln')).not.toBe(composed);
    expect(await key('Köln', { consentId: 'con_2' })).not.toBe(composed);
    expect(await key('Köln', { resources: ['myactivity.maps'] })).not.toBe(composed);
  });
});
