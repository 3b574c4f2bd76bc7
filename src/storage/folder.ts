/** Storage in a folder: written beside its place, flushed to disk, then renamed, so that no object is ever half there. */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';

import { PortageError } from '../domain/errors';
import type { Storage } from './storage';

/** @param root absolute path of the folder; made when missing, readable by its owner only */
export function createFolderStorage(root: string): Storage {
  const path = (key: string) => {
    if (!/^[a-z0-9_]+(\/[a-z0-9_]+)*$/.test(key)) throw new Error(`not a storage key: ${key}`);
    return join(root, key);
  };

  return {
    async put(key, body) {
      const target = path(key);
      const temporary = `${target}.${randomUUID()}.tmp`;
      const folder = dirname(target);
      try {
        await guard(mkdir(folder, { recursive: true, mode: 0o700 }));
        const file = await guard(open(temporary, 'wx', 0o600));
        try {
          for await (const chunk of body) await guard(file.writeFile(chunk));
          await guard(file.sync());
        } finally {
          await file.close();
        }
        await guard(rename(temporary, target));
        // The rename itself is only safe from a power cut once the folder is on disk.
        const handle = await guard(open(folder, constants.O_RDONLY));
        await handle.sync().finally(() => handle.close());
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined);
        throw error;
      }
    },

    async get(key, range) {
      const file = await guard(open(path(key)), key);
      // A file stream's own end is the last byte, so that none of them can be empty.
      if (range !== undefined && range.start >= range.end) {
        await file.close();
        return Readable.from([]);
      }
      return file.createReadStream(range === undefined ? {} : { start: range.start, end: range.end - 1 });
    },

    async size(key) {
      const { size } = await guard(stat(path(key)), key);
      return size;
    },

    async delete(key) {
      await guard(rm(path(key), { force: true }));
    },

    async check() {
      await guard(mkdir(root, { recursive: true, mode: 0o700 }));
      await guard(access(root, constants.R_OK | constants.W_OK));
    },
  };
}

/** The disk is full, the quota is used up, or the file may not grow any longer. */
const noRoom = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Translates what the file system refuses; messages carry the key, never a path of the machine. */
async function guard<T>(operation: Promise<T>, key = ''): Promise<T> {
  try {
    return await operation;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code !== undefined && noRoom.has(code)) throw new PortageError('STORAGE_FULL', { detail: code, cause });
    if (code === 'ENOENT') throw new PortageError('STORAGE_MISSING', { detail: key, cause });
    throw new PortageError('STORAGE_UNAVAILABLE', { detail: code ?? 'unknown cause', cause });
  }
}
