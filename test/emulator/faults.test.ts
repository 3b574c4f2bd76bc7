/** Faults on order: each kind has its effect, on the call it names, and unmet ones are reported. */
import { createHash } from 'node:crypto';
import type { Emulator, FaultOrder } from '../../src/emulator';
import { fetchBytes } from './archive-reader';
import { call, consent, hour, initiatePath, linksOf, start, startTestEmulator } from './harness';

describe('faults', () => {
  let emulator: Emulator;
  let token: string;
  beforeEach(async () => {
    emulator = await startTestEmulator();
    token = (await consent(emulator, ['myactivity.search', 'chrome.history'], { access: '30d' })).access_token;
  });
  const initiate = (resource = 'chrome.history') => call(emulator, token, initiatePath, { resources: [resource] });
  const jobs = () => emulator.control.state.jobs.length;
  const finishedLink = async () => {
    const jobId = await start(emulator, token, 'chrome.history');
    emulator.control.clock.advance(hour / 2);
    return String((await linksOf(emulator, token, jobId))[0]);
  };

  it('answer instead of the effect, or after it', async () => {
    emulator.control.addFault({ method: 'initiate', status: 503, body: '<h1>Busy</h1>' });
    const before = await initiate();
    expect([before.status, before.body, jobs()]).toEqual([503, { text: '<h1>Busy</h1>' }, 0]);
    emulator.control.addFault({ method: 'initiate', when: 'after', status: 500, body: { error: { code: 500 } } });
    const after = await initiate();
    expect([after.status, after.body, jobs()]).toEqual([500, { error: { code: 500 } }, 1]);
  });

  it('cut the connection before the effect, or after it', async () => {
    emulator.control.addFault({ method: 'initiate', cut: true });
    await expect(initiate()).rejects.toThrow();
    expect(jobs()).toBe(0);
    emulator.control.addFault({ method: 'initiate', cut: true, when: 'after' });
    await expect(initiate()).rejects.toThrow();
    expect(jobs()).toBe(1);
    expect(
      emulator.control
        .requests()
        .filter(({ method }) => method === 'initiate')
        .map(({ status }) => status),
    ).toEqual(['cut', 'cut']);
  });

  it('befall the n-th call, as often as ordered, of one resource, account or job only', async () => {
    emulator.control.addFault({ method: 'check', call: 2, times: 2, status: 503 });
    const check = async () => (await call(emulator, token, '/v1/accessType:check', {})).status;
    expect([await check(), await check(), await check(), await check()]).toEqual([200, 503, 503, 200]);

    emulator.control.addFault({ method: 'initiate', resource: 'myactivity.search', status: 503 });
    expect((await initiate('chrome.history')).status).toBe(200);
    expect((await initiate('myactivity.search')).status).toBe(503);

    const other = (await consent(emulator, ['chrome.history'], { account: 'bruno@example.de' })).access_token;
    emulator.control.addFault({ method: 'check', account: 'bruno@example.de', status: 503 });
    expect(await check()).toBe(200);
    expect((await call(emulator, other, '/v1/accessType:check', {})).status).toBe(503);

    const [job] = emulator.control.state.jobs;
    emulator.control.addFault({ method: 'state', jobId: 'another', status: 503 });
    expect((await call(emulator, token, `/v1/archiveJobs/${String(job?.jobId)}/portabilityArchiveState`)).status).toBe(
      200,
    );
  });

  it('that no call met are reported, by control plane and in-process alike', async () => {
    const name = emulator.control.addFault({ method: 'retry', times: 2, cut: true });
    const { unmet } = (await (await fetch(`${emulator.url}/_emulator/faults`)).json()) as { unmet: unknown[] };
    expect(unmet).toEqual([expect.objectContaining({ name, method: 'retry', met: 0, times: 2 })]);
    emulator.control.clearFaults();
    expect(emulator.control.unmetFaults()).toEqual([]);
  });

  it('delay an answer', async () => {
    emulator.control.addFault({ method: 'check', delayMs: 150, when: 'after' });
    const startedAt = performance.now();
    expect((await call(emulator, token, '/v1/accessType:check', {})).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(140);
  });

  it('cut a download at any byte', async () => {
    const link = await finishedLink();
    const whole = await fetchBytes(link);
    for (const cutAtByte of [0, 1, Math.floor(whole.length / 2), whole.length - 1]) {
      emulator.control.addFault({ method: 'download', cutAtByte });
      const received: Uint8Array[] = [];
      const reading = async () => {
        const response = await fetch(link);
        for await (const chunk of response.body ?? []) received.push(chunk);
      };
      await expect(reading()).rejects.toThrow();
      expect(Buffer.concat(received)).toEqual(whole.subarray(0, cutAtByte));
    }
    const log = emulator.control.requests().filter(({ method, status }) => method === 'download' && status === 'cut');
    expect(log.map(({ bytesSent }) => bytesSent)).toEqual([0, 1, Math.floor(whole.length / 2), whole.length - 1]);
  });

  it('slow a download down', async () => {
    const link = await finishedLink();
    const whole = await fetchBytes(link);
    emulator.control.addFault({ method: 'download', bytesPerSecond: whole.length * 4 });
    const startedAt = performance.now();
    expect(await fetchBytes(link)).toEqual(whole);
    expect(performance.now() - startedAt).toBeGreaterThan(200);
  });

  it('slow a download down only until they are cleared', async () => {
    const link = await finishedLink();
    const whole = await fetchBytes(link);
    // The download alone would outlast the test.
    emulator.control.addFault({ method: 'download', bytesPerSecond: 1 });
    const response = await fetch(link);
    emulator.control.clearFaults();
    expect(Buffer.from(await response.arrayBuffer())).toEqual(whole);
  });

  it('truncate, damage or mislabel a download', async () => {
    const link = await finishedLink();
    const whole = await fetchBytes(link);
    const spoiled = async (fault: Omit<FaultOrder, 'method'>) => {
      emulator.control.addFault({ method: 'download', ...fault });
      const response = await fetch(link);
      return {
        length: response.headers.get('content-length'),
        bytes: Buffer.from(await response.arrayBuffer()),
        response,
      };
    };
    const short = await spoiled({ truncateTo: 100 });
    expect([short.length, short.bytes]).toEqual(['100', whole.subarray(0, 100)]);
    expect(short.response.headers.get('x-goog-stored-content-length')).toBe(String(whole.length));

    const wrong = await spoiled({ wrongByteAt: 40 });
    expect(wrong.bytes.findIndex((byte, index) => byte !== whole[index])).toBe(40);
    expect(wrong.bytes.subarray(41)).toEqual(whole.subarray(41));

    const fewer = await spoiled({ lengthError: -10 });
    expect([fewer.length, fewer.bytes.length]).toEqual([String(whole.length - 10), whole.length - 10]);
    await expect(spoiled({ lengthError: 10 })).rejects.toThrow();

    const page = await spoiled({ status: 200, body: '<html>Sorry</html>' });
    expect([page.response.status, String(page.bytes)]).toEqual([200, '<html>Sorry</html>']);
    const xml = await spoiled({ status: 403, body: '<Error/>', contentType: 'application/xml' });
    expect([xml.response.status, xml.response.headers.get('content-type')]).toEqual([403, 'application/xml']);
    expect(
      createHash('md5')
        .update(await fetchBytes(link))
        .digest('hex'),
    ).toBe(createHash('md5').update(whole).digest('hex'));
  });

  it('send a download somewhere else', async () => {
    const link = await finishedLink();
    emulator.control.addFault({ method: 'download', redirect: 'http://169.254.169.254/latest' });
    const response = await fetch(link, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, 'http://169.254.169.254/latest']);
  });

  it('skew the Date header, which otherwise shows the emulator’s clock', async () => {
    const date = async () => (await call(emulator, token, '/v1/accessType:check', {})).response.headers.get('date');
    expect(await date()).toBe('Sun, 01 Mar 2026 09:30:00 GMT');
    emulator.control.addFault({ method: 'check', skewMs: -2 * hour });
    expect(await date()).toBe('Sun, 01 Mar 2026 07:30:00 GMT');
  });
});
