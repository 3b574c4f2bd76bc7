// A renewal leads back to the app only where the operator still allows it.
import { newSecret } from '../../src/database/random-secrets';
import { parseReturnUrls } from '../../src/domain/return-urls';
import { startApiServer, type ApiServer } from '../support/api-server';
import { createBrowser } from '../support/browser';

let server: ApiServer;
beforeAll(async () => {
  server = await startApiServer({ GOOGLE_PROJECT_NUMBER: '482910576301' });
});
afterAll(() => server.stop());

const inDays = (days: number) => new Date(server.portage.now().getTime() + days * 86_400_000);

/** A consent that can be renewed, the page for that, and the browser in which it was given. */
async function renewable(confirmation: boolean) {
  const { hostApps, connectSessions, consents } = server.portage;
  const name = `app ${crypto.randomUUID()}`;
  const { hostApp, key } = await hostApps.createApiKey(name, { confirmation });
  const [at, cookie] = [inDays(-1), newSecret()];
  const { id } = await connectSessions.create({
    ...{ hostAppId: hostApp.id, userId: 'user-1', resources: ['myactivity.search'], at, expiresAt: inDays(1) },
    returnUrl: 'https://app.example/done',
  });
  await connectSessions.open(id, cookie);
  const session = await connectSessions.find(id);
  if (session === undefined) throw new Error('the session that was just made is not there');
  const consentId = await consents.create({
    ...{ session, resources: ['myactivity.search'], accessType: 'time_based', endsAt: inDays(2), at },
    tokens: { accessToken: 'access-1', accessTokenExpiresAt: inDays(1), refreshToken: 'refresh-1' },
  });
  const browser = createBrowser({ url: server.url, cookie: `portage_browser=${cookie}` });
  const renew = async () => {
    const answer = await browser.post(`${server.url}/consents/${consentId}/renew`);
    const made = await connectSessions.find(
      /^\/connect\/(cns_\w+)$/.exec(answer.headers.get('location') ?? '')?.[1] ?? '',
    );
    // The browser is known already, so it needs no link.
    if (made !== undefined) expect((await browser.follow(answer)).status).toBe(200);
    return { status: answer.status, text: await answer.text(), made };
  };
  const allow = (addresses: string) =>
    hostApps.change(
      name,
      { returnUrls: parseReturnUrls(addresses) },
      { by: { kind: 'operator', id: 'ada' }, at: inDays(0) },
    );
  const begun = async () => {
    const entries = await server.portage.auditLog.page({ consentId, after: '', limit: 100 });
    return entries.filter(({ action }) => action === 'consent.renewal_begun').length;
  };
  return { name, key, consentId, renew, allow, begun };
}

it('a renewal returns to the address of the first session, as long as the operator allows it', async () => {
  const { consentId, renew, allow, begun } = await renewable(true);
  const { status, made } = await renew();
  expect(status).toBe(303);
  expect(made).toMatchObject({ returnUrl: 'https://app.example/done', renewsConsentId: consentId });
  expect(await begun()).toBe(1);
  await allow('https://app.example');
  expect(await renew()).toMatchObject({ status: 303, made: { returnUrl: 'https://app.example/done' } });
});

it('a renewal that the app has to confirm is refused when its address is no longer allowed', async () => {
  const { renew, allow, begun } = await renewable(true);
  await allow('https://elsewhere.example');
  const { status, text, made } = await renew();
  expect(status).toBe(409);
  expect(text).toContain('Go back to the app and renew from there');
  expect([made, await begun()]).toEqual([undefined, 0]);
});

it('a renewal that needs no confirmation then leads back to nowhere', async () => {
  const { renew, allow } = await renewable(false);
  await allow('https://elsewhere.example');
  expect(await renew()).toMatchObject({ status: 303, made: { returnUrl: null } });
});

it('renewals that a user begins repeatedly do not count for the app’s limit', async () => {
  const { name, key, renew } = await renewable(false);
  const change = { settings: { maxSessionsPerDay: 1 } };
  await server.portage.hostApps.change(name, change, { by: { kind: 'operator', id: 'ada' }, at: inDays(0) });
  for (let turn = 0; turn < 3; turn += 1) expect((await renew()).status).toBe(303);
  const connect = () =>
    server.post(
      '/v1/connect-sessions',
      { userId: 'user-2', resources: ['myactivity.search'] },
      { authorization: `Bearer ${key}` },
    );
  expect([(await connect()).status, (await connect()).status]).toEqual([201, 429]);
});
