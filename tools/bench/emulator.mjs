// The emulator: its start, half a year of one user, and a 50 GB archive to `curl` against a bare server of the same bytes.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  asClient,
  client,
  grant,
  initiate,
  links,
  linkToArchive,
  post,
  residentMiB,
  startEmulatorProcess,
} from '../emulator-process.mjs';
import { compare, measure } from './compare.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const { startEmulator } = createRequire(import.meta.url)(join(root, 'dist/emulator/index.js'));
const hour = 3_600_000;
const bytes = 50_000_000_000;

/** @param args the archive's size in GB for a shorter run, for example `emulator 5` */
export async function bench([gigabytes]) {
  const size = gigabytes === undefined ? bytes : Number(gigabytes) * 1e9;
  await measure('portage emulator, from start to its printed address', 's', 5, startTime);
  await measure('180 virtual days of one user, an export of the last three days each day', 's', 5, halfYear);
  await largeArchive(size);
}

/** Seconds until the emulator, as a process of its own, prints its address. */
async function startTime() {
  const startedAt = performance.now();
  const { stop } = await startEmulatorProcess([]);
  const seconds = (performance.now() - startedAt) / 1_000;
  await stop();
  return seconds;
}

/** Seconds that 180 exports on the virtual clock take, one a day. */
async function halfYear() {
  const emulator = await startEmulator({
    clients: [client],
    clock: { mode: 'set', at: '2026-01-01T00:00:00Z' },
    jobs: { dataParts: 1, manifest: 'same-part' },
  });
  const startedAt = performance.now();
  const { refresh_token: refreshToken } = await grant(emulator.url, 'chrome.history', '180d');
  for (let day = 0; day < 180; day += 1) {
    const { access_token: token } = await post(`${emulator.url}/token`, {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    });
    const startTime = new Date(emulator.control.clock.now() - 72 * hour).toISOString();
    const jobId = await initiate(emulator.url, token, 'chrome.history', { startTime });
    emulator.control.clock.advance(hour / 2);
    await links(emulator.url, token, jobId);
    emulator.control.clock.advance(24 * hour - hour / 2);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  await emulator.stop();
  return seconds;
}

/** The archive is generated as it is sent; the rival only repeats one buffer, and has no checksum. */
async function largeArchive(size) {
  const emulator = await startEmulatorProcess(asClient);
  const link = await linkToArchive(emulator.url, size);
  const bare = await bareServer(size);
  let serverPeak = residentMiB(emulator.pid);
  const sample = setInterval(() => (serverPeak = Math.max(serverPeak, residentMiB(emulator.pid))), 200);
  const before = serverPeak;
  let curlPeak = 0;
  const fetchWithCurl = async (url) => {
    const { rate, peak } = await curl(url, size);
    curlPeak = Math.max(curlPeak, peak);
    return rate;
  };
  await compare(`curl of ${size / 1e9} GB on loopback`, 'GB/s', 3, {
    ours: () => fetchWithCurl(link),
    rival: () => fetchWithCurl(bare.url),
    rivalName: 'a bare Node server that repeats one buffer',
  });
  clearInterval(sample);
  console.log(
    `resident memory: emulator ${before} MiB before, ${serverPeak} MiB at most; curl ${curlPeak} MiB at most`,
  );
  await bare.stop();
  await emulator.stop();
}

async function bareServer(size) {
  const chunk = randomBytes(1 << 18);
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-length': size });
    let left = size;
    const send = () => {
      while (left > 0) {
        const piece = left < chunk.length ? chunk.subarray(0, left) : chunk;
        left -= piece.length;
        if (!response.write(piece)) return void response.once('drain', send);
      }
      response.end();
    };
    send();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** GB a second, and curl's greatest resident memory. Throws unless every byte came. */
async function curl(url, size) {
  const child = spawn('curl', ['-sS', '-o', '/dev/null', '-w', '%{size_download} %{time_total}', url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  let peak = 0;
  const sample = setInterval(() => (peak = Math.max(peak, residentMiB(child.pid))), 200);
  await once(child, 'close');
  clearInterval(sample);
  const [received, seconds] = output.split(' ').map(Number);
  if (received < size) throw new Error(`curl got ${received} of at least ${size} bytes`);
  return { rate: received / seconds / 1e9, peak };
}
