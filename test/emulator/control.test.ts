/** The control plane under /_emulator/. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Emulator } from '../../src/emulator';
import { startEmulator } from '../../src/emulator';
import { fetchBytes, unzipAll } from './archive-reader';
import {
  authorizeUrl,
  call,
  clientId,
  clientSecret,
  consent,
  hour,
  linksOf,
  redirectUri,
  refresh,
  start,
  startTestEmulator,
  visit,
} from './harness';

describe('the control plane', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startTestEmulator();
  });
  const send = async (path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') => {
    const response = await fetch(`${emulator.url}/_emulator/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it('sets, scales and advances the clock', async () => {
    expect((await send('clock')).body).toEqual({ mode: 'set', scale: 0, now: '2026-03-01T09:30:00.000Z' });
    expect((await send('clock', { advanceMs: 90_000 })).body['now']).toBe('2026-03-01T09:31:30.000Z');
    expect((await send('clock', { mode: 'set', at: '2027-01-01T00:00:00+01:00' })).body['now']).toBe(
      '2026-12-31T23:00:00.000Z',
    );
    await send('clock', { mode: 'scaled', scale: 100_000, at: '2027-01-01T00:00:00Z' });
    const first = Date.parse(String((await send('clock')).body['now']));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const second = Date.parse(String((await send('clock')).body['now']));
    expect(second - first).toBeGreaterThan(1_500_000);
    expect((await send('clock', { advanceMs: -1 })).status).toBe(400);
    const backwards = await send('clock', { mode: 'backwards' });
    expect(backwards.status).toBe(400);
    expect(backwards.body['error']).toContain('Send {"advanceMs": 3600000}');
    expect((await send('clock/advance', { milliseconds: 1 })).status).toBe(404);
    expect((await send('clock', { mode: 'real' })).body['mode']).toBe('real');
  });

  it('decides on the consent screen for the next person or for everybody', async () => {
    const where = async () => (await visit(authorizeUrl(emulator, ['chrome.history']))).headers.get('location');
    expect(await where()).toBeNull();
    await send('consent', { next: { decline: true } });
    expect(await where()).toContain('error=access_denied');
    expect(await where()).toBeNull();
    await send('consent', { always: { access: '180d', account: 'daiki@example.com' } });
    expect(await where()).toContain('code=');
    expect(await where()).toContain('authuser=3');
    await send('consent', { always: null });
    expect(await where()).toBeNull();
    expect((await send('consent', { next: { access: '7d' } })).status).toBe(400);
  });

  it('logs every request in order, without a secret', async () => {
    const tokens = await consent(emulator, ['chrome.history'], { access: '30d' });
    await refresh(emulator, tokens.refresh_token ?? '');
    const jobId = await start(emulator, tokens.access_token, 'chrome.history');
    emulator.control.clock.advance(hour / 2);
    const links = await linksOf(emulator, tokens.access_token, jobId);
    await fetchBytes(links[0] ?? '');
    await call(emulator, tokens.access_token, '/v1/nothing');
    const { requests } = (await send('requests')).body as { requests: Record<string, unknown>[] };
    expect(requests.map(({ method, status }) => [method, status])).toEqual([
      ['authorize', 302],
      ['token', 200],
      ['token', 200],
      ['initiate', 200],
      ['state', 200],
      ['download', 200],
      ['unknown', 404],
    ]);
    expect(requests[3]).toMatchObject({
      accountId: '1',
      resources: ['chrome.history'],
      at: '2026-03-01T09:30:00.000Z',
    });
    expect(requests[5]).toMatchObject({ jobId, accountId: '1', authorized: false });
    const text = JSON.stringify(requests);
    const signature = new URL(links[0] ?? '').searchParams.get('X-Goog-Signature') ?? '';
    for (const secret of [tokens.access_token, tokens.refresh_token ?? '', clientSecret, signature]) {
      expect(secret.length).toBeGreaterThan(10);
      expect(text).not.toContain(secret);
    }
    const only = (await send('requests?method=initiate')).body as { requests: unknown[] };
    expect(only.requests).toHaveLength(1);
    await send('requests', undefined, 'DELETE');
    expect((await send('requests')).body).toEqual({ requests: [] });
  });

  it('changes jobs, switches and accounts, and refuses unknown ones', async () => {
    expect((await send('jobs', { failNext: 2 })).body).toMatchObject({ settings: { failNext: 2, dataParts: 2 } });
    expect((await send('jobs', { failNext: -1 })).status).toBe(400);
    expect((await send('jobs', { speed: 1 })).status).toBe(400);
    expect((await send('switches', { set: 'strict' })).body).toMatchObject({ Q14: 'B', Q16: 'C' });
    expect((await send('switches', { Q14: 'A' })).body).toMatchObject({ Q14: 'A', Q16: 'C' });
    expect((await send('switches', { question: 'A' })).status).toBe(400);
    expect((await send('accounts', { email: 'eva@example.com', name: 'Eva', locale: 'de' })).body).toMatchObject({
      accountId: '9',
    });
    expect((await send('accounts/eva@example.com', { under18: true })).body).toMatchObject({ under18: true });
    expect((await send('accounts/nobody@example.com', { under18: true })).status).toBe(400);
    expect((await send('faults', { method: 'initiate', cutt: true })).status).toBe(400);
  });

  it('takes a real ZIP as an account’s answer for a resource', async () => {
    const source = await startTestEmulator();
    const other = (await consent(source, ['chrome.history'])).access_token;
    const made = await start(source, other, 'chrome.history');
    source.control.clock.advance(hour / 2);
    const parts = await Promise.all((await linksOf(source, other, made)).map(fetchBytes));

    const put = (body: Buffer) =>
      fetch(`${emulator.url}/_emulator/accounts/ada@example.com/archives/chrome.bookmarks`, {
        method: 'PUT',
        body: new Uint8Array(body),
      });
    for (const part of parts) expect((await put(part)).status).toBe(200);
    expect((await put(Buffer.from('no archive'))).status).toBe(400);
    const { access_token: token } = await consent(emulator, ['chrome.bookmarks']);
    const jobId = await start(emulator, token, 'chrome.bookmarks');
    emulator.control.clock.advance(hour / 2);
    const files = await unzipAll(await linksOf(emulator, token, jobId));
    expect([...files.keys()].sort()).toEqual(['Portability/Chrome/History.json', 'Portability/archive_browser.json']);
  });

  it('starts afresh on reset', async () => {
    const tokens = await consent(emulator, ['chrome.history']);
    emulator.control.addFault({ method: 'reset', cut: true });
    emulator.control.clock.advance(hour);
    await send('reset', {});
    expect((await refresh(emulator, tokens.refresh_token ?? '')).status).toBe(400);
    expect(emulator.control.unmetFaults()).toEqual([]);
    expect(emulator.control.clock.iso()).toBe('2026-03-01T09:30:00.000Z');
    expect(emulator.control.requests().map(({ method }) => method)).toEqual(['token']);
  });

  it('is left out beyond loopback unless asked for', async () => {
    const clients = [{ clientId, clientSecret, redirectUris: [redirectUri] }];
    const open = await startEmulator({ clients, host: '0.0.0.0' });
    const asked = await startEmulator({ clients, host: '0.0.0.0', control: true });
    const status = async (one: Emulator) => (await fetch(`http://127.0.0.1:${one.port}/_emulator/clock`)).status;
    expect([await status(open), await status(asked)]).toEqual([404, 200]);
    await open.stop();
    await asked.stop();
  });
});

describe('the clock', () => {
  it('is the only place that reads the system time', () => {
    const files = readdirSync('src/emulator', { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `src/emulator/${name}`);
    expect(files.length).toBeGreaterThan(50);
    for (const file of files.filter((name) => !name.endsWith('clock.ts'))) {
      expect([file, /Date\.now\(|new Date\(\)|performance\.now|hrtime/.test(readFileSync(file, 'utf8'))]).toEqual([
        file,
        false,
      ]);
    }
  });
});
