// Every answer of the server: the headers for browsers, authentication, and unknown addresses.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadConfig } from '../../src/config';
import { bindListener } from '../../src/listener';
import { createLogger } from '../../src/log';
import { openPortage, type Portage } from '../../src/portage';
import { startServer, type RunningServer } from '../../src/server/start';
import { databaseSettings } from '../support/database';

const publicUrl = 'https://portage.example.com';
const page = { accept: 'text/html' };
const logLines: string[] = [];
let dataDir: string;
let portage: Portage;
let server: RunningServer;
let database: Awaited<ReturnType<typeof databaseSettings>>;
let apiKey: string;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'portage-test-app-'));
  const listener = await bindListener({ host: '127.0.0.1', port: 0 });
  database = await databaseSettings();
  const config = loadConfig({
    ...database.settings,
    PUBLIC_URL: publicUrl,
    PORT: String(listener.port),
    DATA_DIR: dataDir,
    VAULT_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    GOOGLE_CLIENT_ID: 'an-id',
    GOOGLE_CLIENT_SECRET: 'a-secret',
    TEMPORAL_ADDRESS: '127.0.0.1:9',
  });
  portage = await openPortage(config);
  await portage.database.migrate();
  server = await startServer(portage, createLogger('info', { write: (line: string) => void logLines.push(line) }), {
    listener,
  });
  apiKey = (await portage.hostApps.createApiKey('An app', { confirmation: false })).key;
});
afterAll(async () => {
  await server.stop();
  await portage.close();
  await database.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(server.url + path, { headers, method, redirect: 'manual' });

async function createSession(key: string): Promise<Record<string, string>> {
  const answer = await fetch(`${server.url}/v1/connect-sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ userId: '42', resources: ['myactivity.search'] }),
  });
  return (await answer.json()) as Record<string, string>;
}

/** Sends bytes as they are. @returns the answer until the server closes the connection */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write(text));
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
    socket.on('error', reject);
  });
}

describe('every answer', () => {
  it.each([
    ['/', page, 'text/html; charset=utf-8'],
    ['/nothing', page, 'text/html; charset=utf-8'],
    ['/healthz', {}, 'application/json; charset=utf-8'],
    ['/v1/consents/con_1', {}, 'application/problem+json; charset=utf-8'],
    ['/public/portage.css', {}, 'text/css; charset=utf-8'],
    ['/public/follow.js', {}, 'text/javascript; charset=utf-8'],
  ])('of %s has the security headers for browsers', async (path, headers, contentType) => {
    const answer = await ask(path, headers);
    expect(answer.headers.get('content-type')).toBe(contentType);
    expect(answer.headers.get('content-security-policy')?.split(';').toSorted()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "form-action 'self' https://accounts.google.com",
      "frame-ancestors 'none'",
      "img-src 'self' data:",
      "script-src 'self'",
      "style-src 'self'",
    ]);
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('referrer-policy')).toBe('same-origin');
    expect(answer.headers.get('x-powered-by')).toBeNull();
  });

  it('lets no page of another origin read it', async () => {
    for (const method of ['GET', 'OPTIONS']) {
      const answer = await ask(
        '/v1/health',
        { origin: 'https://evil.example', authorization: `Bearer ${apiKey}` },
        method,
      );
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });
});

describe('the cookie of a browser', () => {
  it('is read by no script, sent by https only, and not sent with a form of another site', async () => {
    const { connectUrl = '' } = await createSession(apiKey);
    const body = new URLSearchParams({ link: connectUrl });
    const answer = await fetch(`${server.url}/connect/open`, { method: 'POST', redirect: 'manual', body });
    const [cookie = '', ...others] = answer.headers.getSetCookie();
    expect(others).toEqual([]);
    const [pair = '', ...attributes] = cookie.split('; ');
    expect(pair).toMatch(/=[\w-]{43}$/);
    expect(attributes).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']));
    expect(cookie).not.toContain('Domain=');
  });
});

describe('a caller', () => {
  /** The description of the API needs no key. */
  const open = ['/v1/openapi.json', '/v1/docs'];
  const routes = [
    ...readFileSync(join(__dirname, '../../docs/api.md'), 'utf8').matchAll(/^\| `([A-Z]+) (\/v1\/[^`]*)`/gm),
  ].filter(([, , path = '']) => !open.includes(path));

  it.each(routes.map(([, method = '', path = '']) => [method, path] as const))(
    'without a valid key is let into no route: %s %s',
    async (method, path) => {
      const address = path.replace(/:\w+/g, '1');
      for (const headers of [{}, { authorization: 'Bearer pk_wrong' }, { authorization: apiKey }]) {
        expect((await ask(address, headers, method)).status).toBe(401);
      }
    },
  );

  it('a refused caller is in the log, with the code and without the key', async () => {
    logLines.length = 0;
    const key = `pk_${'x'.repeat(43)}`;
    expect((await ask('/v1/consents/con_1', { authorization: `Bearer ${key}` })).status).toBe(401);
    expect(logLines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { msg: 'request refused', method: 'GET', route: 'v1', errorCode: 'API_KEY_INVALID' },
    ]);
    expect(logLines.join('')).not.toContain(key.slice(3));
  });

  it('gets an error for a parameter that is sent twice', async () => {
    const answer = await ask('/v1/consents/con_1?before=a&before=b', { authorization: `Bearer ${apiKey}` });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('before')]);
  });

  it('cannot detect another app: its ids are as unknown as made-up ones', async () => {
    const { id = '' } = await createSession(apiKey);
    const { key: other } = await portage.hostApps.createApiKey('Another app');
    const seen = async (key: string, path: string) => {
      const answer = await ask(path, { authorization: `Bearer ${key}` });
      return [answer.status, await answer.text()];
    };
    const [own, ...answers] = await Promise.all([
      seen(apiKey, `/v1/connect-sessions/${id}`),
      seen(other, `/v1/connect-sessions/${id}`),
      seen(other, '/v1/connect-sessions/cns_none'),
    ]);
    expect(own[0]).toBe(200);
    expect(String(own[1])).not.toMatch(/hash|seal|verifier|browser/i);
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0][0]).toBe(404);
  });
});

describe('addresses that the server does not have', () => {
  it.each([
    '/public/',
    '/public/../package.json',
    '/public/%2e%2e/package.json',
    '/.git/config',
    '/.env',
    '/public/.env',
  ])('does not exist under any address: %s', async (path) => {
    const answer = await sendRaw(`GET ${path} HTTP/1.1\r\nhost: x\r\naccept: text/html\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).not.toContain('portage.css">');
    expect(answer).not.toContain('@portage-import');
  });

  it('is an echo of a request (TRACE)', async () => {
    const answer = await sendRaw('TRACE / HTTP/1.1\r\nhost: x\r\nx-mine: a-secret\r\nconnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).not.toContain('a-secret');
  });

  it.each([
    ['two lengths', 'content-length: 5\r\ncontent-length: 6'],
    ['a length and chunks', 'content-length: 5\r\ntransfer-encoding: chunked'],
    ['an unknown encoding', 'transfer-encoding: chunked, identity'],
  ])('is a request whose end is not clear: one with %s is refused', async (_what, headers) => {
    const answer = await sendRaw(`POST /healthz HTTP/1.1\r\nhost: x\r\n${headers}\r\n\r\n0\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });
});
