// The guarantees of a storage, each tested on every kind (docs/storage.md).
import { createHash, randomBytes } from 'node:crypto';

import type { Storage, StoredObject } from '../../src/storage/storage';
import { backends, mountSmall, unmount, type Backend, type Stage } from './stages';
import { allTests } from '../support/long';

const folder = 'consents/con_1/exports/exp_1/parts/1-0123456789abcdef';
const key = `${folder}/000001`;

async function listed(storage: Storage, prefix: string): Promise<StoredObject[]> {
  const objects: StoredObject[] = [];
  for await (const object of storage.list(prefix)) objects.push(object);
  return objects.sort((a, b) => (a.key < b.key ? -1 : 1));
}

const keysOf = async (storage: Storage, prefix: string) => (await listed(storage, prefix)).map((object) => object.key);

/** Runs the work for every item, a few at a time; one at a time where moto may be asked. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.pop(); item !== undefined; item = queue.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: allTests ? 8 : 1 }, worker));
}

describe.each(backends)('in %s', (kind, open) => {
  let backend: Backend | undefined;
  let stage: Stage | undefined;
  beforeAll(async () => {
    backend = await open().catch((error: unknown) => {
      process.stderr.write(`Storage in ${kind} is not tested: ${String(error)}\n`);
      return undefined;
    });
  });
  afterAll(() => backend?.stop());
  beforeEach(async () => (stage = await backend?.stage()));
  afterEach(() => stage?.stop());

  /** One guarantee; a kind that is not available here has been reported. */
  const promise = (sentence: string, story: (stage: Stage & { readonly backend: Backend }) => Promise<void>) =>
    it(sentence, async () => {
      if (stage !== undefined && backend !== undefined) await story({ ...stage, backend });
    });

  /** Of many objects or of several at once: moto takes long, and answers with errors of its own. */
  const promiseOfMany = kind === 'a folder' || allTests ? promise : () => undefined;

  describe('an object', () => {
    promise('equals the bytes that were put, at every length', async ({ storage }) => {
      for (const length of [0, 1, 15, 16, 65_535, 65_536, 65_537, 4 * 1_048_576 + 28, 16 * 1_048_576]) {
        const bytes = randomBytes(length);
        await storage.put(key, bytes);
        const got = await storage.get(key);
        expect(got).toHaveLength(length);
        expect(got.equals(bytes)).toBe(true);
      }
    });

    promise('equals the bytes that were put, also for a view of a larger buffer', async ({ storage }) => {
      const larger = randomBytes(1_000);
      await storage.put(key, new Uint8Array(larger.buffer, larger.byteOffset + 100, 50));
      expect((await storage.get(key)).equals(larger.subarray(100, 150))).toBe(true);
    });

    promise('may have a long name', async ({ storage }) => {
      const long = `${'a'.repeat(200)}/${'b'.repeat(200)}/${'c'.repeat(110)}`;
      expect(long).toHaveLength(512);
      await storage.put(long, Buffer.from('far down'));
      expect((await storage.get(long)).toString()).toBe('far down');
      expect(await keysOf(storage, '')).toEqual([long]);
    });

    promiseOfMany('is replaced whole, never mixed, also by several at once', async ({ storage }) => {
      await storage.put(key, Buffer.from('an older and longer text'));
      await storage.put(key, Buffer.from('newer'));
      expect((await storage.get(key)).toString()).toBe('newer');
      const texts = Array.from({ length: 10 }, (_, index) => `${index}`.repeat(200_000));
      const reads: string[] = [];
      await Promise.all(
        texts.map(async (text) => {
          await storage.put(key, Buffer.from(text));
          reads.push((await storage.get(key)).toString());
        }),
      );
      for (const text of reads) expect(texts.includes(text)).toBe(true);
      expect(await listed(storage, '')).toEqual([{ key, bytes: 200_000 }]);
    });

    promise('is read in any range, the end left out, cut at its own end', async ({ storage }) => {
      const text = '0123456789';
      await storage.put(key, Buffer.from(text));
      const ranges = Array.from({ length: 13 }, (_, start) =>
        Array.from({ length: 13 - start }, (_unused, length) => ({ start, end: start + length })),
      ).flat();
      await each(ranges, async (range) => {
        const bytes = await storage.get(key, range);
        expect({ ...range, text: bytes.toString() }).toEqual({ ...range, text: text.slice(range.start, range.end) });
      });
    });

    promise('is read in ranges at the borders of a larger one', async ({ storage }) => {
      const [length, mebibyte] = [3 * 1_048_576 + 7, 1_048_576];
      const bytes = randomBytes(length);
      await storage.put(key, bytes);
      const borders = [0, mebibyte, ...(allTests ? [2 * mebibyte, 3 * mebibyte] : []), length].flatMap((at) => [
        at - 1,
        at,
        at + 1,
      ]);
      const places = borders.filter((at) => at >= 0);
      const ranges = places.flatMap((start) => places.filter((end) => end >= start).map((end) => ({ start, end })));
      const hash = (part: Uint8Array) => createHash('sha256').update(part).digest('hex');
      await each(ranges, async (range) => {
        const got = await storage.get(key, range);
        const wanted = bytes.subarray(range.start, range.end);
        expect({ ...range, sha256: hash(got) }).toEqual({ ...range, sha256: hash(wanted) });
      });
    });

    promise('of no bytes has empty ranges only', async ({ storage }) => {
      await storage.put(key, Buffer.alloc(0));
      for (const range of [
        { start: 0, end: 0 },
        { start: 0, end: 5 },
        { start: 3, end: 9 },
      ]) {
        expect(await storage.get(key, range)).toHaveLength(0);
      }
    });

    promise('can be deleted, twice, and be put again', async ({ storage }) => {
      await storage.put(key, Buffer.from('gone soon'));
      await storage.delete(key);
      await storage.delete(key);
      await expect(storage.get(key)).rejects.toMatchObject({ code: 'STORAGE_MISSING' });
      expect(await listed(storage, '')).toEqual([]);
      await storage.put(key, Buffer.from('back'));
      expect((await storage.get(key)).toString()).toBe('back');
    });

    promiseOfMany('is stored while its neighbours are deleted', async ({ storage }) => {
      const names = Array.from({ length: 60 }, (_, index) => `${folder}/${String(index).padStart(6, '0')}`);
      await Promise.all(
        names.map(async (name, index) => {
          await storage.put(name, Buffer.from(name));
          if (index % 3 !== 0) await storage.delete(name);
        }),
      );
      const left = names.filter((_, index) => index % 3 === 0);
      expect(await keysOf(storage, '')).toEqual(left);
      await each(left, async (name) => expect((await storage.get(name)).toString()).toBe(name));
    });
  });

  describe('an object that is not there', () => {
    promise('is STORAGE_MISSING, and the error names its key but no place', async ({ storage, place }) => {
      await storage.put(`${folder}/000002`, Buffer.from('a neighbour'));
      for (const missing of [key, folder, `${folder}/000002/below`, 'consents', 'nothing/like/it']) {
        for (const range of [undefined, { start: 0, end: 4 }, { start: 7, end: 7 }]) {
          const refusal = await storage.get(missing, range).catch((error: unknown) => error);
          expect(refusal).toMatchObject({
            code: 'STORAGE_MISSING',
            message: expect.stringContaining(missing) as string,
          });
          expect((refusal as Error).message).not.toContain(place);
          expect((refusal as Error).message).not.toContain('127.0.0.1');
        }
      }
    });

    promise('can be deleted, and takes nothing with it', async ({ storage }) => {
      await storage.put(key, Buffer.from('stays'));
      for (const missing of [`${folder}/000002`, folder, `${key}/below`, 'nothing/like/it']) {
        await storage.delete(missing);
      }
      expect((await storage.get(key)).toString()).toBe('stays');
    });
  });

  describe('a listing', () => {
    promise('contains the objects below a prefix, with their length', async ({ storage }) => {
      const lengths: Record<string, number> = {
        'consents/con_1/exports/exp_1/parts/1-ab/000000': 5,
        'consents/con_1/exports/exp_1/parts/2-cd/000000': 0,
        'consents/con_1/exports/exp_2/parts/1-ef/000000': 70_000,
        'consents/con_10/exports/exp_3/parts/1-ab/000000': 1,
        'consents/con_2/x': 2,
      };
      for (const [name, length] of Object.entries(lengths)) await storage.put(name, randomBytes(length));
      const below = (prefix: string) =>
        Object.entries(lengths)
          .filter(([name]) => name.startsWith(prefix))
          .map(([name, bytes]) => ({ key: name, bytes }));
      for (const prefix of ['', 'consents/', 'consents/con_1/', 'consents/con_1/exports/exp_1/', 'consents/con_2/']) {
        expect(await listed(storage, prefix)).toEqual(below(prefix));
      }
      expect(below('consents/con_1/')).toHaveLength(3);
    });

    promise('is empty where no object is', async ({ storage }) => {
      expect(await listed(storage, '')).toEqual([]);
      await storage.put(key, Buffer.from('x'));
      for (const prefix of ['other/', 'consents/con_9/', `${key}/`]) expect(await listed(storage, prefix)).toEqual([]);
    });

    promiseOfMany('runs to its end, also beyond a thousand objects, and may be left early', async ({ storage }) => {
      // Only a server has pages of a thousand.
      const names = Array.from(
        { length: kind === 'a folder' ? 120 : 1_203 },
        (_, index) => `${folder}/${String(index).padStart(6, '0')}`,
      );
      await each(names, (name) => storage.put(name, Buffer.from('s')));
      expect(await keysOf(storage, 'consents/')).toEqual(names);
      for await (const object of storage.list('consents/')) {
        expect(names).toContain(object.key);
        break;
      }
    });

    promise('permits deleting the objects that it lists, until nothing is left', async ({ storage }) => {
      const names = Array.from({ length: 50 }, (_, index) => `consents/con_${index % 3}/${index}`);
      await each(names, (name) => storage.put(name, Buffer.from('s')));
      while ((await keysOf(storage, 'consents/con_1/')).length > 0) {
        for await (const object of storage.list('consents/con_1/')) await storage.delete(object.key);
      }
      const left = names.filter((name) => !name.startsWith('consents/con_1/'));
      expect(await keysOf(storage, '')).toEqual(left.sort());
    });

    promise('leaves out foreign objects', async ({ storage, putForeign }) => {
      await storage.put(key, Buffer.from('ours'));
      for (const foreign of ['.DS_Store', 'lost+found/x', `${folder}/README.txt`, 'consents/CON/000001']) {
        await putForeign(foreign);
      }
      expect(await keysOf(storage, '')).toEqual([key]);
    });
  });

  describe('a key', () => {
    const bad = ['', '..', '../x', 'a/../b', '/etc/passwd', 'a//b', 'a/', './a', 'a.tmp', 'A', 'a\\b', 'a\u0000b', 'é'];
    const tooLong = ['a b', 'a\n', 'a'.repeat(201), `a/${'b/'.repeat(260)}c`];
    promise('D53: that is none is refused everywhere, and nothing is touched', async ({ storage }) => {
      for (const text of [...bad, ...tooLong]) {
        await expect(storage.put(text, Buffer.from('x'))).rejects.toThrow('not a storage key');
        await expect(storage.get(text)).rejects.toThrow('not a storage key');
        await expect(storage.delete(text)).rejects.toThrow('not a storage key');
      }
      expect(await listed(storage, '')).toEqual([]);
    });

    promise('of a listing ends where a name ends', async ({ storage }) => {
      for (const text of ['a', 'consents/con_1', '../', '/', 'a//', 'A/', 'a/\n']) {
        await expect(listed(storage, text)).rejects.toThrow('not a storage prefix');
      }
    });
  });

  describe('a full disk', () => {
    promise(
      'is STORAGE_FULL and leaves nothing behind, so that a smaller object still fits',
      async ({ backend: place }) => {
        if (place.stageIn === undefined) return;
        let mounted: string | undefined;
        const small = await place.stageIn((root) => {
          if (mountSmall(root, '1m')) mounted = root;
        });
        try {
          if (mounted === undefined) return;
          await small.storage.put(key, Buffer.from('the one before'));
          const refusal = small.storage.put(key, Buffer.alloc(2 * 1_048_576, 7));
          await expect(refusal).rejects.toMatchObject({ code: 'STORAGE_FULL' });
          expect((await small.storage.get(key)).toString()).toBe('the one before');
          expect(await listed(small.storage, '')).toEqual([{ key, bytes: 14 }]);
          await small.storage.put(`${folder}/000002`, Buffer.alloc(700_000, 1));
          expect(await small.storage.get(`${folder}/000002`)).toHaveLength(700_000);
        } finally {
          if (mounted !== undefined) unmount(mounted);
          await small.stop();
        }
      },
    );
  });

  describe('a storage that can be used', () => {
    promise('passes its check, also before anything is stored', async ({ storage }) => {
      await storage.check();
      await storage.put(key, Buffer.from('x'));
      await storage.check();
      expect(await keysOf(storage, '')).toEqual([key]);
    });
  });
});
