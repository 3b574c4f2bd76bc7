// Calls in the name of a consent: its token refreshed in time, or once after a refusal (docs/google-api.md §5 row I).
import { createCallPacing, type CallPacing } from '../../src/database/call-pacing';
import type { OpenDatabase } from '../../src/database/database';
import { openTestDatabase } from '../support/database';
import type { PortageError } from '../../src/domain/error-codes';
import { createGrants, type Grants } from '../../src/google/grants';
import { createStage, type Stage } from '../database/databases';
import { hour, minute, startedAt, startGoogle, type Google } from './google';

let database: OpenDatabase;
let stage: Stage;
let google: Google;
let pacing: CallPacing;
let grants: Grants;
/** How far our clock is behind Google's. */
let behindMs: number;

beforeAll(async () => {
  database = await openTestDatabase();
  stage = createStage(database.db);
});
afterAll(() => database.close());

beforeEach(async () => {
  google = await startGoogle();
  behindMs = 0;
  const now = () => new Date(google.emulator.control.clock.now() - behindMs);
  pacing = createCallPacing(database.db, { clientId: crypto.randomUUID(), perMinute: 1_000_000 });
  grants = createGrants({
    tokens: stage.tokens,
    clients: { get: () => Promise.resolve({ oauth: google.oauth, pacing }) },
    now,
  });
});
afterEach(() => google.stop());

const resources = ['chrome.history'];
const day = 24 * hour;

/** A consent at Google, stored as the callback stores it. */
async function connected(decision: Parameters<Google['consent']>[1] = { access: '30d' }): Promise<string> {
  const { tokens, refreshTokenExpiresAt: endsAt } = await google.consent(resources, decision);
  return stage.consent({ tokens, endsAt });
}

const check = (consentId: string) =>
  grants.call(consentId, 'accessType.check', (token) => google.api.checkAccessType(token));

const answer = { oneTime: [], timeBased: resources };

describe('a call in the name of a consent', () => {
  it('is sent with the stored token while that is valid', async () => {
    const id = await connected();
    expect(await check(id)).toEqual(answer);
    google.emulator.control.clock.advance(58 * minute);
    expect(await check(id)).toEqual(answer);
    expect(google.calls()).toEqual(['check', 'check']);
  });

  it('D14: has the token refreshed first when its last minute has begun, and stored', async () => {
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

  it('D37: only waits when the token endpoint is unreachable: the tokens stay', async () => {
    const id = await connected();
    const known = await stage.tokens.find(id);
    google.emulator.control.clock.advance(2 * hour);
    google.emulator.control.addFault({ method: 'token', status: 503, body: 'later' });
    await expect(check(id)).rejects.toMatchObject({ code: 'GOOGLE_UNAVAILABLE', retryable: true });
    expect(await stage.tokens.find(id)).toEqual(known);
    expect(await check(id)).toEqual(answer);
  });

  it('without a refresh token uses the access token to its end, then reports that the grant ended (Q9)', async () => {
    google.emulator.control.setSwitches({ Q9: 'B' });
    const id = await connected({ access: 'once' });
    google.emulator.control.clock.advance(59.5 * minute);
    expect(await check(id)).toEqual({ oneTime: resources, timeBased: [] });
    google.emulator.control.clock.advance(2 * minute);
    await expect(check(id)).rejects.toMatchObject({ code: 'GRANT_ENDED' });
    expect(google.calls()).toEqual(['check', 'check']);
  });

  it('is not sent once the tokens are deleted', async () => {
    const id = await connected();
    await stage.consents.end(id, 'completed', undefined, new Date());
    google.calls();
    await expect(check(id)).rejects.toMatchObject({ code: 'GRANT_ENDED' });
    expect(google.calls()).toEqual([]);
  });
});

describe('a forced refresh', () => {
  it('finds a renewal that left the refresh token as it was, and records it once (Q6, answer A)', async () => {
    const id = await connected();
    const before = (await stage.consents.find(id))?.endsAt;
    google.emulator.control.clock.advance(20 * day);
    await grants.refresh(id);
    expect((await stage.consents.find(id))?.endsAt).toEqual(before);
    await google.renew();
    await grants.refresh(id);
    await grants.refresh(id);
    const { endsAt } = (await stage.consents.find(id)) ?? {};
    expect(endsAt).toEqual(new Date(startedAt.getTime() + 50 * day));
    const renewals = (await stage.eventsOf(id)).filter(({ type }) => type === 'consent.renewed');
    expect(renewals.map(({ data }) => data)).toEqual([
      { endsAt: endsAt?.toISOString(), before: before?.toISOString() },
    ]);
  });

  it('D37: reports that the grant has ended, and leaves the tokens to the end of the consent', async () => {
    const id = await connected();
    google.emulator.control.clock.advance(31 * day);
    await expect(grants.refresh(id)).rejects.toMatchObject({ code: 'GRANT_ENDED', retryable: false });
    expect(await stage.tokens.find(id)).toBeDefined();
    await stage.consents.end(id, 'expired', undefined, new Date());
    await expect(grants.refresh(id)).rejects.toMatchObject({ code: 'GRANT_ENDED' });
  });

  it('has nothing to ask without a refresh token (Q9)', async () => {
    google.emulator.control.setSwitches({ Q9: 'B' });
    const id = await connected({ access: 'once' });
    await grants.refresh(id);
    expect(google.calls()).toEqual([]);
  });
});

describe('the pace of calls', () => {
  it('gives each request a turn, refreshes and revocations included', async () => {
    let turns = 0;
    const counted: CallPacing = {
      ...pacing,
      wait: () => {
        turns += 1;
        return pacing.wait();
      },
    };
    const now = () => new Date(google.emulator.control.clock.now() - behindMs);
    grants = createGrants({
      tokens: stage.tokens,
      clients: { get: () => Promise.resolve({ oauth: google.oauth, pacing: counted }) },
      now,
    });
    const id = await connected();
    await check(id);
    behindMs = 2 * hour;
    google.emulator.control.clock.advance(2 * hour);
    await check(id);
    await grants.revoke(id);
    expect(google.calls()).toEqual(['check', 'check', 'token', 'check', 'revoke']);
    expect(turns).toBe(5);
  });

  it('slows the whole project down as long as Google asks after a rate limit (§5 row K)', async () => {
    const [id, other] = [await connected(), await connected({ access: '30d', account: 'daiki@example.com' })];
    google.emulator.control.addFault({ method: 'check', status: 429, body: '', headers: { 'retry-after': '40' } });
    await expect(check(id)).rejects.toMatchObject({ code: 'GOOGLE_RATE_LIMITED', retryAfterMs: 40_000 });
    expect(google.calls()).toEqual(['check']);
    const error: unknown = await check(other).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'GOOGLE_RATE_LIMITED', retryable: true });
    const { retryAfterMs } = error as PortageError;
    expect(retryAfterMs).toBeGreaterThan(10_000);
    expect(retryAfterMs).toBeLessThanOrEqual(40_000);
    expect(google.calls()).toEqual([]);
  });

  it.each(['check', 'token'] as const)('slows down for seconds where the 429 of %s names no time', async (method) => {
    const id = await connected();
    google.emulator.control.clock.advance(2 * hour);
    google.emulator.control.addFault({ method, status: 429, body: '' });
    await expect(check(id)).rejects.toMatchObject({ code: 'GOOGLE_RATE_LIMITED' });
    await expect(pacing.wait(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('D16: is not slowed down by a lock, which concerns one resource of one user', async () => {
    const id = await connected();
    const start = () => grants.call(id, 'initiate', (token) => google.api.initiate(token, { resources }));
    expect(await start()).toMatchObject({ kind: 'started' });
    google.emulator.control.clock.advance(30 * minute);
    expect(await start()).toMatchObject({ kind: 'locked' });
    const details = [{ reason: 'RESOURCE_EXHAUSTED_TIME_BASED', metadata: {} }];
    const body = { error: { code: 429, status: 'RESOURCE_EXHAUSTED', details } };
    google.emulator.control.addFault({ method: 'check', status: 429, body, headers: { 'retry-after': '60' } });
    await expect(check(id)).rejects.toMatchObject({ code: 'GOOGLE_RATE_LIMITED', retryAfterMs: 60_000 });
    expect(await check(id)).toEqual(answer);
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

  it('counts as done once the tokens are deleted', async () => {
    const id = await connected();
    await stage.consents.end(id, 'completed', undefined, new Date());
    google.calls();
    await grants.revoke(id);
    expect(google.calls()).toEqual([]);
  });

  it('D41: is reported as failed when Google did not do it', async () => {
    const id = await connected();
    google.emulator.control.addFault({ method: 'revoke', status: 503, body: 'later' });
    await expect(grants.revoke(id)).rejects.toMatchObject({ code: 'GOOGLE_UNAVAILABLE', retryable: true });
  });
});
