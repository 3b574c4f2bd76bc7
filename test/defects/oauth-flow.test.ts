/** The defects of the OAuth flow: whose answer it is, and whether it is taken twice. */
import { createBrowser, type Browser } from '../support/browser';
import { startTestPortage, type TestPortage } from '../support/portage';

describe('the OAuth flow', () => {
  let portage: TestPortage;
  let users = 0;

  beforeAll(async () => {
    portage = await startTestPortage({ worker: false });
  });
  beforeEach(() => {
    portage.emulator.control.clearRequests();
  });
  afterAll(async () => {
    await portage.stop();
  });

  /** A user of the host app in a browser of their own, back from Google's screen with the address of the callback. */
  const atCallback = async (): Promise<{ userId: string; sessionId: string; browser: Browser; url: URL }> => {
    users += 1;
    const userId = `user-${users}`;
    const { control } = portage.emulator;
    const { email } = control.addAccount({ email: `${userId}@example.com`, name: userId });
    const session = await portage.api.createConnectSession({ userId, resources: ['myactivity.search'] });
    const browser = createBrowser();
    control.decideNext({ access: 'once', account: email });
    const toCallback = await browser.follow(await browser.continueToGoogle(session.connectUrl));
    return { userId, sessionId: session.id, browser, url: new URL(toCallback.headers.get('location') ?? '') };
  };
  const consentOf = async (answer: Response) => {
    const id = /^\/consents\/(con_\w+)$/.exec(answer.headers.get('location') ?? '')?.[1];
    return id === undefined ? undefined : portage.api.getConsent(id);
  };
  const exchanges = () => portage.emulator.control.requests().filter(({ method }) => method === 'token');
  const stateOf = async (sessionId: string) => (await portage.portage.connectSessions.find(sessionId))?.state;
  const swapped = (url: URL, name: string, other: URL): string => {
    const changed = new URL(url);
    changed.searchParams.set(name, other.searchParams.get(name) ?? '');
    return changed.href;
  };

  it('D15: gives neither of two browsers that swap their states anything, and then each its own', async () => {
    const [ada, ben] = [await atCallback(), await atCallback()];
    for (const [one, other] of [
      [ada, ben],
      [ben, ada],
    ] as const) {
      // The state alone, and the whole answer of the other one.
      for (const url of [swapped(one.url, 'state', other.url), other.url.href]) {
        const answer = await one.browser.get(url);
        expect(answer.status).toBe(400);
        expect(await answer.text()).toContain('STATE_INVALID');
      }
    }
    expect(exchanges()).toEqual([]);
    expect([await stateOf(ada.sessionId), await stateOf(ben.sessionId)]).toEqual(['started', 'started']);

    const [adas, bens] = [await ada.browser.get(ada.url.href), await ben.browser.get(ben.url.href)];
    expect(await consentOf(adas)).toMatchObject({ userId: ada.userId });
    expect(await consentOf(bens)).toMatchObject({ userId: ben.userId });
  });

  it('D15: accepts no user id from a browser, in any place', async () => {
    const [ada, ben] = [await atCallback(), await atCallback()];
    ada.url.searchParams.set('userId', ben.userId);
    ada.url.searchParams.set('authuser', '7');
    expect(await consentOf(await ada.browser.get(ada.url.href))).toMatchObject({ userId: ada.userId });
  });

  it('D15, D33, D61: accepts a state once: a replay gets the stored result in its own browser only', async () => {
    const { browser, url, sessionId } = await atCallback();
    const consent = await consentOf(await browser.get(url.href));
    expect(consent).toBeDefined();
    const replayed = await browser.get(url.href);
    expect([replayed.status, replayed.headers.get('location')]).toEqual([303, `/consents/${consent?.id ?? ''}`]);
    const elsewhere = await createBrowser().get(url.href);
    expect(elsewhere.status).toBe(400);
    expect(await elsewhere.text()).toContain('STATE_INVALID');
    expect(exchanges()).toHaveLength(1);
    expect(await stateOf(sessionId)).toBe('connected');
  });

  it('D33: refuses a code of another flow, since PKCE binds it to its request', async () => {
    const [ada, ben] = [await atCallback(), await atCallback()];
    const answer = await ada.browser.get(swapped(ada.url, 'code', ben.url));
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('OAUTH_CODE_REFUSED');
    expect(exchanges()).toMatchObject([{ status: 400, details: { pkce: true } }]);
    expect(await stateOf(ada.sessionId)).toBe('failed');
    expect(await consentOf(await ben.browser.get(ben.url.href))).toMatchObject({ userId: ben.userId });
  });

  it('D33: sends one redirect URI, exactly the registered one, for any request', async () => {
    const { connectUrl } = await portage.api.createConnectSession({
      userId: 'user-r',
      resources: ['myactivity.search'],
    });
    const browser = createBrowser();
    const { url } = await browser.get(connectUrl);
    const answer = await browser.post(
      `${url}/start?redirect_uri=https://evil.example/`,
      { redirect_uri: 'https://evil.example/' },
      { 'x-forwarded-host': 'evil.example' },
    );
    const authorize = new URL(answer.headers.get('location') ?? '');
    const redirectUri = `${portage.url}/oauth/callback`;
    expect(authorize.searchParams.getAll('redirect_uri')).toEqual([redirectUri]);

    for (const changed of [`${redirectUri}/`, `${redirectUri}?a=b`, redirectUri.replace('localhost', '127.0.0.1')]) {
      authorize.searchParams.set('redirect_uri', changed);
      portage.emulator.control.decideNext({ access: 'once' });
      const refused = await fetch(authorize.href, { redirect: 'manual' });
      expect(refused.status).toBe(400);
      expect(refused.headers.get('location')).toBeNull();
    }
  });
});
