// A connect session that its host app cancels: the link stops working at once, and no grant is left at Google.
import { eq } from 'drizzle-orm';

import { connectSessions, events } from '../../src/database/schema';
import { housekeepingId } from '../../src/workflows/ids';
import { createBrowser, type Browser } from '../support/browser';
import { startTestPortage, type TestPortage } from '../support/portage';
import { until } from '../support/until';

const resources = ['myactivity.search'];
const returnUrl = 'https://app.example.com/done';

describe('a connect session', () => {
  let portage: TestPortage;
  let apiKey: string;
  let users = 0;
  beforeAll(async () => {
    portage = await startTestPortage();
    const made = await portage.portage.hostApps.createApiKey('An app that confirms', {
      scopes: ['connect', 'read', 'manage'],
    });
    apiKey = made.key;
  });
  afterAll(() => portage.stop());

  const ask = async (path: string, body?: unknown, key = apiKey) => {
    const answer = await fetch(`${portage.url}/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json = (await answer.json()) as Record<string, unknown> & { code?: string };
    return { status: answer.status, json, code: json.code };
  };
  const create = async (userId = `user-${++users}`) => {
    const { json } = await ask('/connect-sessions', { userId, resources, returnUrl, userLabel: 'canary-label' });
    return { userId, account: `${userId}@example.com`, ...(json as { id: string; connectUrl: string }) };
  };
  type Created = Awaited<ReturnType<typeof create>>;
  const cancel = (id: string, key?: string) => ask(`/connect-sessions/${id}/cancel`, {}, key);
  const cancelled = { state: 'cancelled', errorCode: 'CONNECT_CANCELLED' };
  /** The browser's way to the address of the callback, which it has not opened yet. */
  const toCallback = async (browser: Browser, { connectUrl, account }: Created, isDeclined = false) => {
    const { control } = portage.emulator;
    control.addAccount({ email: account, name: account });
    control.decideNext({ access: '180d', account, ...(isDeclined && { decline: true }) });
    const answer = await browser.follow(await browser.continueToGoogle(connectUrl));
    return answer.headers.get('location') ?? '';
  };
  /** Every grant of the account, and whether it is live. */
  const grantsOf = ({ account }: Created) => {
    const { accounts, grants } = portage.emulator.control.state;
    const own = accounts.find(({ email }) => email === account);
    return grants
      .filter(({ accountId }) => accountId === own?.accountId)
      .map(({ endedAt }) => (endedAt === undefined ? 'live' : 'ended'));
  };
  const consentEnded = (consentId: string) =>
    until('the end of the consent', async () => {
      const { json } = await ask(`/consents/${consentId}`);
      return typeof json['endedAt'] === 'string' ? json : undefined;
    });
  /** A session that is cancelled while its user is at Google; then the user connects again, and is not confirmed yet. */
  const cancelAndConnectAgain = async () => {
    const session = await create();
    const browser = createBrowser();
    const callback = await toCallback(browser, session);
    await cancel(session.id);
    const other = await create(session.userId);
    const otherBrowser = createBrowser();
    await otherBrowser.get(await toCallback(otherBrowser, other));
    return { session, other, answerLate: async () => shown(await browser.get(callback)) };
  };
  const deleteUser = async ({ userId }: Created) => {
    const headers = { authorization: `Bearer ${apiKey}` };
    expect((await fetch(`${portage.url}/v1/users/${userId}`, { method: 'DELETE', headers })).ok).toBe(true);
  };
  const eventsOf = async ({ id }: Created) => {
    const rows = await portage.portage.database.db.select().from(events).orderBy(events.position);
    return rows.filter(({ data }) => data['connectSessionId'] === id).map(({ type, data }) => [type, data]);
  };
  const shown = async (answer: Response) => [answer.status, (await answer.text()).match(/CONNECT_\w+/)?.[0]];

  it('that was not opened is cancelled, and a repeat changes nothing', async () => {
    const session = await create();
    const first = await cancel(session.id);
    expect([first.status, first.json]).toEqual([200, expect.objectContaining({ id: session.id, ...cancelled })]);
    expect(await cancel(session.id)).toEqual(first);
    expect(await eventsOf(session)).toEqual([['connect_session.cancelled', { connectSessionId: session.id }]]);
    expect(await shown(await createBrowser().get(session.connectUrl))).toEqual([410, 'CONNECT_CANCELLED']);
    const { db } = portage.portage.database;
    const [row] = await db.select().from(connectSessions).where(eq(connectSessions.id, session.id));
    expect(row?.userLabel).toBeNull();
    const entries = await portage.portage.auditLog.page({ consentId: undefined, after: '', limit: 1_000 });
    const own = entries.filter(({ object, action }) => object === session.id && action === 'connect_session.cancelled');
    expect(own).toHaveLength(2);
  });

  it('whose page is open in a browser goes no further', async () => {
    const session = await create();
    const browser = createBrowser();
    const { url } = await browser.get(session.connectUrl);
    await cancel(session.id);
    expect(await shown(await browser.post(`${url}/start`))).toEqual([410, 'CONNECT_CANCELLED']);
  });

  it('whose user is at Google revokes a grant that comes later, once', async () => {
    const session = await create();
    const browser = createBrowser();
    const callback = await toCallback(browser, session);
    expect((await cancel(session.id)).json).toMatchObject(cancelled);
    // Another browser with the address of the callback is refused.
    expect((await createBrowser().get(callback)).status).toBe(400);
    expect(grantsOf(session)).toEqual([]);
    expect(await shown(await browser.get(callback))).toEqual([410, 'CONNECT_CANCELLED']);
    expect(grantsOf(session)).toEqual(['ended']);
    expect(await shown(await browser.get(callback))).toEqual([410, 'CONNECT_CANCELLED']);
    expect(grantsOf(session)).toEqual(['ended']);
    expect((await ask(`/connect-sessions/${session.id}`)).json).toMatchObject({ ...cancelled, consentId: null });
    expect((await eventsOf(session)).map(([type]) => type)).toEqual(['connect_session.cancelled']);
  });

  it('revokes no grant that comes later while another session of the user has one', async () => {
    const { session, answerLate } = await cancelAndConnectAgain();
    expect(await answerLate()).toEqual([410, 'CONNECT_CANCELLED']);
    // Revoking one ends all grants of the account at Google.
    expect(grantsOf(session)).toEqual(['live', 'live']);
  });

  it('revokes no grant that comes later while the grant of a consent that ends is being reset, which ends both', async () => {
    const { session, other, answerLate } = await cancelAndConnectAgain();
    // The other one's consent is ending, and stays so while Google refuses the reset.
    const { control } = portage.emulator;
    control.addFault({ method: 'reset', account: session.account, times: 1_000, status: 503 });
    const { consentId } = (await cancel(other.id)).json;
    expect(await answerLate()).toEqual([410, 'CONNECT_CANCELLED']);
    expect(grantsOf(session)).toEqual(['live', 'live']);
    control.clearFaults();
    await consentEnded(consentId as string);
    expect(grantsOf(session)).toEqual(['ended', 'ended']);
  });

  it('that was not confirmed in time revokes a grant from another tab', async () => {
    const session = await create();
    const browser = createBrowser();
    const first = await toCallback(browser, session);
    const second = await toCallback(browser, session);
    await browser.get(first);
    const { db } = portage.portage.database;
    const confirmBy = new Date(Date.now() - 1_000);
    await db.update(connectSessions).set({ confirmBy }).where(eq(connectSessions.id, session.id));
    await portage.temporal.schedule.getHandle(housekeepingId(portage.config.temporal.taskQueue)).trigger();
    // The session shows its end before the housekeeping makes the consent that resets the grant.
    const consentId = await until('the consent', async () => {
      const { json } = await ask(`/connect-sessions/${session.id}`);
      return (json['consentId'] as string | null) ?? undefined;
    });
    expect(await consentEnded(consentId)).toMatchObject({ state: 'unconfirmed', resetAnswer: 'done', exports: [] });
    expect(grantsOf(session)).toEqual(['ended']);
    await browser.get(second);
    expect(grantsOf(session)).toEqual(['ended', 'ended']);
  });

  it('that expired while the user was at Google revokes a grant that comes later', async () => {
    const session = await create();
    const browser = createBrowser();
    const callback = await toCallback(browser, session);
    const expiresAt = new Date(Date.now() - 1_000);
    const { db } = portage.portage.database;
    await db.update(connectSessions).set({ expiresAt }).where(eq(connectSessions.id, session.id));
    expect(await shown(await browser.get(callback))).toEqual([410, 'CONNECT_LINK_EXPIRED']);
    expect(grantsOf(session)).toEqual(['ended']);
  });

  it('whose user is deleted while at Google revokes a grant that comes later', async () => {
    const session = await create();
    const browser = createBrowser();
    const callback = await toCallback(browser, session);
    await deleteUser(session);
    expect(await shown(await browser.get(callback))).toEqual([410, 'CONNECT_LINK_EXPIRED']);
    expect(grantsOf(session)).toEqual(['ended']);
  });

  it('whose user was deleted revokes no grant that comes later while the same browser has connected again', async () => {
    const session = await create();
    const browser = createBrowser();
    const callback = await toCallback(browser, session);
    await deleteUser(session);
    const second = await create(`${session.userId}-second`);
    await browser.get(await toCallback(browser, { ...second, account: session.account }));
    expect(grantsOf(session)).toEqual(['live']);
    expect(await shown(await browser.get(callback))).toEqual([410, 'CONNECT_LINK_EXPIRED']);
    // Revoking one ends all grants of the account at Google.
    expect(grantsOf(session)).toEqual(['live', 'live']);
  });

  it('whose user declines later is left as it is', async () => {
    const session = await create();
    const browser = createBrowser();
    const callback = await toCallback(browser, session, true);
    await cancel(session.id);
    expect(await shown(await browser.get(callback))).toEqual([410, 'CONNECT_CANCELLED']);
    expect((await ask(`/connect-sessions/${session.id}`)).json).toMatchObject(cancelled);
  });

  it.each(['declined', 'failed'] as const)('that %s in one tab revokes the grant from another tab', async (state) => {
    const session = await create();
    const browser = createBrowser();
    const first = await toCallback(browser, session, true);
    const second = await toCallback(browser, session);
    const ending = state === 'declined' ? first : first.replace('access_denied', 'server_error');
    await browser.get(ending);
    expect((await ask(`/connect-sessions/${session.id}`)).json).toMatchObject({ state, consentId: null });
    await browser.get(second);
    expect(grantsOf(session)).toEqual(['ended']);
    expect((await ask(`/connect-sessions/${session.id}`)).json).toMatchObject({ state, consentId: null });
  });

  it('that has connected in one tab keeps its grant when another tab answers too', async () => {
    const session = await create();
    const browser = createBrowser();
    const first = await toCallback(browser, session);
    const second = await toCallback(browser, session);
    await browser.get(first);
    await browser.get(second);
    expect(grantsOf(session)).toEqual(['live']);
  });

  it('that awaits its confirmation resets its grant, and cannot be confirmed', async () => {
    const session = await create();
    const browser = createBrowser();
    const answer = await browser.get(await toCallback(browser, session));
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('portage_code');
    expect(grantsOf(session)).toEqual(['live']);
    const { status, json } = await cancel(session.id);
    expect([status, json]).toEqual([200, expect.objectContaining(cancelled)]);
    const consentId = json['consentId'] as string;
    const confirmed = await ask(`/connect-sessions/${session.id}/confirm`, { code, userId: session.userId });
    expect([confirmed.status, confirmed.code]).toEqual([409, 'NOTHING_TO_CONFIRM']);
    expect(await consentEnded(consentId)).toMatchObject({ state: 'cancelled', resetAnswer: 'done', exports: [] });
    expect(grantsOf(session)).toEqual(['ended']);
    expect((await cancel(session.id)).json).toMatchObject({ ...cancelled, consentId });
    expect(await eventsOf(session)).toEqual([
      ['connect_session.awaiting_confirmation', expect.anything()],
      ['connect_session.cancelled', { connectSessionId: session.id, consentId }],
    ]);
    expect(await shown(await browser.get(session.connectUrl))).toEqual([410, 'CONNECT_CANCELLED']);
  });

  it('that has led to a consent, or is about to, is not cancelled', async () => {
    const { consentId } = await portage.connect({ resources, userId: `user-${++users}` });
    const { items } = (await ask(`/connect-sessions?userId=user-${users}`, undefined, portage.apiKey)).json as {
      items?: { id: string; consentId: string }[];
    };
    const [connected] = items ?? [];
    expect(connected?.consentId).toBe(consentId);
    const refused = await cancel(connected?.id ?? '', portage.apiKey);
    expect([refused.status, refused.code]).toEqual([409, 'CONNECT_SESSION_CONNECTED']);
    expect(await portage.portage.consents.find(consentId ?? '')).toMatchObject({ stopWanted: null });

    // As while the server that took the answer exchanges the code.
    const session = await create();
    const answered = { state: 'started', oauthStateUsedAt: new Date() } as const;
    const { db } = portage.portage.database;
    await db.update(connectSessions).set(answered).where(eq(connectSessions.id, session.id));
    const busy = await cancel(session.id);
    expect([busy.status, busy.code]).toEqual([503, 'NOT_READY']);
    expect((await ask(`/connect-sessions/${session.id}`)).json['state']).toBe('started');
  });

  it('that has ended stays as it is', async () => {
    const session = await create();
    const { db } = portage.portage.database;
    const expiresAt = new Date(Date.now() - 1_000);
    await db.update(connectSessions).set({ expiresAt }).where(eq(connectSessions.id, session.id));
    expect(await cancel(session.id)).toMatchObject({ status: 200, json: { state: 'expired', errorCode: null } });
    expect(await eventsOf(session)).toEqual([]);
  });

  it('is not cancelled by another host app', async () => {
    const session = await create();
    const foreign = await cancel(session.id, portage.apiKey);
    expect([foreign.status, foreign.code]).toEqual([404, 'NOT_FOUND']);
    expect((await ask(`/connect-sessions/${session.id}`)).json['state']).toBe('created');
  });
});
