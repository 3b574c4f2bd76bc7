// Several Google accounts of one user, and one of several users: the exporting consent, the end of each grant, and the
// pages of each user.
import { reportConsent } from '../../src/commands/consent-report';
import { reportText } from '../../src/commands/consent-report-text';
import { createOperator } from '../../src/commands/operator';
import type { ConsentJson } from '../../src/dev/portage-api';
import type { ConsentDecision } from '../../src/emulator';
import { createBrowser, type Browser } from '../support/browser';
import { quickHousekeeping, startTestPortage, type TestPortage } from '../support/portage';
import { until } from '../support/until';

const search = 'myactivity.search';
const maps = 'myactivity.maps';

let test: TestPortage;
beforeAll(async () => {
  test = await startTestPortage({ environment: quickHousekeeping });
});
afterAll(() => test.stop());

let people = 0;
/** A user of the host app, and two Google accounts. */
function newUser() {
  people += 1;
  const [home, work] = [`home-${people}@example.com`, `work-${people}@example.com`];
  for (const email of [home, work]) test.emulator.control.addAccount({ email, name: email });
  return { userId: `user-${people}`, home, work };
}

interface Connected {
  readonly id: string;
  readonly browser: Browser;
  /** The text of the connect page, without markup. */
  readonly page: string;
}

const words = (html: string) =>
  html
    .replace(/<style[\s\S]*?<\/style>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

/** The user connects an account, as the host app asks for it. */
async function connect(
  userId: string,
  account: string,
  access: NonNullable<ConsentDecision['access']>,
  asked: { accountHint?: string; replaces?: string; resources?: readonly string[] } = {},
): Promise<Connected> {
  const session = await test.api.createConnectSession({ userId, resources: [search], ...asked });
  const browser = createBrowser();
  const page = words(await (await browser.get(session.connectUrl)).text());
  test.emulator.control.decideNext({ access, account });
  const toGoogle = await browser.continueToGoogle(session.connectUrl);
  await browser.follow(await browser.follow(toGoogle));
  const { consentId } = await test.api.getConnectSession(session.id);
  if (consentId === null) throw new Error(`${userId} did not get to a consent`);
  return { id: consentId, browser, page };
}

const consentOf = (id: string) => test.api.getConsent(id);
const exported = (id: string) =>
  until(
    `the export of ${id}`,
    async () => (await consentOf(id)).exports.some(({ state }) => state === 'ready') || undefined,
  );
const became = (id: string, what: string, is: (consent: ConsentJson) => boolean) =>
  until(`${id}: ${what}`, async () => {
    const consent = await consentOf(id);
    return is(consent) ? consent : undefined;
  });
const isOver = ({ waitsFor, resetAnswer }: ConsentJson) => waitsFor === null && resetAnswer !== 'kept';
const send = (method: string, path: string) =>
  fetch(`${test.url}${path}`, { method, headers: { authorization: `Bearer ${adminKey}` } });
let adminKey = '';
beforeAll(async () => {
  adminKey = (await test.portage.hostApps.createApiKey('Test host app', { confirmation: false, scopes: ['admin'] }))
    .key;
});
const cancel = async (id: string) => {
  expect((await send('POST', `/v1/consents/${id}/cancel`)).status).toBe(202);
  await test.ended(id);
};
const statusPage = async ({ id, browser }: Connected) =>
  words(await (await browser.get(`${test.url}/consents/${id}`)).text());
const operatorSees = async (id: string) =>
  reportText(await reportConsent(createOperator(test.portage, test.temporal, 10_000), id));
const dataOf = async (id: string, type: string) =>
  (await test.portage.consents.listEvents(id)).filter((event) => event.type === type).map(({ data }) => data);
const resetsOf = (email: string) => {
  const account = test.emulator.control.state.accounts.find((each) => each.email === email);
  return test.emulator.control
    .requests()
    .filter(
      ({ method, accountId, status }) => method === 'reset' && accountId === account?.accountId && status === 200,
    );
};
const tokensOf = (id: string) => test.portage.tokens.find(id);

it('D38: two accounts that hints distinguish coexist, and each grant ends without harming the other', async () => {
  const { userId, home, work } = newUser();
  const first = await connect(userId, home, '30d', { accountHint: 'home' });
  const second = await connect(userId, work, '30d', { accountHint: 'work' });
  expect(second.page).toContain(
    'continues as it is, because Test host app treats it as one for another Google account',
  );
  await exported(first.id);
  await exported(second.id);
  for (const { id } of [first, second]) {
    expect(await consentOf(id)).toMatchObject({ state: 'active', supersededResources: [], waitsFor: null });
  }
  expect(await dataOf(second.id, 'consent.connected')).toMatchObject([{ others: [first.id] }]);
  expect(await statusPage(second)).toContain('You have another permission with this app');

  await cancel(second.id);
  expect(await consentOf(second.id)).toMatchObject({
    ...{ state: 'cancelled', resetAnswer: 'kept' },
    waitsFor: { reason: 'other_consents', consentIds: [first.id], until: expect.any(String) as string },
  });
  expect(await statusPage(second)).toContain(
    'Portage ends this one when the other one has ended. At the latest, it ends on',
  );
  expect(await operatorSees(second.id)).toMatch(new RegExp(`waits for +the end of ${first.id}, until`));
  expect(await tokensOf(second.id)).toBeDefined();
  expect([...resetsOf(home), ...resetsOf(work)]).toEqual([]);

  await cancel(first.id);
  expect(await became(second.id, 'its grant has ended', isOver)).toMatchObject({ resetAnswer: 'done' });
  expect([resetsOf(home).length, resetsOf(work).length]).toEqual([1, 1]);
  expect(await tokensOf(second.id)).toBeUndefined();
  expect(await statusPage(second)).toContain('Portage has ended the permission at Google.');
});

it('a second account without a hint takes over, as pages show, and the first grant ends later', async () => {
  const { userId, home, work } = newUser();
  const first = await connect(userId, home, '30d', { resources: [search, maps] });
  await exported(first.id);
  const second = await connect(userId, work, '30d', { resources: [search, maps] });
  expect(second.page).toMatch(
    /the new permission takes this data over.*Portage cannot see which Google account you choose/,
  );

  await test.ended(first.id);
  expect(await consentOf(first.id)).toMatchObject({
    ...{ state: 'superseded', supersededBy: [second.id], resetAnswer: 'kept' },
    waitsFor: { reason: 'other_consents', consentIds: [second.id] },
  });
  expect(await dataOf(first.id, 'consent.superseded')).toEqual([
    { resources: [search, maps], by: second.id, because: 'no_account_hint' },
  ]);
  expect(await statusPage(first)).toContain(
    'It exports this data now. Portage has not ended this permission at Google',
  );
  expect(await operatorSees(first.id)).toMatch(new RegExp(`taken over +${search}, ${maps} by ${second.id}`));
  expect(resetsOf(home)).toEqual([]);

  await cancel(second.id);
  expect(await became(first.id, 'its grant has ended', isOver)).toMatchObject({ resetAnswer: 'done' });
  expect([resetsOf(home).length, resetsOf(work).length]).toEqual([1, 1]);
});

it('the same account again, by its hint, takes over, and its one grant is reset once, at the end', async () => {
  const { userId, home } = newUser();
  const first = await connect(userId, home, '30d', { accountHint: 'home' });
  const second = await connect(userId, home, '180d', { accountHint: 'home' });
  expect(second.page).toContain('says that both are of the same Google account');
  await test.ended(first.id);
  expect(await dataOf(first.id, 'consent.superseded')).toEqual([
    { resources: [search], by: second.id, because: 'same_account_hint' },
  ]);
  // The grant of both is alive.
  await test.portage.grants.refresh(second.id);
  expect(resetsOf(home)).toEqual([]);
  await cancel(second.id);
  expect(await became(first.id, 'its grant has ended', isOver)).toMatchObject({ resetAnswer: 'already_ended' });
  expect(resetsOf(home)).toHaveLength(1);
});

it('`replaces` takes over for any hints, and the rest stays', async () => {
  const { userId, home, work } = newUser();
  const first = await connect(userId, home, '30d', { accountHint: 'home', resources: [search, maps] });
  const second = await connect(userId, work, '30d', { accountHint: 'work', replaces: first.id });
  expect(second.page).toContain('Test host app asked for this, whichever Google account you choose.');
  expect(
    await became(first.id, 'taken over', ({ supersededResources }) => supersededResources.length > 0),
  ).toMatchObject({ state: 'active', supersededResources: [search], supersededBy: [second.id] });
  expect(await dataOf(first.id, 'consent.superseded')).toMatchObject([{ by: second.id, because: 'replaces' }]);
  expect(await operatorSees(second.id)).toMatch(new RegExp(`replaces +${first.id}`));

  // The whole user is deleted: no grant stays behind, and nothing that names the user.
  expect((await send('DELETE', `/v1/users/${userId}`)).status).toBe(202);
  for (const { id } of [first, second]) {
    const gone = await became(id, 'its user id is deleted', (consent) => consent.userId === null);
    expect(gone).toMatchObject({ state: 'deleted' });
    expect(await tokensOf(id)).toBeUndefined();
    expect(await test.portage.consents.find(id)).toMatchObject({ accountHintHash: null, grantKeptUntil: null });
  }
  expect([resetsOf(home).length, resetsOf(work).length]).toEqual([1, 1]);
});

it('a one-time consent along with another shows what its grant waits for; a deletion does not wait', async () => {
  const { userId, home, work } = newUser();
  const daily = await connect(userId, home, '30d');
  const once = await connect(userId, work, 'once');
  await test.ended(once.id);
  expect(await consentOf(daily.id)).toMatchObject({
    ...{ state: 'active', errorCode: null, accessType: 'time_based', supersededResources: [] },
  });
  expect(await consentOf(once.id)).toMatchObject({
    ...{ state: 'completed', resetAnswer: 'kept' },
    waitsFor: { reason: 'other_consents', consentIds: [daily.id] },
  });
  expect(await statusPage(once)).toContain('another permission is still in use');
  expect(await operatorSees(once.id)).toMatch(new RegExp(`waits for +the end of ${daily.id}`));

  expect((await send('DELETE', `/v1/consents/${once.id}`)).status).toBe(202);
  const deleted = await became(once.id, 'it is deleted', (consent) => consent.userId === null);
  expect(deleted).toMatchObject({ resetAnswer: 'kept', waitsFor: null });
  expect(await tokensOf(once.id)).toBeUndefined();
  expect([...resetsOf(home), ...resetsOf(work)]).toEqual([]);
  await cancel(daily.id);
});

it('D39: one account of two users: neither sees the other, and the grant is reset after both', async () => {
  const ada = newUser();
  const ben = newUser();
  const adas = await connect(ada.userId, ada.home, '30d');
  await exported(adas.id);
  const bens = await connect(ben.userId, ada.home, '30d');
  const [shared] = await until('the refusal that shows it', async () => {
    const refusals = await dataOf(bens.id, 'consent.account_shared');
    return refusals.length > 0 ? refusals : undefined;
  });
  expect(await dataOf(adas.id, 'consent.account_shared')).toMatchObject([
    { sharedAccountId: shared?.['sharedAccountId'] },
  ]);
  expect(bens.page).not.toMatch(/(Since .* you share|On .* you allowed)/);

  await cancel(adas.id);
  expect(await consentOf(adas.id)).toMatchObject({
    ...{ state: 'cancelled', resetAnswer: 'kept' },
    waitsFor: { reason: 'other_consents', consentIds: [] },
  });
  expect(await statusPage(adas)).not.toContain(bens.id);
  expect(await operatorSees(adas.id)).toMatch(/waits for +the end of consents of another user/);
  expect(resetsOf(ada.home)).toEqual([]);
  await cancel(bens.id);
  expect(await became(adas.id, 'its grant has ended', isOver)).toMatchObject({ resetAnswer: 'already_ended' });
  expect(resetsOf(ada.home)).toHaveLength(1);
});

it('shows that it waits for the user who is at Google’s screen', async () => {
  const { userId, home } = newUser();
  const first = await connect(userId, home, '30d');
  await exported(first.id);
  const session = await test.api.createConnectSession({ userId, resources: [maps] });
  await createBrowser().continueToGoogle(session.connectUrl);
  expect((await send('POST', `/v1/consents/${first.id}/cancel`)).status).toBe(202);
  expect(await became(first.id, 'it is ending', ({ state }) => state === 'ending')).toMatchObject({
    waitsFor: { reason: 'user_is_connecting', consentIds: [], until: null },
  });
  expect(await statusPage(first)).toContain('as soon as the connection that you have begun is finished or given up');
  expect(await operatorSees(first.id)).toMatch(/waits for +the user, who is connecting an account now/);
});
