/** Large amounts of data in the emulator: half a year of one user, and an archive larger than memory. */
import { readFileSync } from 'node:fs';

import { crc32c } from '@node-rs/crc32';

import { startProgram, until } from '../support/program';
import {
  authorizeUrl,
  clientId,
  clientSecret,
  consent,
  day,
  exchange,
  hour,
  linksOf,
  redirectUri,
  refresh,
  start,
  startTestEmulator,
  visit,
} from './harness';

it('lets 180 days of one user go by, a finished export a day', async () => {
  const emulator = await startTestEmulator({ jobs: { dataParts: 1, manifest: 'same-part' } });
  const { refresh_token: refreshToken = '' } = await consent(emulator, ['chrome.history'], { access: '180d' });
  for (let count = 0; count < 180; count += 1) {
    const { access_token: token } = (await (await refresh(emulator, refreshToken)).json()) as { access_token: string };
    const startTime = new Date(emulator.control.clock.now() - 3 * day).toISOString();
    const jobId = await start(emulator, token, 'chrome.history', { startTime });
    emulator.control.clock.advance(hour / 2);
    expect(await linksOf(emulator, token, jobId)).toHaveLength(1);
    emulator.control.clock.advance(day - hour / 2);
  }
  expect(emulator.control.state.jobs).toHaveLength(180);
});

it('sends 5 GB with flat memory on both sides, and the checksum it announced', async () => {
  const client = ['--client-id', clientId, '--client-secret', clientSecret, '--redirect-uri', redirectUri];
  const program = startProgram(['emulator', '--port', '0', '--job-duration', '0s', ...client], {});
  try {
    const url = await until('the emulator’s address', () => /^http:\S+$/m.exec(program.output())?.[0]);
    const send = (path: string, body: unknown) =>
      fetch(`${url}/_emulator/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    await send('jobs', { mediaBytes: 5_000_000_000, mediaFiles: 1, dataParts: 1, manifest: 'same-part' });
    await send('consent', { next: { access: 'once' } });
    const emulator = { url };
    const answer = await visit(authorizeUrl(emulator, ['youtube.public_videos']));
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const { access_token: token } = (await (await exchange(emulator, code)).json()) as { access_token: string };
    const [link = ''] = await linksOf(emulator, token, await start(emulator, token, 'youtube.public_videos'));

    const response = await fetch(link);
    const size = Number(response.headers.get('content-length'));
    let [received, sum, sampledAt] = [0, 0, 0];
    const early = { emulator: 0, client: 0 };
    const late = { emulator: 0, client: 0 };
    for await (const chunk of response.body ?? []) {
      received += chunk.length;
      sum = crc32c(chunk, sum);
      if (received - sampledAt < 100_000_000) continue;
      sampledAt = received;
      const peak = received < size / 2 ? early : late;
      peak.emulator = Math.max(peak.emulator, residentBytes(program.pid));
      peak.client = Math.max(peak.client, process.memoryUsage.rss());
    }
    expect(received).toBe(size);
    expect(size).toBeGreaterThan(5_000_000_000);
    const announced = Buffer.alloc(4);
    announced.writeUInt32BE(sum);
    expect(response.headers.get('x-goog-hash')).toBe(`crc32c=${announced.toString('base64')}`);
    expect(late.emulator - early.emulator).toBeLessThan(64 * 1024 * 1024);
    // The chunks that wait here to be collected are more on a busy machine, yet never the archive.
    expect(late.client - early.client).toBeLessThan(1024 * 1024 * 1024);
  } finally {
    await program.stop();
  }
});

/** Resident memory of another process, where the system reports it as Linux does. */
function residentBytes(pid: number): number {
  return process.platform === 'linux'
    ? Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1_024
    : 0;
}
