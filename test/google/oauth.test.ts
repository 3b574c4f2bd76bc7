// Google's OAuth endpoints, played by the emulator (docs/google-api.md §6, §11).
import { createHash } from 'node:crypto';

import { scopeOf } from '../../src/domain/resources';
import { googleEndpoints } from '../../src/google/endpoints';
import { createOAuth, isTestingGrant } from '../../src/google/oauth';
import { hour, passing, startedAt, startGoogle, type Google } from './google';

const resources = ['chrome.history', 'myactivity.search'];
const day = 24 * hour;

let google: Google;
beforeEach(async () => {
  google = await startGoogle();
});
afterEach(() => google.stop());

describe('the address of the consent screen', () => {
  const urlFor = (wanted: readonly string[]) =>
    new URL(google.oauth.authorizeUrl({ state: 'the-state', codeChallenge: 'the-challenge', resources: wanted }));

  it('D32, D33: asks for PKCE, offline access and a fresh consent, and for nothing else', () => {
    const url = urlFor(resources);
    expect(url.origin + url.pathname).toBe(`${google.emulator.url}/o/oauth2/v2/auth`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: '482910576301-tests',
      redirect_uri: 'http://127.0.0.1:9/oauth/callback',
      scope: resources.map(scopeOf).join(' '),
      access_type: 'offline',
      prompt: 'consent',
      state: 'the-state',
      code_challenge: 'the-challenge',
      code_challenge_method: 'S256',
    });
    expect(url.href).not.toContain('include_granted_scopes');
  });

  it.each(['chrome.history openid', 'openid', 'https://www.googleapis.com/auth/drive', ''])(
    'D32: has no place for the foreign scope %p',
    (foreign) => {
      const expected = expect.objectContaining({ code: 'RESOURCE_UNKNOWN' }) as Error;
      expect(() => urlFor([...resources, foreign])).toThrow(expected);
    },
  );

  it('is Google’s own without an emulator', () => {
    const oauth = createOAuth({ ...google.options, endpoints: googleEndpoints(undefined) });
    const url = oauth.authorizeUrl({ state: 's', codeChallenge: 'c', resources });
    expect(url).toMatch(/^https:\/\/accounts\.google\.com\/o\/oauth2\/v2\/auth\?/);
  });

  it('fits a PKCE pair that is fresh each time', async () => {
    const [one, two] = [await google.oauth.codePair(), await google.oauth.codePair()];
    expect(one.challenge).toBe(createHash('sha256').update(one.verifier).digest('base64url'));
    expect(one.verifier.length).toBeGreaterThanOrEqual(43);
    expect(two.verifier).not.toBe(one.verifier);
  });
});

describe('the exchange of a code', () => {
  it('returns tokens and the granted scopes, of a one-time consent without an end', async () => {
    const { code, verifier } = await google.authorize(resources, { access: 'once' });
    const grant = await google.oauth.exchangeCode(code, verifier);
    expect(grant).toEqual({
      tokens: {
        accessToken: expect.stringMatching(/^ya29\./) as unknown,
        accessTokenExpiresAt: expect.any(Date) as unknown,
        refreshToken: expect.stringMatching(/^1\/\//) as unknown,
      },
      resources,
      refreshTokenExpiresAt: undefined,
      isTesting: false,
    });
    const lifetime = grant.tokens.accessTokenExpiresAt.getTime() - startedAt.getTime();
    expect(Math.abs(lifetime - 3_599_000)).toBeLessThan(10_000);
  });

  it.each([
    ['30d', 30],
    ['180d', 180],
  ] as const)('D34: reads the end of a time-based consent of %s', async (access, days) => {
    const grant = await google.consent(resources, { access });
    expect(grant.refreshTokenExpiresAt).toEqual(new Date(startedAt.getTime() + days * day));
  });

  it.each([
    ['of a week shows that the project is in Testing', 'testing', '30d', true],
    ['of 30 days shows nothing of the kind', 'production', '30d', false],
    ['that is not stated shows nothing either', 'production', 'once', false],
  ] as const)('D8: a lifetime %s', async (_what, publishing, access, isTesting) => {
    await google.stop();
    google = await startGoogle({}, { publishing });
    const grant = await google.consent(resources, { access });
    expect(grant.isTesting).toBe(isTesting);
    if (!isTesting) return;
    expect(grant.refreshTokenExpiresAt).toEqual(new Date(startedAt.getTime() + 7 * day));
    google.emulator.control.clock.advance(8 * day);
    await expect(google.oauth.refresh(grant.tokens.refreshToken ?? '')).rejects.toMatchObject({ code: 'GRANT_ENDED' });
  });

  it('D8: the bound is a week, for lifetimes that are known', () => {
    expect(isTestingGrant(7 * day)).toBe(true);
    expect(isTestingGrant(7 * day + 1_000)).toBe(false);
    expect(isTestingGrant(undefined)).toBe(false);
  });

  it('D31: takes the granted scopes from the answer, not from the request', async () => {
    expect((await google.consent(resources, { untick: ['chrome.history'] })).resources).toEqual(['myactivity.search']);
    expect((await google.consent([...resources, 'play.library'], { untick: resources })).resources).toEqual([
      'play.library',
    ]);
  });

  it('may bring no refresh token (Q9)', async () => {
    google.emulator.control.setSwitches({ Q9: 'B' });
    const { tokens } = await google.consent(resources, { access: 'once' });
    expect(tokens.refreshToken).toBeUndefined();
    expect(tokens.accessToken).toMatch(/^ya29\./);
  });

  it('D33: is refused for a code that was used, invented, or belongs to another flow', async () => {
    const { code, verifier } = await google.authorize(resources);
    const other = await google.oauth.codePair();
    const refused = { code: 'OAUTH_CODE_REFUSED', retryable: false };
    await expect(google.oauth.exchangeCode(code, other.verifier)).rejects.toMatchObject(refused);
    await google.oauth.exchangeCode(code, verifier);
    await expect(google.oauth.exchangeCode(code, verifier)).rejects.toMatchObject(refused);
    await expect(google.oauth.exchangeCode('4/invented', verifier)).rejects.toMatchObject(refused);
  });

  it('is refused when the client’s secret is wrong', async () => {
    const { code, verifier } = await google.authorize(resources);
    const oauth = createOAuth({ ...google.options, clientSecret: 'wrong' });
    await expect(oauth.exchangeCode(code, verifier)).rejects.toMatchObject({ code: 'GOOGLE_NOT_SET_UP' });
  });

  it('is refused when the answer holds no access token', async () => {
    const { code, verifier } = await google.authorize(resources);
    google.emulator.control.addFault({ method: 'token', status: 200, body: { scope: '', token_type: 'Bearer' } });
    await expect(google.oauth.exchangeCode(code, verifier)).rejects.toMatchObject({ code: 'GOOGLE_UNEXPECTED' });
  });

  it('D40: sends code, secret and verifier in the body only', async () => {
    const { code, verifier } = await google.authorize(resources);
    google.emulator.control.clearRequests();
    await google.oauth.exchangeCode(code, verifier);
    expect(google.emulator.control.requests()).toMatchObject([
      {
        method: 'token',
        verb: 'POST',
        path: '/token',
        query: [],
        details: { grantType: 'authorization_code', pkce: true },
      },
    ]);
  });
});

describe('a refresh', () => {
  it('D36: brings a new access token, and keeps the refresh token that the answer leaves out', async () => {
    const { tokens } = await google.consent(resources, { access: '30d' });
    google.emulator.control.clock.advance(2 * hour);
    const { tokens: fresh } = await google.oauth.refresh(tokens.refreshToken ?? '');
    expect(fresh.accessToken).not.toBe(tokens.accessToken);
    expect(fresh.refreshToken).toBe(tokens.refreshToken);
    expect(fresh.accessTokenExpiresAt.getTime()).toBeGreaterThan(startedAt.getTime() + 2.9 * hour);
    expect(fresh.accessTokenExpiresAt.getTime()).toBeLessThanOrEqual(startedAt.getTime() + 3 * hour);
    expect(google.emulator.control.requests()).toMatchObject([{ method: 'token', query: [] }]);
  });

  it('finds that a renewal has moved the end of the grant (Q6, answer A)', async () => {
    const { tokens, refreshTokenExpiresAt } = await google.consent(resources, { access: '30d' });
    google.emulator.control.clock.advance(10 * day);
    const before = await google.oauth.refresh(tokens.refreshToken ?? '');
    expect(before.refreshTokenExpiresAt).toEqual(refreshTokenExpiresAt);
    await google.renew();
    const after = await google.oauth.refresh(tokens.refreshToken ?? '');
    expect(after.refreshTokenExpiresAt).toEqual(new Date(startedAt.getTime() + 40 * day));
  });

  it('states no end of a one-time grant', async () => {
    const { tokens } = await google.consent(resources, { access: 'once' });
    expect((await google.oauth.refresh(tokens.refreshToken ?? '')).refreshTokenExpiresAt).toBeUndefined();
  });

  it('D37: reports that the grant ended when Google answers invalid_grant', async () => {
    const { tokens } = await google.consent(resources, { access: '30d' });
    google.emulator.control.clock.advance(31 * day);
    await expect(google.oauth.refresh(tokens.refreshToken ?? '')).rejects.toMatchObject({
      code: 'GRANT_ENDED',
      retryable: false,
    });
    await expect(google.oauth.refresh('1//invented')).rejects.toMatchObject({ code: 'GRANT_ENDED' });
  });
});

describe('a revocation', () => {
  it('sends the token in the body, where no access log keeps it (D40), and ends the grant', async () => {
    const { tokens } = await google.consent(resources, { access: '30d' });
    await google.oauth.revoke(tokens.refreshToken ?? '');
    expect(google.emulator.control.requests()).toMatchObject([
      { method: 'revoke', verb: 'POST', path: '/revoke', query: [], status: 200 },
    ]);
    await expect(google.oauth.refresh(tokens.refreshToken ?? '')).rejects.toMatchObject({ code: 'GRANT_ENDED' });
  });

  it('may be repeated, and counts as done for a token that Google does not know', async () => {
    const { tokens } = await google.consent(resources, { access: '30d' });
    await google.oauth.revoke(tokens.accessToken);
    await google.oauth.revoke(tokens.accessToken);
    await google.oauth.revoke('1//invented');
    expect(google.emulator.control.requests().map(({ status }) => status)).toEqual([200, 400, 400]);
  });

  it('D41: is not taken for done when Google refuses it for another reason', async () => {
    google.emulator.control.addFault({ method: 'revoke', status: 400, body: { error: 'invalid_request' } });
    await expect(google.oauth.revoke('1//token')).rejects.toMatchObject({ code: 'GOOGLE_UNEXPECTED' });
  });
});

describe('a passing fault', () => {
  it.each(passing)('D28: %i is reported after one request, since one layer owns retries', async (status) => {
    const { tokens } = await google.consent(resources, { access: '30d' });
    const { code, verifier } = await google.authorize(resources, { access: '30d' });
    google.calls();
    const expected = { code: status === 429 ? 'GOOGLE_RATE_LIMITED' : 'GOOGLE_UNAVAILABLE', retryable: true };
    for (const method of ['token', 'revoke'] as const) {
      google.emulator.control.addFault({ method, times: 20, status, body: 'try later', contentType: 'text/plain' });
    }
    await expect(google.oauth.exchangeCode(code, verifier)).rejects.toMatchObject(expected);
    expect(google.calls()).toEqual(['token']);
    await expect(google.oauth.refresh(tokens.refreshToken ?? '')).rejects.toMatchObject(expected);
    expect(google.calls()).toEqual(['token']);
    await expect(google.oauth.revoke(tokens.refreshToken ?? '')).rejects.toMatchObject(expected);
    expect(google.calls()).toEqual(['revoke']);
  });

  it('is also a connection that breaks, reported after one request', async () => {
    const { tokens } = await google.consent(resources, { access: '30d' });
    google.emulator.control.addFault({ method: 'token', times: 20, cut: true });
    await expect(google.oauth.refresh(tokens.refreshToken ?? '')).rejects.toMatchObject({ code: 'GOOGLE_UNAVAILABLE' });
    expect(google.calls()).toEqual(['token']);
  });
});
