// A download that is encrypted, checksummed and stored, against curl, sha256sum and openssl doing the same work in turn.
import { spawn } from 'node:child_process';
import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { asClient, linkToArchive, startEmulatorProcess } from '../emulator-process.mjs';
import { compare, median } from './compare.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const load = createRequire(import.meta.url);
const ours = (path) => load(join(root, 'dist', path));

const runs = 5;
const vaultKey = Buffer.alloc(32, 1);
/** The defaults of the configuration. */
const settings = { segmentBytes: 4 * 1024 * 1024, concurrency: 4 };

/**
 * @param args the length in MB up to which speed is compared, and the one for memory only; 1000 and 50000 by default
 */
export async function bench([compared = '1000', largest = '50000']) {
  const folder = mkdtempSync(join(process.env.PORTAGE_BENCH_DIR ?? tmpdir(), 'portage-bench-transfer-'));
  const template = await emptyDatabase(join(folder, 'template'));
  try {
    const sizes = [...new Set([50, Number(compared)])].map((megabytes) => megabytes * 1e6);
    const storages = [
      ['folder', { storageUrl: pathToFileURL(join(folder, 'storage')).href, stop: () => undefined }],
      ['S3 (versitygw on this machine)', await startS3(join(folder, 's3'))],
    ];
    for (const [kind, storage] of storages) {
      if (storage === undefined) {
        console.log('S3: left out, since versitygw is not there; the tests of the S3 storage build it');
        continue;
      }
      const job = { folder, template, storage };
      const peaks = new Map();
      for (const bytes of sizes) peaks.set(bytes, await compareWithTools(kind, job, bytes));
      const length = Number(largest) * 1e6;
      if (length > Math.max(...sizes)) {
        const { bytes, seconds, peakMiB } = await withArchive(length, (archive) => download(job, archive, false));
        peaks.set(length, peakMiB);
        console.log(`${kind}, ${length / 1e9} GB, one run: ${(bytes / seconds / 1e6).toFixed(0)} MB/s`);
      }
      const shown = [...peaks].map(([bytes, peak]) => `${bytes / 1e9} GB: ${peak} MiB`).join(', ');
      console.log(`${kind}, greatest resident memory of the downloading process: ${shown}`);
      await storage.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Compares in turn. @returns the median of our greatest resident memory, in MiB */
async function compareWithTools(kind, job, length) {
  const peaks = [];
  const bare = [];
  await withArchive(length, (archive) =>
    compare(`${kind}, ${length / 1e9} GB`, 'MB/s', runs, {
      ours: async () => {
        const { bytes, seconds, peakMiB } = await download(job, archive, length <= 1e9);
        peaks.push(peakMiB);
        return bytes / seconds / 1e6;
      },
      rival: async () => {
        const { rate, curlRate } = await withTools(job.folder, archive.link, length);
        bare.push(curlRate);
        return rate;
      },
      rivalName: 'curl to disk, sha256sum, openssl enc',
    }),
  );
  console.log(`bare curl to disk of the same: ${median(bare).toFixed(0)} MB/s`);
  return median(peaks);
}

/** An emulator of its own for each archive: one user may export a resource once. */
async function withArchive(length, use) {
  const emulator = await startEmulatorProcess(asClient);
  try {
    return await use({ link: await linkToArchive(emulator.url, length), origin: emulator.url });
  } finally {
    await emulator.stop();
  }
}

/** Portage's own download in its own process, into an empty storage; on request after a warm-up, like a worker. */
async function download({ folder, template, storage }, { link, origin }, warmUp) {
  const database = join(folder, 'database');
  cpSync(template.folder, database, { recursive: true });
  const child = spawn(process.execPath, [join(root, 'tools/download-once.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { exportId, consentId } = template;
  const request = { database: { folder: database }, ...storage, links: [link], origin, consentId, exportId };
  child.stdin.end(
    JSON.stringify({
      ...request,
      ...settings,
      vaultKey: vaultKey.toString('base64'),
      quiet: true,
      warmUp,
      stop: undefined,
    }),
  );
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the download ended with ${code}`);
  rmSync(database, { recursive: true, force: true });
  for (const place of ['storage', 's3/buckets/portage-bench/consents']) {
    rmSync(join(folder, place), { recursive: true, force: true });
  }
  return JSON.parse(output.trim().split('\n').at(-1));
}

/** The same bytes fetched to disk, hashed and encrypted, one after the other as a script would. */
async function withTools(folder, link, length) {
  const [plain, sealed] = [join(folder, 'plain'), join(folder, 'sealed')];
  const startedAt = performance.now();
  await run('curl', ['-sS', '--fail', '-o', plain, link]);
  const curlSeconds = (performance.now() - startedAt) / 1_000;
  await run('sha256sum', [plain]);
  const secret = ['-K', vaultKey.toString('hex'), '-iv', '00'.repeat(16)];
  await run('openssl', ['enc', '-aes-256-ctr', ...secret, '-in', plain, '-out', sealed]);
  const seconds = (performance.now() - startedAt) / 1_000;
  const { size } = statSync(sealed);
  if (size < length) throw new Error(`curl fetched ${size} of at least ${length} bytes`);
  rmSync(plain);
  rmSync(sealed);
  return { rate: size / seconds / 1e6, curlRate: size / curlSeconds / 1e6 };
}

async function run(program, args) {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
}

/** A database with one consent and one export, to be copied for each run. */
async function emptyDatabase(folder) {
  const { openDatabase } = ours('database/open-database.js');
  const { consents, exportsTable, hostApps } = ours('database/schema.js');
  const database = await openDatabase({ folder });
  await database.migrate();
  const [hostAppId, consentId, exportId] = ['app_bench', 'con_bench', 'exp_bench'];
  const resources = ['youtube.public_videos'];
  await database.db.insert(hostApps).values({ id: hostAppId, name: 'bench' });
  await database.db.insert(consents).values({
    ...{ id: consentId, hostAppId, userId: 'bench', state: 'active' },
    ...{ requestedResources: resources, grantedResources: resources },
  });
  await database.db.insert(exportsTable).values({
    ...{ id: exportId, consentId, resource: resources[0], resources, cycle: 1, state: 'downloading' },
  });
  await database.close();
  return { folder, consentId, exportId };
}

/** A real S3 server over a plain folder, from the cache that the tests fill. @returns undefined where there is none */
async function startS3(folder) {
  const cache = ours('dev/cache-dir.js').defaultCacheDir(process.env);
  const program = join(cache, 'versitygw-1.8.0', 'versitygw');
  if (!existsSync(program)) return undefined;
  const buckets = join(folder, 'buckets');
  mkdirSync(join(buckets, 'portage-bench'), { recursive: true });
  const port = await freePort();
  const s3Credentials = { accessKeyId: 'bench-access', secretAccessKey: randomBytes(12).toString('hex') };
  const child = spawn(
    program,
    [
      ...['--access', s3Credentials.accessKeyId, '--secret', s3Credentials.secretAccessKey],
      ...['--port', `127.0.0.1:${port}`, '--health', '/health', '--keep-alive', '--quiet', 'posix', buckets],
    ],
    { stdio: 'ignore' },
  );
  const endpoint = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${endpoint}/health`).catch(() => undefined))?.ok) await pause(50);
  return {
    storageUrl: `s3://portage-bench?region=us-east-1&endpoint=${encodeURIComponent(endpoint)}&forcePathStyle=true`,
    s3Credentials,
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
