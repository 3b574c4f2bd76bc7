// Downloads one archive with Portage's own code in a process of its own, to be killed by tests and measured by benchmarks.
//
// Standard input: one JSON object, see below. Standard output: `ready`, then `segment` for each one that was stored, then
// one JSON object with the length, the seconds and the greatest resident memory in MiB. Segments stored before are kept,
// unless `warmUp` asks for one download that does not count, as of a worker that has run for a while.
import { Buffer } from 'node:buffer';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const load = createRequire(import.meta.url);
const ours = (path) => load(join(root, 'dist', path));

const {
  database: location,
  storageUrl,
  s3Credentials,
  links,
  origin,
  consentId,
  exportId,
  vaultKey,
  segmentBytes,
  concurrency,
  quiet = false,
  warmUp = false,
} = JSON.parse(await text(process.stdin));

const { deleteStored } = ours('archive/delete/delete-stored.js');
const { downloadPart } = ours('archive/fetch/download-part.js');
const { createEgress } = ours('network/egress.js');
const { createDownloadProgress } = ours('archive/fetch/download-progress.js');
const { createFreshLinks } = ours('archive/fetch/fresh-links.js');
const { createDownloadMemory } = ours('archive/fetch/download-memory.js');
const { exportPrefix } = ours('archive/store/segment-seal.js');
const { openDatabase } = ours('database/open-database.js');
const { createDataKeys } = ours('database/data-keys.js');
const { createExportKeys } = ours('database/export-keys.js');
const { createPartStore } = ours('database/parts.js');
const { parseStorageUrl } = ours('storage/location.js');
const { openStorage } = ours('storage/open.js');
const { createVault } = ours('vault.js');

const database = await openDatabase(location);
const parts = createPartStore(database.db);
const dataKeys = createDataKeys(database.db, createVault([{ id: 'k1', key: Buffer.from(vaultKey, 'base64') }]));
const storage = await openStorage(parseStorageUrl(storageUrl), s3Credentials);
const egress = createEgress({ emulatorOrigin: origin });
const fresh = createFreshLinks(links, () => Promise.resolve(links), origin);
const written = createDownloadProgress(fresh.objects().length, (state) =>
  parts.recordProgress(exportId, state, new Date()),
);
const progress = {
  ...written,
  stored(...args) {
    written.stored(...args);
    if (!quiet) process.stdout.write('segment\n');
  },
};
process.stdout.write('ready\n');

const key = await createExportKeys(database.db, dataKeys).create({ consentId, exportId }, new Date());
const memory = createDownloadMemory(384 * 1024 * 1024);
const turn = { isOver: () => false };
const signal = new globalThis.AbortController().signal;

async function download() {
  const startedAt = performance.now();
  let bytes = 0;
  for (const object of fresh.objects()) {
    const part = await parts.claim(exportId, object);
    const borrower = { hostAppId: 'the only one', consentId };
    const settings = { segmentBytes, concurrency, borrower, turn, key, links: fresh, progress, signal };
    const stored = await downloadPart({ egress, storage, parts, memory, now: () => new Date() }, { ...settings, part });
    bytes += stored.bytes;
  }
  await progress.flush();
  return { bytes, seconds: (performance.now() - startedAt) / 1_000 };
}

if (warmUp) {
  await download();
  await parts.dropAll(exportId);
  await deleteStored(storage, exportPrefix(consentId, exportId), signal);
}
const { bytes, seconds } = await download();
await egress.close();
await database.close();
const peakMiB = Math.round(process.resourceUsage().maxRSS / 1_024);
process.stdout.write(`${JSON.stringify({ bytes, seconds, peakMiB })}\n`);
