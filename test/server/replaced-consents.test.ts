/** Which consents a connect session may name in `replaces`, what its page says of them, and an account hint's stored form. */
import { connectSessions } from '../../src/database/schema';
import type { Problem } from '../../src/problem-details';
import { startApiServer, type ApiServer } from '../support/api-server';
import { createBrowser } from '../support/browser';

const resource = 'myactivity.search';
let server: ApiServer;
beforeAll(async () => (server = await startApiServer()));
afterAll(() => server.stop());

/** A consent of a user, of the host app of that name. */
async function consentOf(
  userId: string,
  changes: { app?: string; access?: 'one_time' | 'unknown'; ended?: true } = {},
): Promise<string> {
  const { connectSessions: sessions, consents, hostApps } = server.portage;
  const { hostApp } = await hostApps.createApiKey(changes.app ?? 'Test host app', { confirmation: false });
  const at = new Date();
  const expiresAt = new Date(at.getTime() + 3_600_000);
  const resources = [resource];
  const { id } = await sessions.create({
    hostAppId: hostApp.id,
    userId,
    resources,
    returnUrl: undefined,
    at,
    expiresAt,
  });
  const session = await sessions.find(id);
  if (session === undefined) throw new Error('the session that was just made is not there');
  const consentId = await consents.create({
    ...{ session, resources, at },
    accessType: changes.access === 'unknown' ? undefined : (changes.access ?? 'time_based'),
    endsAt: undefined,
    tokens: { accessToken: 'access', accessTokenExpiresAt: expiresAt, refreshToken: 'refresh' },
  });
  if (changes.ended) await consents.end(consentId, 'cancelled', undefined, at);
  return consentId;
}

const ask = (body: Record<string, unknown>) =>
  server.post('/v1/connect-sessions', { userId: 'ada', resources: [resource], ...body });
const refusal = async (body: Record<string, unknown>) => {
  const { status, code, errors } = (await (await ask(body)).json()) as Problem;
  return { status, code, pointers: errors?.map(({ pointer }) => pointer) };
};
const pointers = ['#/replaces'];

describe('`replaces`', () => {
  it('names an active time-based consent of the same user, and is shown', async () => {
    const replaces = await consentOf('ada');
    const answer = await ask({ replaces });
    expect(answer.status).toBe(201);
    const { id } = (await answer.json()) as { id: string };
    expect(await (await server.ask(`/v1/connect-sessions/${id}`)).json()).toMatchObject({ replaces });
  });

  it('is refused with its field for every other consent', async () => {
    const notFound = { status: 404, code: 'NOT_FOUND', pointers };
    expect(await refusal({ replaces: await consentOf('ada', { app: 'Another app' }) })).toEqual(notFound);
    expect(await refusal({ replaces: 'con_1' })).toEqual(notFound);
    const invalid = { status: 400, code: 'REQUEST_INVALID', pointers };
    expect(await refusal({ replaces: await consentOf('ben') })).toEqual(invalid);
    expect(await refusal({ replaces: await consentOf('ada'), resources: ['chrome.history'] })).toEqual(invalid);
    const conflict = { status: 409, code: 'CONSENT_NOT_REPLACEABLE', pointers };
    expect(await refusal({ replaces: await consentOf('ada', { ended: true }) })).toEqual(conflict);
    expect(await refusal({ replaces: await consentOf('ada', { access: 'one_time' }) })).toEqual(conflict);
  });

  it('is nothing for a renewal, and neither is a hint', async () => {
    const id = await consentOf('ada');
    expect(await refusal({ renewsConsentId: id, replaces: id, accountHint: 'home' })).toEqual({
      ...{ status: 400, code: 'REQUEST_INVALID' },
      pointers: ['#/accountHint', '#/replaces'],
    });
  });
});

describe('the page that a user reads before Google’s', () => {
  /** The sentence about the consent that the user already has. */
  const sentenceOf = async (userId: string, more: Record<string, unknown> = {}) => {
    const { connectUrl } = (await (await ask({ userId, ...more })).json()) as { connectUrl: string };
    const opened = await createBrowser().get(connectUrl);
    expect(opened.status).toBe(200);
    const page = (await opened.text()).replaceAll(/<!--.*?-->/g, '').replaceAll(/\s+/g, ' ');
    expect(page).toContain('Data that the app asks for');
    return /<p>(?:Since|On) [^<]*/.exec(page)?.[0];
  };

  it('says what a daily consent loses to a new one', async () => {
    await consentOf('cleo');
    expect(await sentenceOf('cleo')).toMatch(
      /Since .* you share .* every day\. If you now choose 30 or 180 days, the new permission takes this data over/,
    );
  });

  it('says of a consent whose access is not known yet that it may be a daily one', async () => {
    await consentOf('dora', { access: 'unknown' });
    expect(await sentenceOf('dora')).toMatch(
      /On .* you allowed .* to copy .* Google has not yet said whether you allowed this once or every day\. If you allowed it every day, and you now/,
    );
  });

  it('says the same of a consent that may be one for another account', async () => {
    await consentOf('fay', { access: 'unknown' });
    expect(await sentenceOf('fay', { accountHint: 'work' })).toMatch(
      /every day\. That permission continues .* If you choose the same account again and both permissions are for every day, each/,
    );
  });

  it('does not mention a one-time consent, which loses nothing', async () => {
    await consentOf('enid', { access: 'one_time' });
    expect(await sentenceOf('enid')).toBeUndefined();
  });
});

describe('an account hint', () => {
  const hashOf = async (body: Record<string, unknown>) => {
    const { id } = (await (await ask(body)).json()) as { id: string };
    return (await server.portage.connectSessions.find(id))?.accountHintHash;
  };

  it('is stored as an HMAC, equal for equal hints of one user and different for two users', async () => {
    const accountHint = 'ada.at.home@example.com';
    const hash = await hashOf({ accountHint });
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await hashOf({ accountHint })).toBe(hash);
    expect(await hashOf({ accountHint: 'ada.at.work@example.com' })).not.toBe(hash);
    expect(await hashOf({ accountHint, userId: 'ben' })).not.toBe(hash);
    expect(await hashOf({})).toBeNull();
    const rows = await server.portage.database.db.select().from(connectSessions);
    expect(JSON.stringify(rows)).not.toContain(accountHint);
  });

  it('has 200 characters at most', async () => {
    expect((await ask({ accountHint: 'x'.repeat(200) })).status).toBe(201);
    expect(await refusal({ accountHint: 'x'.repeat(201) })).toMatchObject({ status: 400, pointers: ['#/accountHint'] });
    expect(await refusal({ accountHint: '' })).toMatchObject({ status: 400 });
  });
});
