/** The pages of a server, and the redirect of a user who connects at Google itself. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadConfig } from '../../src/config';
import { createBrowser } from '../support/browser';
import { databaseSettings } from '../support/database';
import { resources } from '../../src/domain/resources';
import { bindListener } from '../../src/listener';
import { createLogger } from '../../src/log';
import { openPortage, type Portage } from '../../src/portage';
import type { HomeLink } from '../../src/server/home';
import { startServer, type RunningServer } from '../../src/server/start';

const clientId = '123456789012-abcdefghijklmnopqrstuvwxyz012345.apps.googleusercontent.com';
const clientSecret = 'GOCSPX-made-up-secret';
const vaultKey = Buffer.alloc(32, 7).toString('base64');
const links: HomeLink[] = [];
let dataDir: string;
let portage: Portage;
let server: RunningServer;
let database: Awaited<ReturnType<typeof databaseSettings>>;
let apiKey: string;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'portage-test-pages-'));
  const listener = await bindListener({ host: '127.0.0.1', port: 0 });
  database = await databaseSettings();
  const config = loadConfig({
    ...database.settings,
    PUBLIC_URL: listener.url,
    PORT: String(listener.port),
    DATA_DIR: dataDir,
    VAULT_KEYS: `test:${vaultKey}`,
    GOOGLE_CLIENT_ID: clientId,
    GOOGLE_CLIENT_SECRET: clientSecret,
    TEMPORAL_ADDRESS: '127.0.0.1:9',
  });
  portage = await openPortage(config);
  await portage.database.migrate();
  server = await startServer(portage, createLogger('error', { write: () => undefined }), {
    listener,
    homeLinks: () => links,
  });
  apiKey = (await portage.hostApps.createApiKey('An app of a customer', { confirmation: false })).key;
});
afterAll(async () => {
  await server.stop();
  await portage.close();
  await database.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

const look = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(server.url + path, { headers });
  const type = response.headers.get('content-type')?.split(';')[0];
  return { status: response.status, type, text: await response.text() };
};
const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

const connect = (wanted: readonly string[]) =>
  fetch(`${server.url}/v1/connect-sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ userId: '42', resources: wanted }),
  });

describe('the page at Portage’s own address', () => {
  it('explains Portage and how users come here, and links to health and documentation', async () => {
    const { status, type, text } = await look('/', browser);
    expect([status, type]).toEqual([200, 'text/html']);
    for (const words of ['<h1>Portage</h1>', 'Go back to the app', 'href="/healthz"', 'href="/readyz"', 'docs']) {
      expect(text).toContain(words);
    }
    expect((await look('/healthz')).status).toBe(200);
  });

  it('is public: it contains nothing about clients, keys, apps or folders', async () => {
    const { text } = await look('/', browser);
    for (const secret of [clientId, clientSecret, vaultKey, apiKey, 'An app of a customer', dataDir]) {
      expect(text).not.toContain(secret);
    }
  });

  it('has only the configured links, as text', async () => {
    expect((await look('/', browser)).text).not.toContain('On this machine');
    links.push({ title: 'Demo <app>', url: 'http://localhost:3001', about: 'a place to start' });
    const { text } = await look('/', browser);
    links.length = 0;
    expect(text).toContain('<a href="http://localhost:3001">Demo &lt;app></a>');
  });
});

describe('an address that leads nowhere', () => {
  it('shows a person a page with the way back, and a program JSON', async () => {
    const page = await look('/nothing', browser);
    expect([page.status, page.type]).toEqual([404, 'text/html']);
    expect(page.text).toContain('<a href="/">');
    const program = await look('/nothing', { accept: 'application/json' });
    expect([program.status, program.type]).toEqual([404, 'application/problem+json']);
    expect(JSON.parse(program.text)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is JSON under the API, with and without a path after it', async () => {
    for (const path of ['/v1', '/v1/', '/v1/nothing']) {
      const { type, text } = await look(path, { authorization: `Bearer ${apiKey}` });
      expect([path, type]).toEqual([path, 'application/problem+json']);
      expect(JSON.parse(text)).toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});

describe('a request with the character NUL', () => {
  it.each([
    '/connect/a%00b',
    '/consents/%00',
    '/v1/consents/con_%00',
    '/v1/exports/%00/parts/0',
    '/oauth/callback?state=a%00',
  ])('is refused at %s, and is no failure of the server', async (path) => {
    const { status, text } = await look(path, { authorization: `Bearer ${apiKey}`, accept: 'application/json' });
    expect([status, text]).toEqual([400, expect.stringContaining('holds the character NUL')]);
  });

  it.each([
    { userId: 'a\0b', resources: ['myactivity.search'] },
    { userId: 'a', resources: ['myactivity.search\0'] },
    { userId: 'a', resources: ['myactivity.search'], records: { fields: { activity: ['\0'] } } },
    { userId: 'a', resources: ['myactivity.search'], 'a\0': 1 },
  ])('is refused in the body %j', async (body) => {
    const response = await fetch(`${server.url}/v1/connect-sessions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('the character NUL')]);
  });
});

describe('a user who connects at Google itself', () => {
  it('is sent to Google’s consent screen with the client, the redirect URI and the scopes', async () => {
    const { connectUrl } = (await (await connect(['myactivity.search', 'youtube.subscriptions'])).json()) as {
      connectUrl: string;
    };
    const started = await createBrowser().continueToGoogle(connectUrl);
    const target = new URL(started.headers.get('location') ?? '');
    expect(target.origin + target.pathname).toBe('https://accounts.google.com/o/oauth2/v2/auth');
    expect(Object.fromEntries(target.searchParams)).toEqual({
      client_id: clientId,
      redirect_uri: `${portage.config.publicUrl}/oauth/callback`,
      response_type: 'code',
      access_type: 'offline',
      prompt: 'consent',
      scope: ['myactivity.search', 'youtube.subscriptions']
        .map((name) => `https://www.googleapis.com/auth/dataportability.${name}`)
        .join(' '),
      state: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge_method: 'S256',
    });
  });

  it('is never asked for more than Google accepts: the answer to the app names the excess resources', async () => {
    const all = [...resources.keys()];
    const refused = await connect(all);
    expect(refused.status).toBe(400);
    const error = (await refused.json()) as { code: string; detail: string; remedy: string };
    expect(error.code).toBe('RESOURCES_TOO_MANY');
    const fitting = Number(/the first (\d+) of 75 fit/.exec(error.detail)?.[1]);
    expect(error.detail).toContain(`too many are ${all.slice(fitting).join(', ')}`);
    expect(error.remedy).toContain('connect session');

    const taken = await connect(all.slice(0, fitting));
    expect(taken.status).toBe(201);
    const { connectUrl } = (await taken.json()) as { connectUrl: string };
    const started = await createBrowser().continueToGoogle(connectUrl);
    expect(Buffer.byteLength(started.headers.get('location') ?? '')).toBeLessThanOrEqual(4_096);
    expect((await connect(all.slice(0, fitting + 1))).status).toBe(400);
    expect((await connect(all.slice(fitting))).status).toBe(201);
  });
});
