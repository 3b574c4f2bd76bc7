// One running instance for a data folder: the second is refused, and touches nothing.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { holdInstance, InstanceRunning, refuseSecondInstance, runningInstance, type Instance } from '../src/instance';
import { requireBuilt, startNodeProgram } from './support/node-program';

const facts: Pick<Instance, 'urls' | 'temporalAddress'> = {
  urls: {
    portage: 'http://localhost:3000',
    demoApp: 'http://localhost:3001',
    emulator: 'http://127.0.0.1:3200',
    temporalUi: 'http://127.0.0.1:8233',
  },
  temporalAddress: '127.0.0.1:7233',
};

describe('The instance of a data folder', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = join(mkdtempSync(join(tmpdir(), 'portage-test-instance-')), 'data');
  });
  afterEach(() => rmSync(join(dataDir, '..'), { recursive: true, force: true }));

  const instanceFile = () => join(dataDir, 'instance.json');
  const filesOf = () =>
    readdirSync(dataDir).map((name) => {
      const { mtimeMs, ctimeMs, ino } = statSync(join(dataDir, name));
      return { name, mtimeMs, ctimeMs, ino, content: readFileSync(join(dataDir, name), 'utf8') };
    });

  it('shows its process, start and addresses while it runs, to its owner only, and nothing afterwards', async () => {
    expect(runningInstance(dataDir)).toBeUndefined();
    const instance = await holdInstance(dataDir);
    expect(runningInstance(dataDir)).toMatchObject({
      pid: process.pid,
      urls: { portage: null },
      temporalAddress: null,
    });
    instance.publish(facts);
    const shown = runningInstance(dataDir);
    expect(shown).toEqual({ pid: process.pid, startedAt: expect.any(String) as string, ...facts });
    expect(Math.abs(Date.now() - Date.parse(shown?.startedAt ?? ''))).toBeLessThan(60_000);
    expect(statSync(instanceFile()).mode & 0o777).toBe(0o600);
    instance.release();
    expect(runningInstance(dataDir)).toBeUndefined();
    expect(readdirSync(dataDir)).toEqual(['instance.lock']);
    (await holdInstance(dataDir)).release();
  });

  it('refuses a second one in words, which changes no file, not even its times', async () => {
    const instance = await holdInstance(dataDir);
    instance.publish(facts);
    const startedAt = runningInstance(dataDir)?.startedAt ?? '';
    // An old time, which a write would change however coarse the clock of the file system is.
    for (const name of readdirSync(dataDir)) utimesSync(join(dataDir, name), 1_000, 1_000);
    const before = filesOf();
    const message =
      `Portage already runs in the data folder ${dataDir} ` +
      `(process ${process.pid}, since ${startedAt}, at http://localhost:3000).\n` +
      `Use that one: http://localhost:3000, or stop it (Ctrl-C in its terminal, or: kill ${process.pid}), ` +
      'or start another one with its own folder: DATA_DIR=other npm start';
    for (const second of [
      () => holdInstance(dataDir),
      () => Promise.resolve().then(() => refuseSecondInstance(dataDir)),
    ]) {
      const error = await second().then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(InstanceRunning);
      expect((error as Error).message).toBe(message);
    }
    expect(filesOf()).toEqual(before);
    instance.release();
  });

  it('is distinguished from one that was killed, and from one that has only just taken the folder', async () => {
    const killed = await startNodeProgram(`
      ${requireBuilt('instance')}.holdInstance(${JSON.stringify(dataDir)}).then((held) => {
        held.publish(${JSON.stringify(facts)});
        console.log('runs');
      });
      setInterval(() => undefined, 1000);`);
    expect(runningInstance(dataDir)).toMatchObject({ pid: killed.pid, ...facts });
    await killed.kill('SIGKILL');
    const left = readFileSync(instanceFile(), 'utf8');
    expect(left).toContain('http://localhost:3000');
    expect(runningInstance(dataDir)).toBeUndefined();
    refuseSecondInstance(dataDir);

    const next = await holdInstance(dataDir);
    // As in the moment between the lock and the first words of its new holder.
    writeFileSync(instanceFile(), left);
    expect(runningInstance(dataDir)).toBeUndefined();
    expect(() => refuseSecondInstance(dataDir)).toThrow(`(process ${process.pid}, still starting).\nWait for that one`);
    next.release();
  });
});
