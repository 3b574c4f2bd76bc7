/** The defects of a connect link: whose account the data goes to, and in whose browser the link is finished. */
import { eq } from 'drizzle-orm';

import { connectSessions } from '../../src/database/schema';
import { createBrowser, type Browser } from '../support/browser';
import { startTestPortage, type TestPortage } from '../support/portage';

const resources = ['myactivity.search'];
const returnUrl = 'https://app.example.com/done?tab=2#data';

describe('a connect link', () => {
  let portage: TestPortage;
  let apiKey: string;
  let users = 0;

  beforeAll(async () => {
    portage = await startTestPortage({ worker: false });
    ({ key: apiKey } = await portage.portage.hostApps.createApiKey('An app that confirms', { confirmation: true }));
  });
  beforeEach(() => {
    portage.emulator.control.clearRequests();
  });
  afterAll(async () => {
    await portage.stop();
  });

  const ask = async (path: string, body?: unknown) => {
    const answer = await fetch(`${portage.url}/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json = (await answer.json()) as Record<string, unknown> & { error?: { code: string } };
    return { status: answer.status, json, code: json.error?.code };
  };
  const newUser = () => `user-${++users}`;
  const createSession = async (userId: string, more: Record<string, unknown> = {}) => {
    const { json } = await ask('/connect-sessions', { userId, resources, returnUrl, ...more });
    return json as { id: string; connectUrl: string };
  };
  /** The browser's way from the connect page to the address of the callback, with an account of its own at Google. */
  const toCallback = async (browser: Browser, connectUrl: string, account = `${newUser()}@example.com`) => {
    const { control } = portage.emulator;
    control.addAccount({ email: account, name: account });
    control.decideNext({ access: 'once', account });
    const answer = await browser.follow(await browser.post(`${connectUrl}/start`));
    return answer.headers.get('location') ?? '';
  };
  const returned = (answer: Response) => {
    const url = new URL(answer.headers.get('location') ?? '', portage.url);
    return {
      session: url.searchParams.get('portage_session') ?? '',
      code: url.searchParams.get('portage_code') ?? '',
      url,
    };
  };
  const requestsOf = (method: string) => portage.emulator.control.requests().filter((each) => each.method === method);
  const stateOf = async (id: string) => (await ask(`/connect-sessions/${id}`)).json['state'];
  const consentsOf = (userId: string) =>
    portage.portage.consents.page({ state: undefined, userId, before: undefined, limit: 10 });

  it('brings a victim’s data to nobody when the victim finishes the attacker’s link', async () => {
    const [attacker, victim] = [newUser(), newUser()];
    const { id, connectUrl } = await createSession(attacker);
    const browser = createBrowser();
    await browser.get(connectUrl);
    const answer = await browser.get(await toCallback(browser, connectUrl));
    // The host app's page knows who is signed in in this browser: the victim.
    const { session, code } = returned(answer);
    expect(session).toBe(id);
    expect(await ask(`/connect-sessions/${id}/confirm`, { code, userId: victim })).toMatchObject({
      status: 403,
      code: 'CONFIRMATION_USER_WRONG',
    });
    // The attacker has no code, and a guess is none.
    expect(await ask(`/connect-sessions/${id}/confirm`, { code: 'x'.repeat(43), userId: attacker })).toMatchObject({
      status: 403,
      code: 'CONFIRMATION_CODE_WRONG',
    });
    expect(await consentsOf(attacker)).toEqual([]);
    expect(requestsOf('initiate')).toEqual([]);
    expect(await stateOf(id)).toBe('awaiting_confirmation');
  });

  it('of a victim that is finished in another browser becomes nothing in the victim’s account', async () => {
    const [victim, attacker] = [newUser(), newUser()];
    const { id, connectUrl } = await createSession(victim);
    const own = createBrowser();
    expect((await own.get(connectUrl)).status).toBe(200);
    const other = createBrowser();
    const shown = await other.get(connectUrl);
    expect([shown.status, (await shown.text()).includes('CONNECT_LINK_OTHER_BROWSER')]).toEqual([403, true]);
    expect((await other.post(`${connectUrl}/start`)).status).toBe(403);
    expect(await stateOf(id)).toBe('created');

    // One who opened it first comes back to the app as another user.
    const stolen = await createSession(victim);
    await other.get(stolen.connectUrl);
    const { code } = returned(await other.get(await toCallback(other, stolen.connectUrl)));
    const confirmed = await ask(`/connect-sessions/${stolen.id}/confirm`, { code, userId: attacker });
    expect([confirmed.status, confirmed.code]).toEqual([403, 'CONFIRMATION_USER_WRONG']);
    expect(await consentsOf(victim)).toEqual([]);
  });

  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' },
  ])('is not started by a form of another page (%j)', async (headers) => {
    const { id, connectUrl } = await createSession(newUser());
    const browser = createBrowser();
    await browser.get(connectUrl);
    const posted = await browser.post(`${connectUrl}/start`, {}, headers);
    expect([posted.status, (await posted.text()).includes('POST_FROM_ELSEWHERE')]).toEqual([403, true]);
    expect(await stateOf(id)).toBe('created');
  });

  it('is started by its own page, and by a browser that sends neither header', async () => {
    for (const headers of [{}, { 'sec-fetch-site': 'same-origin', origin: portage.url }, { origin: portage.url }]) {
      const { connectUrl } = await createSession(newUser());
      const browser = createBrowser();
      await browser.get(connectUrl);
      expect((await browser.post(`${connectUrl}/start`, {}, headers)).status).toBe(303);
    }
  });

  it('is not started by a browser that never opened it', async () => {
    const { id, connectUrl } = await createSession(newUser());
    expect((await createBrowser().post(`${connectUrl}/start`)).status).toBe(403);
    expect(await stateOf(id)).toBe('created');
  });

  it('started twice in one browser takes the first answer, and leads both to the same place', async () => {
    const userId = newUser();
    const { id, connectUrl } = await createSession(userId);
    const browser = createBrowser();
    await browser.get(connectUrl);
    const first = await toCallback(browser, connectUrl);
    const second = await toCallback(browser, connectUrl);
    const answers = await Promise.all([browser.get(first), browser.get(second)]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(requestsOf('token')).toHaveLength(1);
    const codes = answers.map((answer) => returned(answer).code);
    expect(new Set(codes).size).toBe(2);
    const confirmed = await ask(`/connect-sessions/${id}/confirm`, { code: codes[0], userId });
    expect([confirmed.status, confirmed.json['state']]).toEqual([200, 'connected']);
    // A reload of the callback, and the link opened once more, end on the status page.
    const place = `/consents/${String(confirmed.json['consentId'])}`;
    for (const url of [first, second, connectUrl]) {
      const again = await browser.get(url);
      expect([again.status, again.headers.get('location')]).toEqual([303, place]);
    }
    expect((await browser.get(portage.url + place)).status).toBe(200);
    expect((await createBrowser().get(first)).status).toBe(400);
  });

  it('takes no answer after its end, and exchanges no code then', async () => {
    const { id, connectUrl } = await createSession(newUser());
    const browser = createBrowser();
    await browser.get(connectUrl);
    const callback = await toCallback(browser, connectUrl);
    await portage.portage.database.db
      .update(connectSessions)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(connectSessions.id, id));
    const answer = await browser.get(callback);
    expect([answer.status, (await answer.text()).includes('CONNECT_LINK_EXPIRED')]).toEqual([410, true]);
    expect(requestsOf('token')).toEqual([]);
    expect(await stateOf(id)).toBe('expired');
  });
});
