// Calls in the name of a consent: its token refreshed in time, or once after a refusal (docs/google-api.md §5 row I).
import { createCallPacing } from '../../src/database/call-pacing';
import { openDatabase, type OpenDatabase } from '../../src/database/connect';
import { createGrants, type Grants } from '../../src/google/grants';
import { createStage, type Stage } from '../database/databases';
import { hour, minute, startGoogle, type Google } from './google';

let database: OpenDatabase;
let stage: Stage;
let google: Google;
let grants: Grants;
/** How far our clock is behind Google's. */
let behindMs: number;

beforeAll(async () => {
  database = await openDatabase({ folder: null });
  await database.migrate();
  stage = createStage(database.db);
});
afterAll(() => database.close());

beforeEach(async () => {
  google = await startGoogle();
  behindMs = 0;
  const now = () => new Date(google.emulator.control.clock.now() - behindMs);
  const pacing = createCallPacing(database.db, { clientId: google.options.clientId, perMinute: 1_000_000 });
  grants = createGrants({ tokens: stage.tokens, oauth: google.oauth, pacing, now });
});
afterEach(() => google.stop());

const resources = ['chrome.history'];

/** A consent at Google, stored as the callback stores it. */
async function connected(decision: Parameters<Google['consent']>[1] = { access: '30d' }): Promise<string> {
  const { tokens } = await google.consent(resources, decision);
  return stage.consent({ tokens });
}

const check = (consentId: string) =>
  grants.call(consentId, 'accessType.check', (token) => google.api.checkAccessType(token));

const answer = { oneTime: [], timeBased: resources };

describe('a call in the name of a consent', () => {
  it('goes out with the stored token while that is good', async () => {
    const id = await connected();
    expect(await check(id)).toEqual(answer);
    google.emulator.control.clock.advance(58 * minute);
    expect(await check(id)).toEqual(answer);
    expect(google.calls()).toEqual(['check', 'check']);
  });

  it('has the token refreshed first when its last minute has begun, and stored', async () => {
    const id = await connected();
    const before = await stage.tokens.find(id);
    google.emulator.control.clock.advance(59.5 * minute);
    expect(await check(id)).toEqual(answer);
    expect(await check(id)).toEqual(answer);
    expect(google.calls()).toEqual(['token', 'check', 'check']);
    const after = await stage.tokens.find(id);
    expect(after?.accessToken).not.toBe(before?.accessToken);
    expect(after?.refreshToken).toBe(before?.refreshToken);
  });

  it('D36: refreshes once when twenty need it at once', async () => {
    const id = await connected();
    google.emulator.control.clock.advance(2 * hour);
    const answers = await Promise.all(Array.from({ length: 20 }, () => check(id)));
    expect(answers).toEqual(Array.from({ length: 20 }, () => answer));
    expect(google.calls().filter((method) => method === 'token')).toHaveLength(1);
  });

  it('D14: is repeated once with a refreshed token when Google refuses the first', async () => {
    const id = await connected();
    google.emulator.control.clock.advance(2 * hour);
    behindMs = 2 * hour;
    expect(await check(id)).toEqual(answer);
    expect(google.calls()).toEqual(['check', 'token', 'check']);
  });

  it('is repeated once and no more', async () => {
    const id = await connected();
    const body = { error: { code: 401, status: 'UNAUTHENTICATED' } };
    google.emulator.control.addFault({ method: 'check', times: 9, status: 401, body });
    await expect(check(id)).rejects.toMatchObject({ code: 'GRANT_ENDED', retryable: false });
    expect(google.calls()).toEqual(['check', 'token', 'check']);
  });

  it('is not repeated for any other refusal, which is translated', async () => {
    const id = await connected();
    const body = { error: { code: 403, status: 'PERMISSION_DENIED' } };
    google.emulator.control.addFault({ method: 'check', times: 9, status: 403, body });
    await expect(check(id)).rejects.toMatchObject({ code: 'SCOPE_MISSING' });
    expect(google.calls()).toEqual(['check']);
  });

  it('D37: ends the grant when the person took it back', async () => {
    const id = await connected();
    const known = await stage.tokens.find(id);
    await google.oauth.revoke(known?.refreshToken ?? '');
    google.calls();
    await expect(check(id)).rejects.toMatchObject({ code: 'GRANT_ENDED', retryable: false });
    expect(google.calls()).toEqual(['check', 'token']);
    expect(await stage.tokens.find(id)).toEqual(known);
  });

  it('D37: only waits when the token endpoint is away: the tokens stay', async () => {
    const id = await connected();
    const known = await stage.tokens.find(id);
    google.emulator.control.clock.advance(2 * hour);
    google.emulator.control.addFault({ method: 'token', status: 503, body: 'later' });
    await expect(check(id)).rejects.toMatchObject({ code: 'GOOGLE_UNAVAILABLE', retryable: true });
    expect(await stage.tokens.find(id)).toEqual(known);
    expect(await check(id)).toEqual(answer);
  });

  it('without a refresh token uses the access token to its end, and then says that the grant ended (Q9)', async () => {
    google.emulator.control.setSwitches({ Q9: 'B' });
    const id = await connected({ access: 'once' });
    google.emulator.control.clock.advance(59.5 * minute);
    expect(await check(id)).toEqual({ oneTime: resources, timeBased: [] });
    google.emulator.control.clock.advance(2 * minute);
    await expect(check(id)).rejects.toMatchObject({ code: 'GRANT_ENDED' });
    expect(google.calls()).toEqual(['check', 'check']);
  });

  it('does not go out once the tokens are forgotten', async () => {
    const id = await connected();
    await stage.consents.end(id, 'completed', undefined, new Date());
    google.calls();
    await expect(check(id)).rejects.toMatchObject({ code: 'GRANT_ENDED' });
    expect(google.calls()).toEqual([]);
  });
});

describe('revoking a consent', () => {
  it('ends the grant at Google, and may be repeated', async () => {
    const id = await connected();
    await grants.revoke(id);
    await grants.revoke(id);
    await expect(check(id)).rejects.toMatchObject({ code: 'GRANT_ENDED' });
  });

  it('uses the access token where there is no other (Q9)', async () => {
    google.emulator.control.setSwitches({ Q9: 'B' });
    const id = await connected({ access: 'once' });
    await grants.revoke(id);
    expect(google.emulator.control.requests()).toMatchObject([{ method: 'revoke', status: 200, query: [] }]);
  });

  it('counts as done once the tokens are forgotten', async () => {
    const id = await connected();
    await stage.consents.end(id, 'completed', undefined, new Date());
    google.calls();
    await grants.revoke(id);
    expect(google.calls()).toEqual([]);
  });

  it('D41: is told when Google did not do it', async () => {
    const id = await connected();
    google.emulator.control.addFault({ method: 'revoke', status: 503, body: 'later' });
    await expect(grants.revoke(id)).rejects.toMatchObject({ code: 'GOOGLE_UNAVAILABLE', retryable: true });
  });
});
