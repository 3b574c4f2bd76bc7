// Settings of single host apps: how their pages look, how much they may have, and how an operator sets both.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';

import { carryOut } from '../../src/commands/serve-commands';
import { startApiServer, type ApiServer } from '../support/api-server';
import { createBrowser } from '../support/browser';

let server: ApiServer;
const folder = mkdtempSync(join(tmpdir(), 'portage-test-settings-'));
beforeAll(async () => {
  server = await startApiServer();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** Types a command in the folder. */
async function command(...words: string[]): Promise<{ exitCode: number; text: string }> {
  const [out, remarks] = [new PassThrough(), new PassThrough()];
  const terminal = { out, remarks, width: undefined, answers: undefined };
  const request = { arguments: words, withStacks: false, folder };
  const exitCode = await carryOut(
    request,
    terminal,
    { portage: server.portage, environment: {} },
    new AbortController().signal,
  );
  return { exitCode, text: `${String(out.read() ?? '')}${String(remarks.read() ?? '')}` };
}
const set = (name: string, ...options: string[]) => command('host-apps', 'set', name, ...options);

/** A new host app, and how it makes a connect session. */
async function newApp(name: string) {
  const { key, hostApp } = await server.portage.hostApps.createApiKey(name, { confirmation: false });
  const connect = async (userId = 'user-1', more: { renewsConsentId?: string } = {}) => {
    const answer = await server.post(
      '/v1/connect-sessions',
      { userId, resources: ['myactivity.search'], ...more },
      { authorization: `Bearer ${key}` },
    );
    const body = (await answer.json()) as { id: string; connectUrl: string; code?: string; detail?: string };
    return { status: answer.status, retryAfter: Number(answer.headers.get('retry-after')), ...body };
  };
  return { hostApp, connect };
}

const settingsOf = async (id: string) => (await server.portage.hostApps.find(id))?.settings;

describe('the pages of a host app', () => {
  it('have its name, links and colour, and those of another one have none of them', async () => {
    const [pear, plum] = [await newApp('pear'), await newApp('plum')];
    const brand = ['--display-name', 'Pear & Co', '--accent-colour', '#1F5FD0'];
    const links = ['--support-url', 'https://pear.example/help', '--privacy-url', 'https://pear.example/privacy'];
    expect(await set('pear', ...brand, ...links)).toMatchObject({ exitCode: 0 });
    const page = async ({ connect }: typeof pear) => (await createBrowser().get((await connect()).connectUrl)).text();
    const [ofPear, ofPlum] = [await page(pear), await page(plum)];
    for (const shown of [
      'Pear &amp; Co',
      '/accent/1f5fd0.css',
      'https://pear.example/help',
      'https://pear.example/privacy',
    ]) {
      expect(ofPear).toContain(shown);
      expect(ofPlum).not.toContain(shown);
    }
    expect(ofPlum).toContain('into plum');
  });

  it('get the colour from a style sheet of Portage itself, with text that can be read on it', async () => {
    for (const [colour, text] of [
      ['1f5fd0', '#fff'],
      ['ffee00', '#000'],
    ] as const) {
      const sheet = await fetch(`${server.url}/accent/${colour}.css`);
      expect(sheet.headers.get('content-type')).toContain('text/css');
      expect(await sheet.text()).toBe(`.button:not(.second){background:#${colour};color:${text}}\n`);
    }
    for (const none of ['red', '1f5fd0;x', '1F5FD0', '1f5fd']) {
      expect((await fetch(`${server.url}/accent/${encodeURIComponent(none)}.css`)).status).toBe(404);
    }
  });

  it('take no other setting than a safe one, and give up one that is empty', async () => {
    const { hostApp } = await newApp('fig');
    for (const [option, value] of [
      ['--support-url', 'javascript:alert(1)'],
      ['--privacy-url', 'http://fig.example'],
      ['--accent-colour', 'red;background:url(https://x.example)'],
      ['--display-name', 'a'.repeat(81)],
      ['--display-name', 'a\u202eb'],
      ['--max-consents', '0'],
      ['--max-sessions-per-day', '1.5'],
    ] as const) {
      const { exitCode, text } = await set('fig', option, value);
      expect([option, exitCode]).toEqual([option, 1]);
      expect(text).toContain(option);
    }
    expect(await settingsOf(hostApp.id)).toEqual({});
    await set('fig', '--display-name', 'Fig', '--max-consents', '3');
    expect(await settingsOf(hostApp.id)).toEqual({ displayName: 'Fig', maxConsents: 3 });
    await set('fig', '--display-name', '');
    expect(await settingsOf(hostApp.id)).toEqual({ maxConsents: 3 });
  });
});

describe('the quotas of a host app', () => {
  it('refuse a further connect session within 24 hours, also of several that are asked for at once', async () => {
    const [lime, kiwi] = [await newApp('lime'), await newApp('kiwi')];
    await set('lime', '--max-sessions-per-day', '3');
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => lime.connect()));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 429, 429]);
    const refused = await lime.connect();
    expect(refused).toMatchObject({ status: 429, code: 'SESSIONS_QUOTA_REACHED' });
    expect(refused.detail).toContain('3 connect sessions were made within 24 hours; the quota is 3');
    expect(refused.retryAfter).toBeGreaterThan(86_000);
    expect(refused.retryAfter).toBeLessThanOrEqual(86_400);
    expect((await kiwi.connect()).status).toBe(201);
  });

  it('refuse a connect session when as many consents are connected as may be', async () => {
    const { connect } = await newApp('date');
    await set('date', '--max-consents', '1');
    const { id } = await connect();
    const early = await connect('user-3');
    const { connectSessions, consents, now } = server.portage;
    const session = await connectSessions.find(id);
    if (session === undefined) throw new Error('the session that was just made is not there');
    const at = now();
    const consentId = await consents.create({
      ...{ session, resources: session.resources, accessType: 'time_based', endsAt: undefined, at },
      tokens: { accessToken: 'access-1', accessTokenExpiresAt: at, refreshToken: 'refresh-1' },
    });
    const refused = await connect('user-2');
    expect(refused).toMatchObject({ status: 403, code: 'CONSENTS_QUOTA_REACHED' });
    expect(refused.detail).toContain('1 consents are connected; the quota is 1');
    const renewal = await connect('user-1', { renewsConsentId: consentId });
    expect(renewal.status).toBe(201);
    // Sessions that were made before go no further than to the button.
    const started = await createBrowser().continueToGoogle(early.connectUrl);
    // The text of the page is for the user, not for the host app.
    expect([started.status, await started.text()]).toEqual([403, expect.stringContaining('CONNECT_QUOTA_REACHED')]);
    expect((await createBrowser().continueToGoogle(renewal.connectUrl)).status).toBe(303);
    await consents.end(consentId, 'completed', undefined, at);
    expect((await connect('user-2')).status).toBe(201);
  });
});

describe('the Google client of a host app', () => {
  const write = (name: string, content: string) => writeFileSync(join(folder, name), content);

  it('comes from the file that Google offers, and its secret is shown nowhere', async () => {
    const { hostApp } = await newApp('nut');
    write('nut.json', JSON.stringify({ web: { client_id: '1-nut', client_secret: 'nut-secret', redirect_uris: [] } }));
    const { exitCode, text } = await set('nut', '--google-client', 'nut.json');
    expect(exitCode).toBe(0);
    expect(text).toContain('Google client 1-nut');
    expect(text).toContain(`${server.url}/oauth/callback`);
    expect(await server.portage.googleClients.secretOf('1-nut')).toBe('nut-secret');
    const entries = JSON.stringify(
      await server.portage.auditLog.page({ consentId: undefined, after: '', limit: 1000 }),
    );
    expect(entries).toContain('1-nut');
    expect(entries + text).not.toContain('nut-secret');
    expect(await set('nut', '--google-client', '')).toMatchObject({ exitCode: 0 });
    expect(await server.portage.hostApps.find(hostApp.id)).toMatchObject({ googleClientId: null });
  });

  it('is not stored when there is no such host app', async () => {
    write('rye.json', JSON.stringify({ web: { client_id: '1-rye', client_secret: 'rye-secret', redirect_uris: [] } }));
    expect(await set('no such app', '--google-client', 'rye.json')).toMatchObject({ exitCode: 1 });
    await expect(server.portage.googleClients.secretOf('1-rye')).rejects.toThrow('is not stored');
  });

  it('is refused when the file is another one, without quoting it', async () => {
    await newApp('oat');
    write('text.json', 'a-secret {');
    write('installed.json', JSON.stringify({ installed: { client_id: 'a', client_secret: 'a-secret' } }));
    for (const file of ['text.json', 'installed.json', 'none.json']) {
      const { exitCode, text } = await set('oat', '--google-client', file);
      expect(exitCode).toBe(1);
      expect(text).toContain(file);
      expect(text).toContain('Google Cloud console');
      expect(text).not.toContain('a-secret');
    }
  });
});
