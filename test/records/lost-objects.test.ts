/** Objects that a reading stored and that are not there any more: the stream fails, and never ends as if there were no more. */
import { PortageError } from '../../src/domain/error-codes';
import { changesOf, type Delivery } from '../../src/records/deliver/deliver-records';
import { checkObjects } from '../../src/records/deliver/verify-records';
import { memoryStore, readFile, type MemoryStore } from './fixtures';

const head =
  'Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Post ID,Video ID,Comment Text,Top-Level Comment ID\n';
const row = (number: number, words = 'words') =>
  `Ug${String(number).padStart(22, 'x')},UCaaaaaaaaaaaaaaaaaaaaaa,2026-01-01T10:00:00Z,0,,,dQw4w9WgXcQ,"{""text"":""${words}""}",\n`;
const comments = (numbers: readonly number[], words?: string) =>
  head + numbers.map((each) => row(each, words)).join('');
const path = 'YouTube/comments.csv';

/** As sealed objects do: a missing one has a code. */
function sealedLike(): MemoryStore {
  const store = memoryStore();
  return {
    ...store,
    get: (key) => {
      const bytes = store.objects.get(key);
      if (bytes !== undefined) return Promise.resolve(bytes);
      return Promise.reject(new PortageError('RECORDS_MISSING', { detail: key }));
    },
  };
}

/** Two exports; the second has a comment less, one changed, and one twice. */
async function readTwo(): Promise<MemoryStore> {
  const store = sealedLike();
  await readFile('youtube.comments', path, comments([1, 2, 3, 4]), { folder: 'first' }, store);
  const second = comments([1, 2]) + row(4, 'other words') + row(5) + row(5);
  await readFile('youtube.comments', path, second, { folder: 'second', previousFolder: 'first' }, store);
  return store;
}

async function changes(store: MemoryStore): Promise<Delivery[]> {
  const lines: Delivery[] = [];
  for await (const each of changesOf(store, [{ exportId: 'exp_2', folder: 'second' }])) lines.push(each);
  return lines;
}

const never = new AbortController().signal;
const series = ['lines', 'marks', 'gone', 'objects', 'summary'];

it('a reading stores lines, marks, keys that are gone, and the list of them', async () => {
  const store = await readTwo();
  const names = [...store.objects.keys()].filter((key) => key.startsWith('second/')).map((key) => key.split('/')[1]);
  expect([...new Set(names)].toSorted()).toEqual(series.toSorted());
  expect((await changes(store)).map(({ state }) => state).toSorted()).toEqual([
    'changed',
    'gone',
    'new',
    'new',
    'replaced',
  ]);
  expect(await checkObjects(store, 'second', never)).toEqual({ missing: [], isListed: true });
});

describe.each(series)('an export whose %s are gone', (name) => {
  it('D64: fails to be delivered', async () => {
    const store = await readTwo();
    for (const key of await store.list(`second/${name}`)) store.objects.delete(key);
    await expect(changes(store)).rejects.toMatchObject({ code: 'RECORDS_MISSING' });
  });
});

it.each(series.slice(0, 4))('an object of %s that is gone is named by a check', async (name) => {
  const store = await readTwo();
  const [key = ''] = await store.list(`second/${name}`);
  store.objects.delete(key);
  expect(await checkObjects(store, 'second', never)).toMatchObject({ missing: [key.slice('second/'.length)] });
});

it('D64: an object of another length, or with other bytes, is named by a check', async () => {
  const store = await readTwo();
  const [key = ''] = await store.list('second/lines/');
  const bytes = store.objects.get(key) ?? Buffer.alloc(0);
  const other = Buffer.from(bytes);
  other[other.length - 1] = (other.at(-1) ?? 0) ^ 1;
  for (const changed of [bytes.subarray(1), other]) {
    store.objects.set(key, changed);
    expect(await checkObjects(store, 'second', never)).toEqual({ missing: ['lines/000001'], isListed: true });
  }
});

it('known keys that are gone fail the next reading, which would call all of it new', async () => {
  const store = await readTwo();
  store.objects.delete('second-known/youtube.comments/000001');
  const third = readFile('youtube.comments', path, comments([1]), { folder: 'third', previousFolder: 'second' }, store);
  await expect(third).rejects.toMatchObject({ code: 'RECORDS_MISSING' });
});

it('a reading from before lists existed is delivered while all of its records are stored', async () => {
  const store = await readTwo();
  const summary = JSON.parse((store.objects.get('second/summary') ?? '').toString()) as object;
  store.objects.set('second/summary', Buffer.from(JSON.stringify({ ...summary, version: 1 })));
  store.objects.delete('second/objects');
  expect(await changes(store)).toHaveLength(5);
  expect(await checkObjects(store, 'second', never)).toEqual({ missing: [], isListed: false });
  store.objects.delete('second/lines/000001');
  await expect(changes(store)).rejects.toMatchObject({ code: 'RECORDS_MISSING' });
  expect(await checkObjects(store, 'second', never)).toEqual({ missing: ['lines'], isListed: false });
});
