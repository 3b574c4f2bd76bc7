/** A lock that the operating system keeps for a process, and releases when that process ends, for any reason. */
import { spawnSync } from 'node:child_process';
import { closeSync, constants, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export interface FileLock {
  /** Releases the lock. The file stays: if it were removed, two processes could lock it, each with another inode. */
  release(): void;
}

/** `O_SHLOCK` and `O_EXLOCK` of macOS (sys/fcntl.h): open and lock in one step. Linux has no such flag. */
const openLocked = { shared: 0x10, exclusive: 0x20 } as const;
/** A check by {@link isLocked} holds the lock for at most this long, and must not make it seem taken. */
const looks = { count: 5, everyMs: 100 } as const;

/**
 * Locks a file for as long as this process lives, or until it is released, and writes the process id into it. The lock
 * stays correct after `kill -9`, when a process id is used again, and with another container on the same folder.
 *
 * @param path created if missing, with its folders, readable by its owner only
 * @returns undefined while it is locked elsewhere, also by this process
 * @throws Error when files can't be locked on this machine or in this folder
 */
export async function lockFile(path: string): Promise<FileLock | undefined> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  for (let look = 1; ; look += 1) {
    const file = openAndLock(path, 'exclusive');
    if (file !== undefined) {
      ftruncateSync(file);
      writeSync(file, String(process.pid), 0);
      let held = true;
      return {
        release() {
          // Only once, because the number of a closed file is used again for the next one.
          if (held) closeSync(file);
          held = false;
        },
      };
    }
    if (look === looks.count) return undefined;
    await pause(looks.everyMs);
  }
}

/** Whether a process has locked the file. Changes nothing, and creates no file. */
export function isLocked(path: string): boolean {
  try {
    const file = openAndLock(path, 'shared');
    if (file === undefined) return true;
    closeSync(file);
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** The process id that the holder wrote, or undefined while it is writing it. */
export function lockHolder(path: string): number | undefined {
  const pid = Number(readFileSync(path, 'utf8'));
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

/** @returns the descriptor of the open file, which keeps the lock; undefined when another process has it */
function openAndLock(path: string, kind: 'shared' | 'exclusive'): number | undefined {
  const flags = kind === 'shared' ? constants.O_RDONLY : constants.O_RDWR | constants.O_CREAT;
  if (process.platform !== 'darwin') return lockOpen(openSync(path, flags, 0o600), path, kind);
  try {
    return openSync(path, flags | openLocked[kind] | constants.O_NONBLOCK, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
    throw error;
  }
}

/**
 * Runs the program `flock` on the open file: the lock belongs to the open file, not to the program, so it stays when
 * the program has ended (https://man7.org/linux/man-pages/man2/flock.2.html). Children of this process don't inherit
 * it.
 */
function lockOpen(file: number, path: string, kind: 'shared' | 'exclusive'): number | undefined {
  const { status, stderr, error } = spawnSync('flock', [kind === 'shared' ? '-s' : '-x', '-n', '3'], {
    stdio: ['ignore', 'ignore', 'pipe', file],
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status === 0) return file;
  closeSync(file);
  // flock reports a file that another process has locked by this code, without a message.
  if (status === 1 && stderr === '') return undefined;
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') {
    throw new Error(
      'Locking a data folder takes the program flock, and there is none on the PATH. Install util-linux.',
    );
  }
  const reason = error?.message ?? (stderr.trim() || `flock ended with ${String(status)}`);
  throw new Error(`${path} can't be locked (${reason}). Choose a DATA_DIR on a disk of this machine.`);
}
