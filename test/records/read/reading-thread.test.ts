/** Reading on its own thread: the same result, errors passed through, and an end when it is cancelled. */
import { readRecordsInThread } from '../../../src/records/read/reading-thread';
import type { ReadInput } from '../../../src/records/read/read-records';
import { zipOf } from '../../archive/zip';
import { memoryStore, partOf, readZips } from '../fixtures';
import '../../support/built';

const entry = (what: number) => ({
  header: 'Search',
  title: `Searched for ${what}`,
  time: new Date(1_770_000_000_000 + what * 1_000).toISOString(),
  products: ['Search'],
});

const archive = (count: number) =>
  zipOf([
    {
      name: 'Portability/My Activity/Search/MyActivity.json',
      content: JSON.stringify(Array.from({ length: count }, (_, what) => entry(what))),
    },
  ]);

async function inputFor(count: number, more: Partial<ReadInput> = {}): Promise<ReadInput> {
  return {
    ...{ consentId: 'con_1', exportId: 'exp_1', isWindowed: false, isVerified: true },
    resources: [{ name: 'myactivity.search', known: 'records-known/myactivity.search' }],
    ...{ folder: 'records', parts: [partOf(await archive(count))], store: memoryStore() },
    ...more,
  };
}

describe('readRecordsInThread', () => {
  it('writes the same objects as reading on the calling thread', async () => {
    const direct = await readZips([await archive(3_000)], { resources: ['myactivity.search'], sortBytes: 10_000 });
    const store = memoryStore();
    const summary = await readRecordsInThread(await inputFor(3_000, { store, sortBytes: 10_000 }));
    expect(summary).toEqual(direct.summary);
    expect(store.objects).toEqual(direct.store.objects);
  });

  it('reads archives in sequence and in parallel, after any result of the one before', async () => {
    const broken = { ...memoryStore(), put: () => Promise.reject(new Error('the disk is gone')) };
    for (const store of [undefined, broken, undefined]) {
      const readings = [40, 70, 20].map(async (count) =>
        readRecordsInThread(await inputFor(count, store === undefined ? {} : { store })),
      );
      const results = await Promise.allSettled(readings);
      const records = results.map((result) => (result.status === 'fulfilled' ? result.value.records : result.status));
      expect(records).toEqual(store === undefined ? [40, 70, 20] : ['rejected', 'rejected', 'rejected']);
    }
  });

  it('passes on an error of the storage as it is', async () => {
    const broken = new Error('the disk is gone');
    const store = { ...memoryStore(), put: () => Promise.reject(broken) };
    await expect(readRecordsInThread(await inputFor(10, { store }))).rejects.toBe(broken);
    const part = {
      number: 1,
      bytes: 1_000,
      read: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(broken) }) }),
    };
    await expect(readRecordsInThread(await inputFor(10, { parts: [part] }))).rejects.toBe(broken);
  });

  it('waits for running puts when it is cancelled, so that nothing is stored after its end', async () => {
    const controller = new AbortController();
    const whole = memoryStore();
    const store = {
      ...whole,
      put: async (key: string, bytes: Buffer) => {
        setTimeout(() => controller.abort(new Error('not wanted any more')), 10);
        await new Promise((resolve) => setTimeout(resolve, 200));
        await whole.put(key, bytes);
      },
    };
    await expect(readRecordsInThread(await inputFor(10, { store }), controller.signal)).rejects.toThrow('not wanted');
    const stored = whole.objects.size;
    expect(stored).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(whole.objects.size).toBe(stored);
  });

  it('ends with the reason when it is cancelled, and when progress throws', async () => {
    const reason = new Error('not wanted any more');
    const controller = new AbortController();
    let puts = 0;
    const store = {
      ...memoryStore(),
      list: () => {
        puts += 1;
        controller.abort(reason);
        return new Promise<string[]>(() => undefined);
      },
    };
    await expect(readRecordsInThread(await inputFor(10, { store }), controller.signal)).rejects.toBe(reason);
    expect(puts).toBe(1);
    await expect(readRecordsInThread(await inputFor(10), controller.signal)).rejects.toBe(reason);
    const onProgress = () => {
      throw reason;
    };
    await expect(readRecordsInThread(await inputFor(10, { onProgress }))).rejects.toBe(reason);
  });
});
