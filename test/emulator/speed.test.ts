/** What the emulator may cost: its start, half a year on its clock, and a large archive. */
import { crc32c } from '@node-rs/crc32';
import { consent, day, hour, linksOf, refresh, start, startTestEmulator } from './harness';

describe('the emulator', () => {
  it('starts in under a second', async () => {
    const startedAt = performance.now();
    await startTestEmulator();
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  // Processor time of emulator and client together: what else the machine does is not the emulator's doing.
  it('lets 180 days of one user go by in under two seconds, a finished export a day', async () => {
    const emulator = await startTestEmulator({ jobs: { dataParts: 1, manifest: 'same-part' } });
    const { refresh_token: refreshToken = '' } = await consent(emulator, ['chrome.history'], { access: '180d' });
    const before = process.cpuUsage();
    for (let count = 0; count < 180; count += 1) {
      const { access_token: token } = (await (await refresh(emulator, refreshToken)).json()) as {
        access_token: string;
      };
      const now = emulator.control.clock.now();
      const jobId = await start(emulator, token, 'chrome.history', {
        startTime: new Date(now - 3 * day).toISOString(),
      });
      emulator.control.clock.advance(hour / 2);
      expect(await linksOf(emulator, token, jobId)).toHaveLength(1);
      emulator.control.clock.advance(day - hour / 2);
    }
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(2000);
    expect(emulator.control.state.jobs).toHaveLength(180);
  });

  it('sends 5 GB with flat memory, and the checksum it announced', async () => {
    const size = 5_000_000_000;
    const settings = { mediaBytes: size, mediaFiles: 1, dataParts: 1, manifest: 'same-part' as const };
    const emulator = await startTestEmulator({ jobs: settings });
    const { access_token: token } = await consent(emulator, ['youtube.public_videos']);
    const jobId = await start(emulator, token, 'youtube.public_videos');
    emulator.control.clock.advance(hour / 2);
    const [link = ''] = await linksOf(emulator, token, jobId);
    const response = await fetch(link);
    let [received, sum, growth, sampledAt] = [0, 0, 0, 0];
    const before = process.memoryUsage.rss();
    for await (const chunk of response.body ?? []) {
      received += chunk.length;
      sum = crc32c(chunk, sum);
      if (received - sampledAt < 100_000_000) continue;
      sampledAt = received;
      growth = Math.max(growth, process.memoryUsage.rss() - before);
    }
    expect(sampledAt).toBeGreaterThan(4_800_000_000);
    expect(received).toBe(Number(response.headers.get('content-length')));
    const announced = Buffer.alloc(4);
    announced.writeUInt32BE(sum);
    expect(response.headers.get('x-goog-hash')).toBe(`crc32c=${announced.toString('base64')}`);
    expect(growth).toBeLessThan(200 * 1024 * 1024);
  });
});
