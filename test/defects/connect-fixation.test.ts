/** The defects of a connect link: whose account the data goes to, and in whose browser the link is finished. */
import { eq } from 'drizzle-orm';

import { connectSessions } from '../../src/database/schema';
import { createPortageApi } from '../../src/dev/portage-api';
import { usualLimits } from '../../src/domain/timeouts';
import { bindListener } from '../../src/listener';
import { createLogger } from '../../src/log';
import { createHeldGrants } from '../../src/server/resume-held-grants';
import { startServer } from '../../src/server/start';
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
    const json = (await answer.json()) as Record<string, unknown> & { code?: string };
    return { status: answer.status, json, code: json.code };
  };
  const startOf = (id: string) => `${portage.url}/connect/${id}/start`;
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
    const answer = await browser.follow(await browser.continueToGoogle(connectUrl));
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

  it('D60: exports no data when the victim finishes the attacker’s link', async () => {
    const [attacker, victim] = [newUser(), newUser()];
    const { id, connectUrl } = await createSession(attacker);
    const browser = createBrowser();
    await browser.get(connectUrl);
    const answer = await browser.get(await toCallback(browser, connectUrl));
    // The host app's page knows that the victim is signed in in this browser.
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

  it('D60: of a victim that is finished in another browser becomes nothing in the victim’s account', async () => {
    const [victim, attacker] = [newUser(), newUser()];
    const { id, connectUrl } = await createSession(victim);
    const own = createBrowser();
    expect((await own.get(connectUrl)).status).toBe(200);
    const other = createBrowser();
    const shown = await other.get(connectUrl);
    expect([shown.status, (await shown.text()).includes('CONNECT_LINK_OTHER_BROWSER')]).toEqual([403, true]);
    expect((await other.post(startOf(id))).status).toBe(403);
    expect(await stateOf(id)).toBe('created');

    // A person who opened it first comes back to the app as another user.
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
  ])('D60: is not started by a form of another page (%j)', async (headers) => {
    const { id, connectUrl } = await createSession(newUser());
    const browser = createBrowser();
    await browser.get(connectUrl);
    const posted = await browser.post(startOf(id), {}, headers);
    expect([posted.status, (await posted.text()).includes('POST_FROM_ELSEWHERE')]).toEqual([403, true]);
    expect(await stateOf(id)).toBe('created');
  });

  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' },
  ])('D60: is not opened by a form of another page (%j), and stays open for its user', async (headers) => {
    const { connectUrl } = await createSession(newUser());
    const link = new URL(connectUrl).hash.slice(1);
    const open = (form: string[][], more = {}) => createBrowser().post(`${portage.url}/connect/open`, form, more);
    const posted = await open([['link', link]], headers);
    expect([
      posted.status,
      posted.headers.getSetCookie(),
      (await posted.text()).includes('POST_FROM_ELSEWHERE'),
    ]).toEqual([...[403, [], true]]);
    // Nor by a value that is too long or sent twice.
    expect((await open([['link', 'a'.repeat(5_000) + link]])).status).toBe(413);
    expect(
      (
        await open([
          ['link', link],
          ['link', link],
        ])
      ).status,
    ).toBe(404);
    expect((await createBrowser().get(connectUrl)).status).toBe(200);
  });

  it('is started by its own page, and by a browser that sends neither header', async () => {
    for (const headers of [
      {},
      { 'sec-fetch-site': 'same-origin', origin: portage.url },
      { 'sec-fetch-site': 'same-origin', origin: 'null' },
      { origin: portage.url },
    ]) {
      const { id, connectUrl } = await createSession(newUser());
      const browser = createBrowser();
      await browser.get(connectUrl);
      expect((await browser.post(startOf(id), {}, headers)).status).toBe(303);
    }
  });

  it('is not started by a browser that never opened it', async () => {
    const { id } = await createSession(newUser());
    expect((await createBrowser().post(startOf(id))).status).toBe(403);
    expect(await stateOf(id)).toBe('created');
  });

  it('D61: started twice in one browser takes the first answer, and leads both to the same place', async () => {
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
    // A reload of the callback, and opening the link again, end on the status page.
    const place = `/consents/${String(confirmed.json['consentId'])}`;
    for (const url of [first, second, connectUrl]) {
      const again = await browser.get(url);
      expect([again.status, again.headers.get('location')]).toEqual([303, place]);
    }
    expect((await browser.get(portage.url + place)).status).toBe(200);
    expect((await createBrowser().get(first)).status).toBe(400);
  });

  it('accepts no answer after its end, and revokes the grant', async () => {
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
    expect(requestsOf('revoke')).toEqual([expect.objectContaining({ status: 200 })]);
    expect(await stateOf(id)).toBe('expired');
  });

  /** A session whose user has come back from Google, with the code that the browser brings. */
  const awaiting = async (more: Record<string, unknown> = {}) => {
    const userId = newUser();
    const { id, connectUrl } = await createSession(userId, more);
    const browser = createBrowser();
    const page = await (await browser.get(connectUrl)).text();
    const callback = await toCallback(browser, connectUrl);
    const answer = await browser.get(callback);
    return { id, userId, connectUrl, browser, page, callback, ...returned(answer) };
  };
  const rowOf = async (id: string) => {
    const row = await portage.portage.connectSessions.find(id);
    if (row === undefined) throw new Error(`there is no session ${id}`);
    return row;
  };
  const setRow = (id: string, set: Partial<Awaited<ReturnType<typeof rowOf>>>) =>
    portage.portage.database.db.update(connectSessions).set(set).where(eq(connectSessions.id, id));
  const heldGrants = () => {
    const logger = createLogger('error', { write: () => undefined });
    const signalRenewal = () => Promise.resolve();
    const consentStarter = { tryStart: () => Promise.resolve() };
    const now = () => new Date(Date.now() + 3 * 60_000);
    return createHeldGrants({ ...portage.portage, logger, signalRenewal, consentStarter, now });
  };

  it('is confirmed once and answers a repeat in the same way; the code is stored as a hash', async () => {
    const { id, userId, session, code, url } = await awaiting();
    expect([session, url.searchParams.get('tab'), url.hash]).toEqual([id, '2', '#data']);
    expect(JSON.stringify(await rowOf(id))).not.toContain(code);
    expect((await ask(`/connect-sessions/${id}`)).json).toMatchObject({
      state: 'awaiting_confirmation',
      consentId: null,
    });
    const confirm = () => ask(`/connect-sessions/${id}/confirm`, { code, userId });
    const [first, ...others] = [...(await Promise.all([confirm(), confirm()])), await confirm()];
    expect(first).toMatchObject({ status: 200, json: { id, state: 'connected' } });
    expect(others).toEqual([first, first]);
    const consents = await consentsOf(userId);
    expect(consents).toHaveLength(1);
    expect(await portage.portage.consents.listEvents(consents[0]?.id ?? '')).toMatchObject([
      { type: 'consent.confirmed' },
      { type: 'consent.connected' },
    ]);
    // The limits on the first export count from here.
    expect(consents[0]?.createdAt).toEqual((await rowOf(id)).confirmedAt);
    expect((await ask(`/connect-sessions/${id}/confirm`, { code: 'another', userId })).code).toBe(
      'CONFIRMATION_CODE_WRONG',
    );
  });

  it('cannot be confirmed after five wrong confirmations', async () => {
    const { id, userId, code } = await awaiting();
    const confirm = async (body: unknown) => (await ask(`/connect-sessions/${id}/confirm`, body)).code;
    for (const wrong of ['1', '2', '3']) expect(await confirm({ code: wrong, userId })).toBe('CONFIRMATION_CODE_WRONG');
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await confirm({ code, userId: 'another' })).toBe('CONFIRMATION_USER_WRONG');
    }
    expect(await confirm({ code, userId })).toBe('CONFIRMATION_VOID');
    expect(await consentsOf(userId)).toEqual([]);
  });

  it('is not confirmed after its deadline, before Google’s answer, by another app, or where the app need not', async () => {
    const late = await awaiting();
    await setRow(late.id, { confirmBy: new Date() });
    const { code, userId } = late;
    expect(await ask(`/connect-sessions/${late.id}/confirm`, { code, userId })).toMatchObject({
      status: 410,
      code: 'CONFIRMATION_EXPIRED',
    });
    expect((await ask(`/connect-sessions/${late.id}`)).json).toMatchObject({
      state: 'unconfirmed',
      errorCode: 'UNCONFIRMED',
    });
    const early = await createSession(userId);
    expect((await ask(`/connect-sessions/${early.id}/confirm`, { code, userId })).code).toBe('NOTHING_TO_CONFIRM');
    const others = await portage.api.createConnectSession({ userId, resources });
    expect((await ask(`/connect-sessions/${others.id}/confirm`, { code, userId })).status).toBe(404);
    await expect(portage.api.confirmConnectSession(others.id, { code, userId })).rejects.toMatchObject({
      code: 'NOTHING_TO_CONFIRM',
    });
  });

  it('needs a way back for the code, which carries none of Portage’s parameters', async () => {
    for (const [wrong, field] of [
      [{ returnUrl: undefined }, 'returnUrl'],
      [{ returnUrl: 'https://app.example.com/?portage_code=x' }, 'returnUrl'],
      [{ userLabel: 'a\nb' }, 'userLabel'],
      [{ userLabel: 'a\u202eb' }, 'userLabel'],
      [{ userLabel: 'x'.repeat(101) }, 'userLabel'],
    ] as const) {
      const { status, code, json } = await ask('/connect-sessions', { userId: 'u', resources, returnUrl, ...wrong });
      expect([status, code, JSON.stringify(json)]).toEqual([400, 'REQUEST_INVALID', expect.stringContaining(field)]);
    }
  });

  it('names the account that the data goes to, as long as the session lasts', async () => {
    const { id, userId, code, page } = await awaiting({ userLabel: 'a…@example.com <b>' });
    expect(page).toContain('a…@example.com &lt;b>');
    expect(page).toContain('Not you? Close this page.');
    expect((await rowOf(id)).userLabel).toBe('a…@example.com <b>');
    await ask(`/connect-sessions/${id}/confirm`, { code, userId });
    expect((await rowOf(id)).userLabel).toBeNull();
    expect((await awaiting()).page).toContain('An app that confirms in which this was started');
  });

  it('opened again before the confirmation shows that the app confirms, and leads there with a code', async () => {
    const { id, userId, connectUrl, browser } = await awaiting();
    const page = await (await browser.get(connectUrl)).text();
    expect(page).toContain('Go back to An app that confirms, which then confirms that this is your account');
    const code = /portage_code=([\w-]{43})/.exec(page)?.[1];
    expect((await ask(`/connect-sessions/${id}/confirm`, { code, userId })).status).toBe(200);
  });

  it('gives its code to the browser that reloads, after a crash before it was handed over', async () => {
    const { id, userId, browser, callback } = await awaiting();
    // As the row is when the server dies with Google's answer in its hands.
    await setRow(id, { state: 'started', confirmBy: null, confirmationCodeHashes: [] });
    await heldGrants().keepAll();
    expect(await consentsOf(userId)).toEqual([]);
    expect(await stateOf(id)).toBe('awaiting_confirmation');
    const { code } = returned(await browser.get(callback));
    expect((await ask(`/connect-sessions/${id}/confirm`, { code, userId })).json).toMatchObject({ state: 'connected' });
  });

  it('becomes a consent although the server died right after the confirmation', async () => {
    const { id, userId } = await awaiting();
    expect((await portage.portage.connectSessions.confirm(id, new Date()))?.confirmedAt).not.toBeNull();
    await heldGrants().keepAll();
    expect(await consentsOf(userId)).toMatchObject([{ state: 'active' }]);
    expect(await stateOf(id)).toBe('connected');
  });

  it('is confirmed while Temporal is unreachable, and its consent is stored, to be started later', async () => {
    const { id, userId, code } = await awaiting();
    const { config } = portage;
    const listener = await bindListener({ host: '127.0.0.1', port: 0 });
    const server = await startServer(
      {
        ...portage.portage,
        config: { ...config, temporal: { ...config.temporal, address: '127.0.0.1:9' } },
        limits: usualLimits,
      },
      createLogger('error', { write: () => undefined }),
      { listener },
    );
    try {
      const api = createPortageApi({ url: server.url, apiKey });
      const { consentId } = await api.confirmConnectSession(id, { code, userId });
      expect((await portage.portage.consents.withoutWorkflow(1_000)).map((each) => each.id)).toContain(consentId);
    } finally {
      await server.stop();
    }
  });
});
