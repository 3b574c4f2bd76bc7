/**
 * Storage in a folder: an object is written to a temporary file, flushed to disk, then renamed, so that it is never
 * incomplete.
 */
import { randomUUID } from 'node:crypto';
import { constants, type Dirent } from 'node:fs';
import { access, mkdir, open, opendir, readdir, rename, rm, rmdir, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { PortageError } from '../domain/error-codes';
import { checkKey, checkPrefix, isKey, type Storage, type StoredObject } from './storage';

/** The folder for files that are being written: on the same file system, under a name that no key can have. */
const unfinishedFolder = '.unfinished';
/** A write takes seconds; an unfinished file of this age was left behind by a process that died. */
const abandonedAfterMs = 60 * 60_000;

/** @param root absolute path of the folder; made when missing, readable by its owner only */
export function createFolderStorage(root: string): Storage {
  const aside = join(root, unfinishedFolder);
  const path = (key: string) => {
    checkKey(key);
    return join(root, key);
  };
  let swept: Promise<void> | undefined;
  /** Folders above objects that are already flushed with all their entries, so that not every object needs a flush. */
  const flushed = new Set<string>();

  return {
    async put(key, bytes) {
      const target = path(key);
      await makeFolder(aside);
      // A failed clean-up does not prevent storing; the check reports its cause.
      await (swept ??= sweep(aside).catch(() => undefined));
      const temporary = join(aside, randomUUID());
      try {
        await guard(writeFlushed(temporary, bytes));
        await guard(moveInto(target, temporary, (created) => forget(flushed, created)));
        // The rename and the folders made for it survive a power cut only once they are flushed to disk.
        await guard(flushFolder(dirname(target)));
        for (let folder = dirname(dirname(target)); folder.length >= root.length; folder = dirname(folder)) {
          if (flushed.has(folder)) continue;
          await guard(flushFolder(folder));
          flushed.add(folder);
        }
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined);
        throw error;
      }
    },

    async get(key, range) {
      const file = await guard(open(path(key)), key);
      return guard(read(file, range), key).finally(() => file.close());
    },

    list(prefix) {
      checkPrefix(prefix);
      return walk(join(root, prefix), prefix);
    },

    async delete(key) {
      const target = path(key);
      // Not flushed: an object that a power cut restores is sealed with a key that no longer exists.
      await guard(rm(target, { force: true }).catch(ignoring('ENOTDIR', 'ERR_FS_EISDIR')));
      for (let folder = dirname(target); folder.length > root.length; folder = dirname(folder)) {
        if (!(await removeEmpty(folder))) break;
      }
    },

    async check() {
      await makeFolder(aside);
      for (const folder of [root, aside]) {
        await guard(access(folder, constants.R_OK | constants.W_OK | constants.X_OK));
      }
      await sweep(aside);
    },
  };
}

async function makeFolder(folder: string): Promise<void> {
  await guard(mkdir(folder, { recursive: true, mode: 0o700 }));
}

async function writeFlushed(place: string, bytes: Uint8Array): Promise<void> {
  const file = await open(place, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Renames into a folder that a concurrent deletion may remove at the same moment, since it is still empty.
 *
 * @param onCreated receives the topmost folder that had to be made
 */
async function moveInto(target: string, from: string, onCreated: (folder: string) => void): Promise<void> {
  for (let triesLeft = 10; ; triesLeft -= 1) {
    const created = await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    if (created !== undefined) onCreated(created);
    try {
      await rename(from, target);
      return;
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || triesLeft === 0) throw error;
    }
  }
}

/** A longer list is not worth its memory. */
const maxFlushed = 10_000;

/** A folder was made: neither it nor its content is on disk yet, and its parent has a new entry. */
function forget(flushed: Set<string>, created: string): void {
  if (flushed.size > maxFlushed) flushed.clear();
  flushed.delete(dirname(created));
  for (const folder of flushed) if (`${folder}/`.startsWith(`${created}/`)) flushed.delete(folder);
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  await handle.sync().finally(() => handle.close());
}

/** The bytes from `start` to `end`, or as many of them as the file has. */
async function read(file: FileHandle, range?: { readonly start: number; readonly end: number }): Promise<Buffer> {
  const stats = await file.stat();
  // A folder above objects is not an object, even when an empty range of it is read.
  if (!stats.isFile()) throw Object.assign(new Error('not a file'), { code: 'EISDIR' });
  const { size } = stats;
  const { start, end } = range ?? { start: 0, end: size };
  const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(end, size) - start));
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** Walks one folder after the other; of each, only a few entries are in memory at a time. */
async function* walk(folder: string, prefix: string): AsyncGenerator<StoredObject> {
  for await (const entry of entriesOf(folder)) {
    // Other files here, such as "lost+found", are not Portage's.
    if (!isKey(entry.name)) continue;
    const place = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(place, `${prefix}${entry.name}/`);
    if (!entry.isFile()) continue;
    const stats = await guard(stat(place).catch(ignoring('ENOENT')));
    if (stats !== undefined) yield { key: `${prefix}${entry.name}`, bytes: stats.size };
  }
}

/** The entries of a folder; none when it does not exist, or no longer. */
async function* entriesOf(folder: string): AsyncGenerator<Dirent> {
  const entries = await guard(opendir(folder).catch(ignoring('ENOENT', 'ENOTDIR')));
  if (entries === undefined) return;
  try {
    for (;;) {
      const entry = await guard(entries.read());
      if (entry === null) return;
      yield entry;
    }
  } finally {
    await entries.close();
  }
}

/** Removes what dead processes left behind; files of living ones, on other machines too, are younger. */
async function sweep(folder: string): Promise<void> {
  for (const name of await guard(readdir(folder))) {
    const place = join(folder, name);
    const stats = await guard(stat(place).catch(ignoring('ENOENT')));
    if (stats !== undefined && Date.now() - stats.mtimeMs > abandonedAfterMs) await guard(rm(place, { force: true }));
  }
}

/** @returns whether the folder is gone */
async function removeEmpty(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    (error: unknown) => codeOf(error) === 'ENOENT',
  );
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

const ignoring =
  (...codes: string[]) =>
  (error: unknown): undefined => {
    if (!codes.includes(codeOf(error) ?? '')) throw error;
    return undefined;
  };

/** The disk is full, the quota is used up, or the file may not grow any longer. */
const noRoom = ['ENOSPC', 'EDQUOT', 'EFBIG'];
const notThere = ['ENOENT', 'ENOTDIR', 'EISDIR'];

/**
 * Translates errors of the file system; messages contain the key, never a path of the machine.
 *
 * @param key of the object that must be there
 */
async function guard<T>(operation: Promise<T>, key?: string): Promise<T> {
  try {
    return await operation;
  } catch (cause) {
    const code = codeOf(cause) ?? 'unknown cause';
    if (noRoom.includes(code)) throw new PortageError('STORAGE_FULL', { detail: code, cause });
    if (key !== undefined && notThere.includes(code)) throw new PortageError('STORAGE_MISSING', { detail: key, cause });
    throw new PortageError('STORAGE_UNAVAILABLE', { detail: code, cause });
  }
}
