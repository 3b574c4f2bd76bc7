import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { isLocked, lockFile, lockHolder } from '../src/file-lock';
import { requireBuilt, startNodeProgram } from './support/node-program';

describe('A lock on a file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portage-test-lock-'));
    path = join(folder, 'of', 'instance.lock');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Another process that takes the lock, prints a line, and stays. */
  const holder = () =>
    startNodeProgram(`
      ${requireBuilt('file-lock')}.lockFile(${JSON.stringify(path)}).then((lock) => console.log(lock ? 'has it' : 'refused'));
      setInterval(() => undefined, 1000);`);

  it('is had by one at a time, also within one process, and names the process', async () => {
    const lock = await lockFile(path);
    expect(lock).toBeDefined();
    expect(lockHolder(path)).toBe(process.pid);
    expect(await lockFile(path)).toBeUndefined();
    const other = await holder();
    expect(other.line).toBe('refused');
    await other.kill();
    lock?.release();
    lock?.release();
    const next = await lockFile(path);
    expect(next).toBeDefined();
    next?.release();
  });

  it('is free as soon as its holder was killed, with any content of its file', async () => {
    const killed = await holder();
    expect([killed.line, isLocked(path), lockHolder(path)]).toEqual(['has it', true, killed.pid]);
    await killed.kill('SIGKILL');
    // As when the process id was given to another process, here to our own parent, or is our own as in a container.
    for (const pid of [killed.pid, process.ppid, process.pid]) {
      writeFileSync(path, String(pid));
      expect(isLocked(path)).toBe(false);
      const lock = await lockFile(path);
      expect(lock).toBeDefined();
      expect(readFileSync(path, 'utf8')).toBe(String(process.pid));
      lock?.release();
    }
  });

  it('is taken over by one of many that come at once after a kill', async () => {
    await (await holder()).kill('SIGKILL');
    const locks = await Promise.all(Array.from({ length: 10 }, () => lockFile(path)));
    expect(locks.filter((lock) => lock !== undefined)).toHaveLength(1);
    for (const lock of locks) lock?.release();
  });

  it('is looked at without a trace, and without making it seem taken', async () => {
    expect(isLocked(path)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
    const lock = await lockFile(path);
    const before = statSync(path);
    expect(isLocked(path)).toBe(true);
    expect(statSync(path)).toMatchObject({ mtimeMs: before.mtimeMs, ino: before.ino, mode: before.mode });
    expect(before.mode & 0o777).toBe(0o600);
    lock?.release();
    expect([isLocked(path), isLocked(path)]).toEqual([false, false]);
  });

  it('names the missing program where files can’t be locked', async () => {
    const program = await startNodeProgram(`
      process.env.PATH = ${JSON.stringify(folder)};
      ${requireBuilt('file-lock')}.lockFile(${JSON.stringify(path)})
        .then(() => console.log('locked'), (error) => console.log(error.message));`);
    // On macOS, no extra program is needed.
    expect(program.line).toBe(
      process.platform === 'darwin'
        ? 'locked'
        : 'Locking a data folder takes the program flock, and there is none on the PATH. Install util-linux.',
    );
  });
});
