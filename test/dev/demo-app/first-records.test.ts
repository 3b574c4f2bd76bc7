// The first records of an export: no more than needed is read, and each is one line.
import { readFirstRecords, textOf } from '../../../src/dev/demo-app/first-records';

const line = (resource: string, index: number) =>
  `${JSON.stringify({ key: `${index}`, resource, kind: 'activity', data: { title: `${resource} ${index}` } })}\n`;

/** An answer that counts how much of it was read. */
function answer(chunks: Iterable<string>) {
  const seen = { chunks: 0, ended: false };
  const iterator = chunks[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = iterator.next();
      if (next.done === true) {
        seen.ended = true;
        controller.close();
        return;
      }
      seen.chunks += 1;
      controller.enqueue(Buffer.from(next.value));
    },
  });
  return { api: { open: () => Promise.resolve(new Response(body)) }, seen };
}

it('takes three of each resource and leaves the rest unread', async () => {
  const endless = (function* () {
    for (let index = 0; ; index += 1) yield line(index % 2 === 0 ? 'a.one' : 'a.two', index);
  })();
  const { api, seen } = answer(endless);
  const records = await readFirstRecords(api, 'exp_1', ['a.one', 'a.two']);
  expect(records.get('a.one')?.map(({ text }) => text)).toEqual(['a.one 0', 'a.one 2', 'a.one 4']);
  expect(records.get('a.two')).toHaveLength(3);
  expect(seen.chunks).toBeLessThan(20);
});

it('gives up on a resource that does not come within four megabytes', async () => {
  const long = (function* () {
    for (let index = 0; ; index += 1) yield line('a.one', index) + line('a.one', index).repeat(1_000);
  })();
  const { api, seen } = answer(long);
  const records = await readFirstRecords(api, 'exp_1', ['a.one', 'a.two']);
  expect([...records.keys()]).toEqual(['a.one']);
  expect(seen.ended).toBe(false);
});

it('puts lines together that were cut between two bytes of a character', async () => {
  const bytes = Buffer.from(`${JSON.stringify({ resource: 'a.one', kind: 'activity', data: { title: 'façade' } })}\n`);
  const cut = bytes.indexOf('ç') + 1;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes.subarray(0, cut));
      controller.enqueue(bytes.subarray(cut));
      controller.close();
    },
  });
  const api = { open: () => Promise.resolve(new Response(body)) };
  expect((await readFirstRecords(api, 'exp_1', ['a.one'])).get('a.one')?.[0]?.text).toBe('façade');
});

it('describes an entry by its title, or by its first fields', () => {
  expect(textOf({ header: 'Search', title: 'Searched for tea' })).toBe('Searched for tea');
  expect(textOf({ type: 'Feature', properties: { location: { name: 'The harbour' } } })).toBe('The harbour');
  expect(textOf({ channelId: 'UC1', channelTitle: 'Rain jackets' })).toBe('Rain jackets');
  expect(textOf({ fileName: 'a.csv', title: 'The title' })).toBe('The title');
  expect(textOf({ channelId: 'UC1', count: 3, isPublic: true, other: 'x' })).toBe(
    'channelId: UC1 · count: 3 · isPublic: true',
  );
  expect(textOf({})).toBe('');
  expect(Array.from(textOf({ title: '😀'.repeat(1_000) }))).toHaveLength(160);
});
