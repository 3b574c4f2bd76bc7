// Faults of a storage in a folder only: rights, killed writes, other things in its place, file size limits.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createFolderStorage } from '../../src/storage/folder';
import type { Storage } from '../../src/storage/storage';
import { filesIn, folderOf } from './stages';
import '../support/built';

const key = 'consents/con_1/exports/exp_1/parts/1-ab/000000';
/** The module as it is built, for processes of their own. */
const modulePath = join(__dirname, '..', '..', 'dist', 'storage', 'folder.js');

let root: string;
let storage: Storage;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portage-test-storage-'));
  storage = createFolderStorage(root);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const hourMs = 60 * 60_000;

/** Puts an unfinished file there, as a killed process leaves it. */
function leaveBehind(name: string, ageMs: number): string {
  const place = folderOf(join(root, '.unfinished', name));
  writeFileSync(place, 'half of it');
  utimesSync(place, new Date(), new Date(Date.now() - ageMs));
  return place;
}

describe('a file of the folder', () => {
  it('is stored at its key, and is readable by its owner only', async () => {
    await storage.put(key, Buffer.from('private'));
    expect(readFileSync(join(root, key), 'utf8')).toBe('private');
    expect(statSync(join(root, key)).mode & 0o777).toBe(0o600);
    for (const folder of ['consents', 'consents/con_1', 'consents/con_1/exports/exp_1/parts', '.unfinished']) {
      expect(statSync(join(root, folder)).mode & 0o777).toBe(0o700);
    }
  });

  it('takes its folders with it when it is the last one, but never the root', async () => {
    const other = 'consents/con_1/exports/exp_2/parts/1-ab/000000';
    await storage.put(key, Buffer.from('one'));
    await storage.put(other, Buffer.from('two'));
    await storage.delete(key);
    expect(existsSync(join(root, 'consents/con_1/exports/exp_1'))).toBe(false);
    expect(filesIn(root)).toEqual([other]);
    await storage.delete(other);
    expect(existsSync(join(root, 'consents'))).toBe(false);
    expect(existsSync(root)).toBe(true);
  });
});

describe('a write whose process is killed', () => {
  it('leaves the object before, or the new one whole', async () => {
    const [before, after] = [Buffer.alloc(8_000_000, 'b'), Buffer.alloc(8_000_000, 'a')];
    for (const killAfterMs of [0, 1, 2, 4, 8, 16]) {
      await storage.put(key, before);
      const program = `
        const { createFolderStorage } = require(${JSON.stringify(modulePath)});
        const bytes = Buffer.alloc(8_000_000, 'a');
        process.stdout.write('ready', () =>
          createFolderStorage(${JSON.stringify(root)}).put(${JSON.stringify(key)}, bytes).then(() => setInterval(() => {}, 1000)));`;
      const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, killAfterMs));
      child.kill('SIGKILL');
      await once(child, 'exit');
      const stored = await storage.get(key);
      expect(stored.equals(before) || stored.equals(after)).toBe(true);
      const listed: string[] = [];
      for await (const object of storage.list('')) listed.push(object.key);
      expect(listed).toEqual([key]);
    }
  });

  it('is cleared up by the first write of a later process, unless it may still be running', async () => {
    const [old, recent] = [leaveBehind('old', 2 * hourMs), leaveBehind('recent', hourMs / 2)];
    await storage.put(key, Buffer.from('x'));
    expect([existsSync(old), existsSync(recent)]).toEqual([false, true]);
  });

  it('is cleared up by every check', async () => {
    await storage.put(key, Buffer.from('x'));
    const [old, recent] = [leaveBehind('old', 2 * hourMs), leaveBehind('recent', hourMs / 2)];
    await storage.check();
    expect([existsSync(old), existsSync(recent)]).toEqual([false, true]);
    expect((await storage.get(key)).toString()).toBe('x');
  });
});

describe('a folder that cannot be used', () => {
  it('is found out by its check, which makes the folder when it is missing', async () => {
    const fresh = join(root, 'not', 'yet');
    await createFolderStorage(fresh).check();
    expect(existsSync(fresh)).toBe(true);
    writeFileSync(join(root, 'file'), '');
    for (const bad of [join(root, 'file'), join(root, 'file', 'below')]) {
      const refusal = await createFolderStorage(bad)
        .check()
        .catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
      expect((refusal as Error).message).not.toContain(root);
      await expect(createFolderStorage(bad).put(key, Buffer.from('x'))).rejects.toMatchObject({
        code: 'STORAGE_UNAVAILABLE',
      });
    }
  });

  it('is STORAGE_UNAVAILABLE when something else is in the place of an object, and leaves nothing', async () => {
    mkdirSync(join(root, key), { recursive: true });
    await expect(storage.put(key, Buffer.from('x'))).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    expect(filesIn(root)).toEqual([]);
  });
});

describe('a file that may not grow any longer', () => {
  it('is STORAGE_FULL and leaves nothing behind', () => {
    const program = `
      const { createFolderStorage } = require(${JSON.stringify(modulePath)});
      process.on('SIGXFSZ', () => undefined);
      createFolderStorage(${JSON.stringify(root)}).put(${JSON.stringify(key)}, Buffer.alloc(2_621_440, 7))
        .then(() => console.log('stored'), (error) => console.log(error.code));`;
    // In blocks of 512 or 1,024 bytes, depending on the shell: half a megabyte or one.
    const { stdout } = spawnSync('sh', ['-c', 'ulimit -f 1024; exec "$0" -e "$1"', process.execPath, program], {
      encoding: 'utf8',
    });
    expect(stdout.trim()).toBe('STORAGE_FULL');
    expect(filesIn(root)).toEqual([]);
  });
});
