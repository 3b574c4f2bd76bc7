// The checks of portage dev before it starts anything, and its clean-up when it cannot start.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DataFolderInUse } from '../../src/database/open-database';
import { startDev } from '../../src/dev/dev';
import { lockFile } from '../../src/file-lock';
import { holdInstance, InstanceRunning, runningInstance } from '../../src/instance';
import { bindListener, ListenError } from '../../src/listener';
import { freePort } from '../support/free-port';

/** Ids of processes with this text in their command line. */
function processesWith(text: string): string {
  try {
    return execFileSync('pgrep', ['-f', text]).toString();
  } catch {
    return '';
  }
}

describe('portage dev', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'portage-test-dev-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  const start = (environment: Record<string, string> = {}, signal = new AbortController().signal) =>
    startDev({ environment: { DATA_DIR: dataDir, ...environment }, archivesDir: undefined, jobDurationMs: 0 }, signal);

  it('is refused in the folder of another instance, before anything is touched', async () => {
    const other = await holdInstance(dataDir);
    const before = readdirSync(dataDir);
    await expect(start()).rejects.toThrow(InstanceRunning);
    expect(readdirSync(dataDir)).toEqual(before);
    expect(runningInstance(dataDir)).toMatchObject({ pid: process.pid });
    other.release();
  });

  it('is refused where another command has the database, before anything is started', async () => {
    const lock = await lockFile(join(dataDir, 'database.lock'));
    await expect(start()).rejects.toThrow(DataFolderInUse);
    expect(readdirSync(dataDir).sort()).toEqual(['database.lock', 'instance.lock']);
    lock?.release();
  });

  it('leaves the folder and its ports free when it can’t have a port', async () => {
    const taken = await bindListener({ host: '127.0.0.1', port: 0 });
    await expect(start({ PORT: String(taken.port) })).rejects.toThrow(ListenError);
    await taken.close();
    expect(readdirSync(dataDir)).toEqual(['instance.lock']);
    (await holdInstance(dataDir)).release();
  });

  it('starts nothing once it was cancelled, and releases folder and ports', async () => {
    const reserved = await bindListener({ host: '127.0.0.1', port: 0 });
    const { port } = reserved;
    await reserved.close();
    const ctrlC = AbortSignal.abort(new Error('Ctrl-C'));
    await expect(start({ PORT: String(port) }, ctrlC)).rejects.toThrow('Ctrl-C');
    expect(readdirSync(dataDir)).toEqual(['instance.lock']);
    await (await bindListener({ host: '127.0.0.1', port })).close();
  });

  it('stops Temporal’s server, which starts along with the database, when that cannot be used', async () => {
    const environment = { PATH: process.env['PATH'] ?? '', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    await expect(start({ ...environment, PORT: String(await freePort()) })).rejects.toThrow(
      /127\.0\.0\.1:1\/none.*cannot be reached/,
    );
    expect(existsSync(join(dataDir, 'temporal.log'))).toBe(true);
    expect(processesWith(dataDir)).toBe('');
  });
});
