/** Checks that the storage can write, read and delete objects, and that local disks have free space. */
import { randomBytes } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

import { PortageError } from '../domain/error-codes';
import type { Storage } from '../storage/storage';
import type { Check } from './readiness';

/** More than the unused part of a file system's last block. */
const probeBytes = 64 * 1024;

/** @param processId names the probe, so that processes do not read each other's; in lower case, as keys are */
export function storageChecks(storage: Storage, processId: string): Check[] {
  const away = 'STORAGE_UNAVAILABLE';
  const key = `probes/${processId}`;
  return [
    { name: 'storage', away, isQuick: true, run: () => storage.check() },
    {
      name: 'storageWrite',
      away,
      async run() {
        const bytes = randomBytes(probeBytes);
        await storage.put(key, bytes);
        const stored = await storage.get(key);
        await storage.delete(key);
        if (!stored.equals(bytes))
          throw new PortageError(away, { detail: 'it returned other bytes than Portage had stored' });
      },
    },
  ];
}

/**
 * @param folders on local disks, where Portage writes; for a missing folder, its parent is checked
 * @param leastBytes the required free space of each
 */
export function diskSpaceCheck(folders: readonly string[], leastBytes: number): Check {
  return {
    name: 'diskSpace',
    away: 'STORAGE_UNAVAILABLE',
    async run() {
      for (const folder of folders) {
        const free = await freeBytes(folder);
        if (free >= leastBytes) continue;
        const detail = `${megabytes(free)} MiB free for ${folder}; it needs ${megabytes(leastBytes)}`;
        throw new PortageError('DISK_NEARLY_FULL', { detail });
      }
    },
  };
}

const megabytes = (bytes: number) => Math.floor(bytes / 1024 ** 2);

/** The space that this user can still write; blocks reserved for root do not count. */
async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    return freeBytes(dirname(folder));
  }
}
