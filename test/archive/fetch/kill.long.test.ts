// SIGKILL at any moment of a 200 MB download: the next process continues, and hardly a byte is fetched twice (D3, D46).
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';

import { openPart } from '../../../src/archive/store/part-reader';
import { openDatabase, type DatabaseLocation } from '../../../src/database/open-database';
import { createDataKeys } from '../../../src/database/data-keys';
import { createExportKeys } from '../../../src/database/export-keys';
import { createPartStore } from '../../../src/database/parts';
import { createFolderStorage } from '../../../src/storage/folder';
import { at, createStage } from '../../database/databases';
import { consent, linksOf, start, startTestEmulator } from '../../emulator/harness';
import '../../support/built';
import { fillDataFolder } from '../../support/database';
import { startTestPostgres } from '../../support/postgres';
import { testSeed } from '../../support/seed';

const program = join(__dirname, '../../../tools/download-once.mjs');
const kills = 30;
const killsPerDownload = 10;
const archiveBytes = 200_000_000;
const segmentBytes = 4 * 1024 * 1024;
const concurrency = 4;

/** Numbers that look random and are the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The first download is on the embedded database, which is killed with the process; a process that uses PostgreSQL
 * starts faster.
 */
async function migratedDatabaseOf(download: number, folder: string): Promise<DatabaseLocation> {
  const postgres = download === 0 ? { missing: 'not wanted' } : await startTestPostgres({ migrated: true });
  if (!('missing' in postgres)) {
    removals.push(() => postgres.stop());
    return { url: postgres.url };
  }
  if (download > 0) process.stderr.write(`On the embedded database again: ${postgres.missing}\n`);
  await fillDataFolder(folder);
  return { folder };
}
const removals: (() => Promise<void>)[] = [];

/**
 * Runs the program until it ends, or kills it in the moment in which so many segments were stored.
 *
 * @returns whether it ended without being killed
 */
async function run(request: Record<string, unknown>, killAfterSegments: number): Promise<boolean> {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  child.stdin.end(JSON.stringify(request));
  let segments = -1;
  for await (const line of createInterface(child.stdout)) {
    if (line === 'ready' || line === 'segment') segments += 1;
    if (segments === killAfterSegments) child.kill('SIGKILL');
  }
  const [code] = (await exited) as [number | null];
  if (code !== null && code !== 0) throw new Error(`the program ended with ${code}`);
  return code === 0;
}

it('ends byte for byte the same after 30 kills at random points, with at most the segments in flight fetched twice', async () => {
  process.stderr.write(`Kills are drawn from TEST_SEED=${testSeed}.\n`);
  const random = randomFrom(testSeed);
  const root = mkdtempSync(join(tmpdir(), 'portage-test-kill-'));
  const emulator = await startTestEmulator({
    clock: { mode: 'real' },
    jobDurationMs: 0,
    jobs: { mediaBytes: archiveBytes, mediaFiles: 1, dataParts: 1, manifest: 'same-part' },
  });
  try {
    const { access_token: token } = await consent(emulator, ['youtube.public_videos'], { access: 'once' });
    const links = await linksOf(emulator, token, await start(emulator, token, 'youtube.public_videos'));
    const original = createHash('sha256');
    const whole = await fetch(links[0] ?? '');
    for await (const chunk of Readable.fromWeb(whole.body as never)) original.update(chunk as Buffer);
    const sha256 = original.digest('hex');
    const length = Number(whole.headers.get('content-length'));
    expect(length).toBeGreaterThan(archiveBytes);

    for (let download = 0; download < kills / killsPerDownload; download += 1) {
      const folder = join(root, String(download));
      const location = await migratedDatabaseOf(download, folder);
      let database = await openDatabase(location);
      const stage = createStage(database.db);
      const consentId = await stage.consent();
      const row = await stage.exports.begin({
        ...{ consentId, resource: 'youtube.public_videos', resources: ['youtube.public_videos'], cycle: 1 },
        ...{ startTime: undefined, endTime: undefined, at },
      });
      await database.close();
      const request = {
        ...{ database: location, storageUrl: pathToFileURL(join(folder, 'storage')).href, links },
        ...{ origin: emulator.url, consentId, exportId: row.id, vaultKey: Buffer.alloc(32, 1).toString('base64') },
        ...{ segmentBytes, concurrency },
      };

      const requestsBefore = emulator.control.requests().length;
      for (let kill = 0; kill < killsPerDownload; kill += 1) {
        // So few that the last kill still finds something to interrupt: the archive has 48 segments.
        expect(await run(request, Math.floor(random() * 5))).toBe(false);
      }
      expect(await run(request, Number.POSITIVE_INFINITY)).toBe(true);

      database = await openDatabase(location);
      const parts = createPartStore(database.db);
      const [part] = await parts.list(row.id);
      if (part === undefined) throw new Error('the part is not stored');
      const storage = createFolderStorage(join(folder, 'storage'));
      const exportKeys = createExportKeys(
        database.db,
        createDataKeys(database.db, stage.vault, stage.audit),
        stage.audit,
      );
      const reader = await openPart({ storage, parts, exportKeys }, consentId, part);
      const stored = createHash('sha256');
      for await (const chunk of reader.read(0, reader.bytes)) stored.update(chunk);
      expect(stored.digest('hex')).toBe(sha256);
      await database.close();

      const requests = emulator.control.requests().slice(requestsBefore);
      const sent = requests.reduce((sum, { bytesSent }) => sum + (bytesSent ?? 0), 0);
      expect(sent).toBeLessThanOrEqual(length + killsPerDownload * concurrency * segmentBytes);
      process.stderr.write(`Download ${download + 1}: ${sent - length} bytes of ${length} were sent twice.\n`);
    }
  } finally {
    for (const remove of removals) await remove();
    rmSync(root, { recursive: true, force: true });
  }
});
