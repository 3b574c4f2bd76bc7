/** Faults of users, browsers and host apps on the way to a consent: each has a page or an answer. */
import { createBrowser } from '../support/browser';
import { startTestPortage, type TestPortage } from '../support/portage';

describe('on the way to a consent', () => {
  let portage: TestPortage;

  beforeAll(async () => {
    portage = await startTestPortage({ worker: false });
  });
  afterAll(async () => {
    await portage.stop();
  });

  const session = (resources = ['myactivity.search', 'myactivity.youtube']) =>
    portage.api.createConnectSession({ userId: 'user-1', resources });
  const sessionState = async (id: string) => {
    const answer = await fetch(`${portage.url}/v1/connect-sessions/${id}`, {
      headers: { authorization: `Bearer ${portage.apiKey}` },
    });
    return (await answer.json()) as { state: string; errorCode: string | null };
  };
  const post = (body: unknown) =>
    fetch(`${portage.url}/v1/connect-sessions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${portage.apiKey}`, 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('D25: an unknown resource is refused before any call to Google, by name and with a remedy', async () => {
    const answer = await post({ userId: 'user-1', resources: ['myactivity.search', 'maps.timeline'] });
    expect(answer.status).toBe(400);
    const error = (await answer.json()) as { code: string; detail: string; remedy: string };
    expect(error.code).toBe('RESOURCE_UNKNOWN');
    expect(error.detail).toContain('maps.timeline');
    expect(error.detail).not.toContain('myactivity.search');
    expect(error.remedy).toContain('docs/google-api.md');
  });

  it('a malformed request names its fields; broken JSON is the caller’s fault, not ours', async () => {
    const answer = await post({ userId: '', resources: [], returnUrl: 'javascript:alert(1)' });
    expect(answer.status).toBe(400);
    const text = await answer.text();
    for (const field of ['userId', 'resources', 'returnUrl']) expect(text).toContain(field);
    expect((await post('{')).status).toBe(400);
    expect((await post({ userId: 'u', resources: ['myactivity.search'], surprise: 1 })).status).toBe(400);
  });

  it('a request without a valid API key is refused', async () => {
    const answer = await fetch(`${portage.url}/v1/consents/con_x`, { headers: { authorization: 'Bearer pk_x' } });
    expect(answer.status).toBe(401);
    expect(await answer.text()).toContain('portage api-keys create');
  });

  it('a user who declines sees so, and an event is recorded', async () => {
    const { callback, consentId } = await portage.connect({
      resources: ['myactivity.search'],
      decision: { decline: true },
    });
    expect(consentId).toBeUndefined();
    expect(callback.status).toBe(200);
    expect(await callback.text()).toContain('CONSENT_DECLINED');
  });

  it('a browser inside another app is refused by Google, and its user is asked to use an ordinary one', async () => {
    const { id, connectUrl } = await session();
    const browser = createBrowser();
    const toGoogle = new URL((await browser.continueToGoogle(connectUrl)).headers.get('location') ?? '');
    const state = toGoogle.searchParams.get('state') ?? '';
    const answer = await browser.get(`${portage.url}/oauth/callback?state=${state}&error=disallowed_useragent`);
    expect(answer.status).toBe(403);
    const page = await answer.text();
    expect(page).toContain('in an ordinary browser');
    expect(page).not.toContain('another account');
    expect(await sessionState(id)).toMatchObject({ state: 'failed', errorCode: 'BROWSER_REFUSED' });
  });

  it('D31: a user who unticks some boxes shares the rest; a user who unticks all shares nothing', async () => {
    const resources = ['myactivity.search', 'myactivity.youtube', 'youtube.subscriptions'];
    const some = await portage.connect({ resources, decision: { access: 'once', untick: ['myactivity.youtube'] } });
    const consent = await portage.api.getConsent(some.consentId ?? '');
    expect(consent.grantedResources).toEqual(['myactivity.search', 'youtube.subscriptions']);
    const page = await (await some.browser.follow(some.callback)).text();
    expect(page).toContain('Not shared: My Activity: YouTube');

    const none = await portage.connect({ resources, decision: { access: 'once', untick: resources } });
    expect(none.consentId).toBeUndefined();
    expect(await none.callback.text()).toMatch(/CONSENT_EMPTY|CONSENT_DECLINED/);
  });

  it('D15, D33: a forged state, or one from another browser, is refused and uses nothing up', async () => {
    const { id, connectUrl } = await session();
    const browser = createBrowser();
    portage.emulator.control.decideNext({ access: 'once' });
    const toCallback = await browser.follow(await browser.continueToGoogle(connectUrl));
    const callbackUrl = new URL(toCallback.headers.get('location') ?? '');

    const forged = new URL(callbackUrl);
    forged.searchParams.set('state', 'a'.repeat(43));
    expect((await browser.get(forged.href)).status).toBe(400);
    const foreign = await createBrowser().get(callbackUrl.href);
    expect(foreign.status).toBe(400);
    expect(await foreign.text()).toContain('STATE_INVALID');
    expect((await sessionState(id)).state).toBe('started');

    expect((await browser.get(callbackUrl.href)).headers.get('location')).toMatch(/^\/consents\/con_/);
    expect((await sessionState(id)).state).toBe('connected');
  });

  it('D33: an answer of Google works once', async () => {
    const { connectUrl } = await session();
    const browser = createBrowser();
    portage.emulator.control.decideNext({ access: 'once' });
    portage.emulator.control.clearRequests();
    const toCallback = await browser.follow(await browser.continueToGoogle(connectUrl));
    const callbackUrl = toCallback.headers.get('location') ?? '';
    const answers = await Promise.all([browser.get(callbackUrl), browser.get(callbackUrl), browser.get(callbackUrl)]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1);
    expect(portage.emulator.control.requests().filter(({ method }) => method === 'token')).toHaveLength(1);
  });

  it('D33: a foreign code is refused, since PKCE binds it to its request', async () => {
    const [mine, theirs] = [createBrowser(), createBrowser()];
    const codeUrl = async (browser: typeof mine) => {
      const { connectUrl } = await session();
      portage.emulator.control.decideNext({ access: 'once' });
      const toCallback = await browser.follow(await browser.continueToGoogle(connectUrl));
      return new URL(toCallback.headers.get('location') ?? '');
    };
    const [mineUrl, theirsUrl] = [await codeUrl(mine), await codeUrl(theirs)];
    mineUrl.searchParams.set('code', theirsUrl.searchParams.get('code') ?? '');
    const answer = await mine.get(mineUrl.href);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('OAUTH_CODE_REFUSED');
  });

  it('a connect link can be opened again until it was used, and not after it expired', async () => {
    const { connectUrl } = await session();
    const browser = createBrowser();
    expect((await browser.get(connectUrl)).status).toBe(200);
    expect((await browser.get(connectUrl)).status).toBe(200);
    expect((await browser.get(`${portage.url}/connect/unknown`)).status).toBe(404);
    portage.emulator.control.decideNext({ access: 'once' });
    await browser.follow(await browser.follow(await browser.continueToGoogle(connectUrl)));
    const again = [await browser.get(connectUrl), await browser.continueToGoogle(connectUrl)];
    for (const { status, headers } of again) {
      expect([status, headers.get('location')]).toEqual([303, expect.stringMatching(/^\/consents\/con_/)]);
    }
    expect((await createBrowser().get(connectUrl)).status).toBe(409);
  });

  it('a status page opens only in the browser of its user', async () => {
    const { browser, consentId } = await portage.connect({ resources: ['myactivity.search'] });
    expect((await browser.get(`${portage.url}/consents/${consentId ?? ''}`)).status).toBe(200);
    const foreign = await createBrowser().get(`${portage.url}/consents/${consentId ?? ''}`);
    expect(foreign.status).toBe(403);
    expect((await createBrowser().get(`${portage.url}/consents/${consentId ?? ''}/status`)).status).toBe(403);
  });

  it('an error’s own text never reaches a browser; the log has it, without secrets', async () => {
    const { connectUrl } = await session();
    const browser = createBrowser();
    portage.emulator.control.decideNext({ access: 'once' });
    const toCallback = await browser.follow(await browser.continueToGoogle(connectUrl));
    portage.emulator.control.addFault({
      method: 'token',
      times: 3,
      status: 500,
      body: '<html>internal secret of the token endpoint</html>',
      contentType: 'text/html',
    });
    const answer = await browser.follow(toCallback);
    expect(answer.status).toBe(502);
    const page = await answer.text();
    expect(page).toContain('GRANT_UNKNOWN');
    expect(page).not.toContain('internal secret');
    expect(portage.emulator.control.unmetFaults()).toEqual([]);
    expect(portage.logLines.join('')).toContain('GRANT_UNKNOWN');
    expect(portage.logLines.join('')).not.toContain('internal secret');
  });

  it('D32: the authorize URL asks for Data Portability scopes only, with PKCE and without granted scopes', async () => {
    const { connectUrl } = await session();
    const started = await createBrowser().continueToGoogle(connectUrl);
    const url = new URL(started.headers.get('location') ?? '');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      access_type: 'offline',
      prompt: 'consent',
      code_challenge_method: 'S256',
      redirect_uri: `${portage.url}/oauth/callback`,
    });
    expect(url.searchParams.has('include_granted_scopes')).toBe(false);
    for (const scope of (url.searchParams.get('scope') ?? '').split(' ')) {
      expect(scope).toMatch(/^https:\/\/www\.googleapis\.com\/auth\/dataportability\./);
    }
  });
});
