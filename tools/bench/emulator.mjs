// The emulator: its start, half a year of one user, and a 50 GB archive to `curl` against a bare server of the same bytes.
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compare, measure } from './compare.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const main = join(root, 'dist/main.js');
const { startEmulator } = createRequire(import.meta.url)(join(root, 'dist/emulator/index.js'));
const client = { clientId: 'bench', clientSecret: 'bench-secret', redirectUris: ['http://localhost:1/callback'] };
const hour = 3_600_000;
const bytes = 50_000_000_000;

/** @param args the archive's size in GB for a shorter run, for example `emulator 5` */
export async function bench([gigabytes]) {
  const size = gigabytes === undefined ? bytes : Number(gigabytes) * 1e9;
  await measure('portage emulator, from start to its printed address', 's', 5, startTime);
  await measure('180 virtual days of one user, an export of the last three days each day', 's', 5, halfYear);
  await largeArchive(size);
}

/** Seconds until the emulator, as a process of its own, says where it listens. */
async function startTime() {
  const startedAt = performance.now();
  const { stop } = await startProcess([]);
  const seconds = (performance.now() - startedAt) / 1_000;
  await stop();
  return seconds;
}

/** Starts the executable on a free port. Resolves with its address once it has printed it. */
async function startProcess(options) {
  const child = spawn(process.execPath, [main, 'emulator', '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return {
    url: String(line).trim(),
    pid: child.pid,
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
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

/** The archive is generated as it is sent; the rival only repeats one buffer, and knows no checksum. */
async function largeArchive(size) {
  const emulator = await startProcess([
    '--client-id',
    client.clientId,
    '--client-secret',
    client.clientSecret,
    '--redirect-uri',
    ...client.redirectUris,
    '--job-duration',
    '0',
  ]);
  await post(
    `${emulator.url}/_emulator/jobs`,
    { mediaBytes: size, mediaFiles: 1, dataParts: 1, manifest: 'same-part' },
    true,
  );
  const { access_token: token } = await grant(emulator.url, 'youtube.public_videos', 'once');
  const [link] = await links(emulator.url, token, await initiate(emulator.url, token, 'youtube.public_videos'));
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

/** Resident memory of a process; Linux only, 0 elsewhere. */
function residentMiB(pid) {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024);
  } catch {
    return 0;
  }
}

async function grant(url, resource, access) {
  await post(`${url}/_emulator/consent`, { next: { access } }, true);
  const verifier = randomBytes(32).toString('base64url');
  const authorize = new URL(`${url}/o/oauth2/v2/auth`);
  authorize.search = new URLSearchParams({
    client_id: client.clientId,
    redirect_uri: client.redirectUris[0],
    response_type: 'code',
    access_type: 'offline',
    prompt: 'consent',
    state: 'bench',
    scope: `https://www.googleapis.com/auth/dataportability.${resource}`,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  const answer = await fetch(authorize, { redirect: 'manual' });
  const code = new URL(answer.headers.get('location')).searchParams.get('code');
  return post(`${url}/token`, {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: client.redirectUris[0],
  });
}

const initiate = async (url, token, resource, window = {}) =>
  (await post(`${url}/v1/portabilityArchive:initiate`, { resources: [resource], ...window }, true, token)).archiveJobId;

const links = async (url, token, jobId) => {
  const answer = await fetch(`${url}/v1/archiveJobs/${jobId}/portabilityArchiveState`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return (await answer.json()).urls;
};

async function post(url, body, json = false, token = undefined) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      ...(json ? { 'content-type': 'application/json' } : {}),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: json
      ? JSON.stringify(body)
      : new URLSearchParams({ client_id: client.clientId, client_secret: client.clientSecret, ...body }),
  });
  if (!answer.ok) throw new Error(`${new URL(url).pathname} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
