// The emulator as a process of its own, and the calls of an app that gets links to an archive from it; for benchmarks.
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = join(dirname(fileURLToPath(import.meta.url)), '../dist/main.js');

export const client = {
  clientId: 'bench',
  clientSecret: 'bench-secret',
  redirectUris: ['http://localhost:1/callback'],
};

/** The options with which the emulator knows {@link client}, and makes every archive at once. */
export const asClient = [
  '--client-id',
  client.clientId,
  '--client-secret',
  client.clientSecret,
  '--redirect-uri',
  ...client.redirectUris,
  '--job-duration',
  '0',
];

/** Starts the executable on a free port. Resolves with its address once it has printed it. */
export async function startEmulatorProcess(options) {
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

/** A link to an archive of one part and about this many bytes, generated while it is sent. */
export async function linkToArchive(url, bytes) {
  await post(`${url}/_emulator/jobs`, { mediaBytes: bytes, mediaFiles: 1, dataParts: 1, manifest: 'same-part' }, true);
  const { access_token: token } = await grant(url, 'youtube.public_videos', 'once');
  const [link] = await links(url, token, await initiate(url, token, 'youtube.public_videos'));
  return link;
}

/** Resident memory of a process; Linux only, 0 elsewhere. */
export function residentMiB(pid) {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024);
  } catch {
    return 0;
  }
}

export async function grant(url, resource, access) {
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

export const initiate = async (url, token, resource, window = {}) =>
  (await post(`${url}/v1/portabilityArchive:initiate`, { resources: [resource], ...window }, true, token)).archiveJobId;

export const links = async (url, token, jobId) => {
  const answer = await fetch(`${url}/v1/archiveJobs/${jobId}/portabilityArchiveState`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return (await answer.json()).urls;
};

export async function post(url, body, json = false, token = undefined) {
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
