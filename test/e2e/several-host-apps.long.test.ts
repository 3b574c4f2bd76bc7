// Host apps of one installation, each with an OAuth client of its own at Google: which client each consent is used with.
import { createPortageApi, type PortageApi } from '../../src/dev/portage-api';
import { googleClients as googleClientRows } from '../../src/database/schema';
import { createBrowser } from '../support/browser';
import { startTestPortage, testClient, type TestPortage } from '../support/portage';
import { until } from '../support/until';

const diaryClient = { clientId: '200000000002-diary.apps.googleusercontent.com', clientSecret: 'diary-secret' };
const newClient = { clientId: '300000000003-new.apps.googleusercontent.com', clientSecret: 'new-secret' };
const by = { kind: 'operator', id: 'ada' } as const;

let test: TestPortage;
let diary: PortageApi;
beforeAll(async () => {
  test = await startTestPortage({ moreClients: [diaryClient, newClient] });
  const { key } = await test.portage.hostApps.createApiKey('Diary', {
    confirmation: false,
    scopes: ['connect', 'read', 'manage'],
  });
  diary = createPortageApi({ url: test.url, apiKey: key });
  await useClient(diaryClient);
});
afterAll(() => test.stop());

/** As `portage host-apps set Diary --google-client` does. */
async function useClient(client: typeof diaryClient): Promise<void> {
  const { googleClients, hostApps, now } = test.portage;
  const before: NonNullable<Parameters<typeof hostApps.change>[2]['before']> = (tx) => googleClients.save(client, tx);
  await hostApps.change('Diary', { googleClientId: client.clientId }, { by, at: now(), before });
}

const resource = 'myactivity.search';
let people = 0;

/** A new user connects an own account. */
async function connect(
  api: PortageApi,
  access: 'once' | '30d',
  asked: { renewsConsentId?: string; userId?: string } = {},
) {
  people += 1;
  const userId = asked.userId ?? `user-${people}`;
  const account = `${userId}@example.com`;
  if (asked.userId === undefined) test.emulator.control.addAccount({ email: account, name: userId });
  const session = await api.createConnectSession({ userId, resources: [resource], ...asked });
  const browser = createBrowser();
  test.emulator.control.decideNext({ access, account });
  const toGoogle = await browser.continueToGoogle(session.connectUrl);
  await browser.follow(await browser.follow(toGoogle));
  const { consentId } = await api.getConnectSession(session.id);
  if (consentId === null) throw new Error(`${userId} did not get to a consent`);
  return { consentId, userId };
}

/** The OAuth clients with which the calls since the last look were made, by method. */
function clientsOfCalls(): Record<string, string[]> {
  const seen: Record<string, Set<string>> = {};
  for (const { method, clientId = 'none' } of test.emulator.control.requests()) {
    if (method !== 'download') (seen[method] ??= new Set()).add(clientId);
  }
  test.emulator.control.clearRequests();
  return Object.fromEntries(Object.entries(seen).map(([method, clients]) => [method, [...clients]]));
}

it('every call for a consent is made with the client of its host app', async () => {
  for (const [api, { clientId }] of [
    [diary, diaryClient],
    [test.api, testClient],
  ] as const) {
    const { consentId } = await connect(api, 'once');
    await until(
      `the end of ${consentId}`,
      async () => (await test.portage.consents.find(consentId))?.endedAt ?? undefined,
    );
    expect((await api.getConsent(consentId)).state).toBe('completed');
    const calls = clientsOfCalls();
    expect(Object.keys(calls).sort()).toEqual(
      expect.arrayContaining(['authorize', 'check', 'initiate', 'reset', 'state', 'token']),
    );
    for (const clients of Object.values(calls)) expect(clients).toEqual([clientId]);
  }
});

it('a consent keeps its client when its host app gets another one, and a renewal makes one with the new client', async () => {
  await useClient(diaryClient);
  const { consentId, userId } = await connect(diary, '30d');
  await useClient(newClient);
  clientsOfCalls();
  await test.portage.grants.refresh(consentId);
  expect(clientsOfCalls()['token']).toEqual([diaryClient.clientId]);

  const renewed = await connect(diary, '30d', { renewsConsentId: consentId, userId });
  expect(renewed.consentId).not.toBe(consentId);
  clientsOfCalls();
  await test.portage.grants.refresh(renewed.consentId);
  expect(clientsOfCalls()['token']).toEqual([newClient.clientId]);
  // Google's own page, to which a renewal leads, belongs to the project of each consent's client.
  expect((await diary.getConsent(renewed.consentId)).renewal.state).not.toBe('not_offered');
});

it('a code comes back to the client that asked for it, although the host app has another one by then', async () => {
  await useClient(diaryClient);
  test.emulator.control.addAccount({ email: 'late@example.com', name: 'late' });
  const session = await diary.createConnectSession({ userId: 'late', resources: [resource] });
  const browser = createBrowser();
  test.emulator.control.decideNext({ access: '30d', account: 'late@example.com' });
  const toGoogle = await browser.continueToGoogle(session.connectUrl);
  await useClient(newClient);
  await browser.follow(await browser.follow(toGoogle));
  const { consentId } = await diary.getConnectSession(session.id);
  expect(await test.portage.consents.find(consentId ?? '')).toMatchObject({ googleClientId: diaryClient.clientId });
});

it('Google refuses the refresh token of another client', async () => {
  const { consentId } = await connect(test.api, '30d');
  const refreshToken = (await test.portage.tokens.find(consentId))?.refreshToken ?? '';
  const { googleClients, clientsAtGoogle } = test.portage;
  await googleClients.save(newClient);
  const { oauth } = await clientsAtGoogle.get(newClient.clientId);
  await expect(oauth.refresh(refreshToken)).rejects.toMatchObject({
    code: 'GRANT_ENDED',
    detail: 'refresh: 400 invalid_grant',
  });
});

it('a new secret of the same client counts at once, and is nowhere in plain text', async () => {
  const { clientsAtGoogle, googleClients, database } = test.portage;
  await googleClients.save({ ...newClient, clientSecret: 'wrong-secret' });
  const refused = (await clientsAtGoogle.get(newClient.clientId)).oauth.refresh('1//token');
  await expect(refused).rejects.toMatchObject({ code: 'GOOGLE_NOT_SET_UP' });
  await googleClients.save(newClient);
  const rows = await database.db.select().from(googleClientRows);
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toMatch(/new-secret|wrong-secret|diary-secret/);
});
