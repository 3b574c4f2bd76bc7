// Lets one process at a time install or build: a lock file that holds the owner's process id.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Runs `work` while holding the lock file; waits for another live holder, and takes the lock over from a dead one.
 * `work` must check again whether any work remains, since the other holder may just have done it.
 */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  for (let isReported = false; !take(path); isReported = true) {
    if (!isReported) process.stderr.write(`Waiting for another process that is busy with the same (${path})\n`);
    await wait(100);
  }
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

function take(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!isAbandoned(path)) return false;
  // Renaming picks one winner among several that found the same dead holder.
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    rmSync(aside, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return false;
}

function isAbandoned(path) {
  let holder;
  let ageMs;
  try {
    holder = Number(readFileSync(path, 'utf8'));
    ageMs = Date.now() - statSync(path).mtimeMs;
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
  // A file without a number was either just created or left behind by a crash between creating and writing.
  if (!Number.isInteger(holder) || holder <= 0) return ageMs > 10_000;
  try {
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
