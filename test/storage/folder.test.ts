// Storage in a folder: an object is there whole or not at all, and every refusal has its code.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import fc from 'fast-check';

import { createFolderStorage } from '../../src/storage/folder';
import { partKey, type Storage } from '../../src/storage/storage';

const key = 'consents/con_1/exports/exp_1/parts/00001';

let root: string;
let storage: Storage;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portage-test-storage-'));
  storage = createFolderStorage(root);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const bodyOf = (...chunks: (string | Uint8Array)[]): AsyncIterable<Uint8Array> =>
  Readable.from(chunks.map((chunk) => Buffer.from(chunk)));

async function* failingAfter(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
  await Promise.resolve();
  throw new Error('the source broke');
}

async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const read = async (range?: { start: number; end: number }) =>
  (await bytesOf(await storage.get(key, range))).toString();

/** Every file below the root, whatever it is. */
const files = () =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

describe('a stored object', () => {
  it('is what was put, at the key of its part', async () => {
    await storage.put(partKey('con_1', 'exp_1', 1), bodyOf('one ', 'two ', new Uint8Array(0), 'three'));
    expect(await read()).toBe('one two three');
    expect(await storage.size(key)).toBe(13);
    expect(readFileSync(join(root, key), 'utf8')).toBe('one two three');
  });

  it('may be empty', async () => {
    await storage.put(key, bodyOf());
    expect(await read()).toBe('');
    expect(await storage.size(key)).toBe(0);
  });

  it('keeps every byte of chunks of any length', async () => {
    const chunks = Array.from({ length: 40 }, (_, index) => randomBytes(index * 5_003));
    await storage.put(key, bodyOf(...chunks));
    const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    expect(hash(await bytesOf(await storage.get(key)))).toBe(hash(Buffer.concat(chunks)));
  });

  it('is readable by its owner only', async () => {
    await storage.put(key, bodyOf('private'));
    expect(statSync(join(root, key)).mode & 0o777).toBe(0o600);
    for (const folder of ['consents', 'consents/con_1', 'consents/con_1/exports/exp_1/parts']) {
      expect(statSync(join(root, folder)).mode & 0o777).toBe(0o700);
    }
  });

  it('is replaced whole, never mixed, when it is put again, also by several at once', async () => {
    await storage.put(key, bodyOf('an older and longer text'));
    await storage.put(key, bodyOf('newer'));
    expect(await read()).toBe('newer');
    const texts = Array.from({ length: 10 }, (_, index) => `${index}`.repeat(100_000));
    await Promise.all(texts.map((text) => storage.put(key, bodyOf(text.slice(0, 50_000), text.slice(50_000)))));
    expect(texts).toContain(await read());
    expect(files()).toEqual(['00001']);
  });

  it('is read in ranges, the end left out', async () => {
    await storage.put(key, bodyOf('0123456789'));
    expect(await read({ start: 0, end: 1 })).toBe('0');
    expect(await read({ start: 3, end: 7 })).toBe('3456');
    expect(await read({ start: 9, end: 10 })).toBe('9');
    expect(await read({ start: 8, end: 99 })).toBe('89');
    await fc.assert(
      fc.asyncProperty(fc.nat(10), fc.nat(10), async (one, other) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        expect(await read({ start, end })).toBe('0123456789'.slice(start, end));
      }),
    );
  });

  it('can be deleted, twice', async () => {
    await storage.put(key, bodyOf('gone soon'));
    await storage.delete(key);
    await storage.delete(key);
    await expect(storage.size(key)).rejects.toMatchObject({ code: 'STORAGE_MISSING' });
    expect(files()).toEqual([]);
  });
});

describe('an object that was not stored whole', () => {
  it('is not there, and its source’s error comes through unchanged', async () => {
    await expect(storage.put(key, failingAfter('half of '))).rejects.toThrow(new Error('the source broke'));
    await expect(storage.get(key)).rejects.toMatchObject({ code: 'STORAGE_MISSING' });
    expect(files()).toEqual([]);
  });

  it('leaves the one before in its place', async () => {
    await storage.put(key, bodyOf('the one before'));
    await expect(storage.put(key, failingAfter('half of '))).rejects.toThrow('the source broke');
    expect(await read()).toBe('the one before');
    expect(files()).toEqual(['00001']);
  });
});

describe('an object that is not there', () => {
  it('is STORAGE_MISSING, whatever is asked of it, and the error names the key but no path of the machine', async () => {
    const answers = [storage.get(key), storage.get(key, { start: 0, end: 4 }), storage.size(key)];
    for (const answer of answers) {
      await expect(answer).rejects.toMatchObject({
        code: 'STORAGE_MISSING',
        message: expect.stringContaining(key) as unknown,
      });
      await expect(answer).rejects.not.toMatchObject({ message: expect.stringContaining(root) as unknown });
    }
  });
});

describe('a key', () => {
  it.each([
    '',
    '..',
    '../x',
    'a/../b',
    '/etc/passwd',
    'a//b',
    'a/',
    './a',
    'a.tmp',
    'A',
    'a\\b',
    'a\u0000b',
    'é',
    'a b',
    'a\n',
  ])('%j is refused (D53)', async (bad) => {
    await expect(storage.put(bad, bodyOf('x'))).rejects.toThrow('not a storage key');
    await expect(storage.get(bad)).rejects.toThrow('not a storage key');
    await expect(storage.size(bad)).rejects.toThrow('not a storage key');
    await expect(storage.delete(bad)).rejects.toThrow('not a storage key');
    expect(files()).toEqual([]);
  });

  it('of a part sorts by its number', () => {
    const keys = [1, 2, 10, 99_999].map((number) => partKey('con_1', 'exp_1', number));
    expect([...keys].sort()).toEqual(keys);
  });
});

describe('a storage that cannot be used', () => {
  it('is found out by its check, which makes the folder when it is missing', async () => {
    const fresh = join(root, 'not', 'yet');
    await createFolderStorage(fresh).check();
    expect(existsSync(fresh)).toBe(true);
    writeFileSync(join(root, 'file'), '');
    await expect(createFolderStorage(join(root, 'file')).check()).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
    });
    await expect(createFolderStorage(join(root, 'file', 'below')).check()).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
    });
  });

  it('is STORAGE_UNAVAILABLE when something else lies where an object belongs', async () => {
    mkdirSync(join(root, key), { recursive: true });
    await expect(storage.put(key, bodyOf('x'))).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    expect(files()).toEqual([]);
  });
});

describe('a full disk', () => {
  const megabyte = 1_048_576;

  /** A file system of one megabyte, where the machine lets us have one. */
  const mountSmall = (folder: string) =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' }).status === 0;

  it('is STORAGE_FULL and leaves nothing behind, so that a smaller object still fits', async () => {
    if (!mountSmall(root)) {
      process.stderr.write('No small file system can be mounted here; only the limit of a file is tested.\n');
      return;
    }
    try {
      const tooMuch = Array.from({ length: 40 }, () => Buffer.alloc(megabyte / 16, 7));
      await expect(storage.put(key, bodyOf(...tooMuch))).rejects.toMatchObject({ code: 'STORAGE_FULL' });
      expect(files()).toEqual([]);
      await storage.put(key, bodyOf('fits'));
      expect(await read()).toBe('fits');
    } finally {
      execFileSync('umount', [root]);
    }
  });

  it('is STORAGE_FULL as well when files may not grow any longer', () => {
    const modulePath = join(__dirname, '..', '..', 'dist', 'storage', 'folder.js');
    const program = `
      const { createFolderStorage } = require(${JSON.stringify(modulePath)});
      process.on('SIGXFSZ', () => undefined);
      async function* body() { for (let i = 0; i < 40; i += 1) yield Buffer.alloc(${megabyte / 16}, 7); }
      createFolderStorage(${JSON.stringify(root)}).put(${JSON.stringify(key)}, body())
        .then(() => console.log('stored'), (error) => console.log(error.code));`;
    // In blocks of 512 or 1,024 bytes, depending on the shell: half a megabyte or one.
    const { stdout } = spawnSync('sh', ['-c', 'ulimit -f 1024; exec "$0" -e "$1"', process.execPath, program], {
      encoding: 'utf8',
    });
    expect(stdout.trim()).toBe('STORAGE_FULL');
    expect(files()).toEqual([]);
  });
});
