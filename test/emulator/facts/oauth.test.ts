/** OAuth rules and the lifetimes of tokens (docs/google-api.md §7, §11). */
import type { Emulator } from '../../../src/emulator';
import { fact } from '../fact';
import {
  authorizeUrl,
  call,
  callbackOf,
  clientId,
  clientSecret,
  consent,
  day,
  exchange,
  hour,
  initiatePath,
  postForm,
  redirectUri,
  refresh,
  scopeOf,
  startTestEmulator,
  visit,
} from '../harness';

const resources = ['myactivity.search', 'chrome.history'];

describe('OAuth', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startTestEmulator();
  });
  const errorOf = async (response: Response) => {
    const body = (await response.json()) as { error: string };
    return [response.status, body.error];
  };
  /** Status and text of the error page that an authorise request meets. */
  const refused = async (changes: Record<string, string | null>, decision = {}) => {
    emulator.control.decideNext(decision);
    const response = await visit(authorizeUrl(emulator, resources, changes));
    expect(response.headers.get('location')).toBeNull();
    return `${response.status} ${await response.text()}`;
  };
  const codeFor = async (changes: Record<string, string | null> = {}, decision = {}) =>
    (await callbackOf(emulator, decision, authorizeUrl(emulator, resources, changes))).get('code') ?? '';

  fact('§11', 'doc', 'The callback contains code, state and the scopes that were granted', async () => {
    const callback = await callbackOf(emulator, {}, authorizeUrl(emulator, resources));
    expect(callback.get('state')).toBe('state-of-the-test');
    expect(callback.get('scope')).toBe(resources.map(scopeOf).join(' '));
    expect(callback.get('code')).toMatch(/^4\//);
  });

  fact(
    '§5',
    'doc',
    'The token response has access_token, expires_in, refresh_token, scope and token_type',
    async () => {
      const tokens = await consent(emulator, resources, { access: '30d' });
      expect(tokens).toEqual({
        access_token: expect.stringMatching(/^ya29\./) as string,
        expires_in: 3599,
        refresh_token: expect.stringMatching(/^1\/\//) as string,
        refresh_token_expires_in: 2_592_000,
        scope: resources.map(scopeOf).join(' '),
        token_type: 'Bearer',
      });
    },
  );

  fact('§11', 'doc', 'The person may grant a part of the scopes; scope in the token response says which', async () => {
    const tokens = await consent(emulator, resources, { untick: ['myactivity.search'] });
    expect(tokens.scope).toBe(scopeOf('chrome.history'));
    const { status } = await call(emulator, tokens.access_token, initiatePath, { resources: ['myactivity.search'] });
    expect(status).toBe(403);
  });

  fact('§11', 'doc', 'When the person declines or unticks everything, the callback has access_denied', async () => {
    for (const decision of [{ decline: true }, { untick: resources }]) {
      const callback = await callbackOf(emulator, decision, authorizeUrl(emulator, resources));
      expect([...callback.entries()]).toEqual([
        ['state', 'state-of-the-test'],
        ['error', 'access_denied'],
      ]);
    }
  });

  fact('§11', 'doc', 'A request that mixes Data Portability scopes with other scopes is invalid', async () => {
    for (const other of ['openid', 'email', 'https://www.googleapis.com/auth/drive.readonly']) {
      expect(await refused({ scope: `${scopeOf('chrome.history')} ${other}` })).toMatch(/^400 [^]*invalid_request/);
    }
    expect(await refused({ scope: 'openid' })).toMatch(/^400 [^]*invalid_scope/);
    expect(await refused({ scope: scopeOf('maps.timeline') })).toMatch(/^400 [^]*invalid_scope/);
  });

  fact('§11', 'doc', 'include_granted_scopes=true is refused as incremental', async () => {
    const page = await refused({ include_granted_scopes: 'true' });
    expect(page).toMatch(/^400 [^]*Incremental auth is not allowed for the requested scopes\.[^]*invalid_request/);
  });

  fact('§11', 'doc', 'Too many scopes give 400 at the page for Data Portability errors', async () => {
    const url = authorizeUrl(emulator, resources, {
      scope: Array.from({ length: 60 }, () => scopeOf('chrome.history')).join(' '),
    });
    const response = await visit(url);
    expect(response.headers.get('location')).toBe(`${emulator.url}/dpinfo`);
    expect((await visit(`${emulator.url}/dpinfo`)).status).toBe(400);
  });

  fact(
    '§11',
    'doc',
    'Redirect URI, client and response type must match exactly; an error is shown on a page of Google',
    async () => {
      expect(await refused({ redirect_uri: `${redirectUri}/` })).toMatch(/^400 [^]*redirect_uri_mismatch/);
      expect(await refused({ redirect_uri: 'http://localhost:9/callback' })).toMatch(/redirect_uri_mismatch/);
      expect(await refused({ client_id: 'somebody else' })).toMatch(/^401 [^]*invalid_client/);
      expect(await refused({ client_id: null })).toMatch(/^400 [^]*invalid_request/);
      expect(await refused({ scope: null })).toMatch(/^400 [^]*invalid_request/);
      expect(await refused({ response_type: 'token' })).toMatch(/^400 [^]*unsupported_response_type/);
      expect(await refused({ code_challenge_method: 'S512' })).toMatch(/^400 [^]*invalid_request/);
      const twice = await visit(`${authorizeUrl(emulator, resources)}&client_id=second`);
      expect(twice.status).toBe(400);
    },
  );

  fact('§11', 'doc', 'PKCE S256 is checked: without the right verifier the code is refused', async () => {
    expect(await errorOf(await exchange(emulator, await codeFor(), { code_verifier: 'wrong'.repeat(10) }))).toEqual([
      400,
      'invalid_grant',
    ]);
    const bare = {
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uri: redirectUri,
    };
    expect(await errorOf(await postForm(`${emulator.url}/token`, { ...bare, code: await codeFor() }))).toEqual([
      400,
      'invalid_grant',
    ]);
    const unproven = await codeFor({ code_challenge: null, code_challenge_method: null });
    expect((await postForm(`${emulator.url}/token`, { ...bare, code: unproven })).status).toBe(200);
    const plain = await codeFor({ code_challenge: 'v'.repeat(43), code_challenge_method: 'plain' });
    expect((await exchange(emulator, plain, { code_verifier: 'v'.repeat(43) })).status).toBe(200);
  });

  fact(
    '§11',
    'doc',
    'A code can be used once, by its client and with its redirect URI, within ten minutes',
    async () => {
      const code = await codeFor();
      expect((await exchange(emulator, code)).status).toBe(200);
      expect(await errorOf(await exchange(emulator, code))).toEqual([400, 'invalid_grant']);
      expect(
        await errorOf(await exchange(emulator, await codeFor(), { redirect_uri: 'http://127.0.0.1:9/other' })),
      ).toEqual([400, 'redirect_uri_mismatch']);
      const stale = await codeFor();
      emulator.control.clock.advance(10 * 60_000);
      expect(await errorOf(await exchange(emulator, stale))).toEqual([400, 'invalid_grant']);
      expect(await errorOf(await exchange(emulator, '4/0Ainvented'))).toEqual([400, 'invalid_grant']);
    },
  );

  fact('§11', 'doc', 'The client’s secret is checked, in the form or in a Basic header', async () => {
    expect(await errorOf(await exchange(emulator, await codeFor(), { client_secret: 'wrong' }))).toEqual([
      401,
      'invalid_client',
    ]);
    expect(await errorOf(await exchange(emulator, await codeFor(), { client_id: 'other' }))).toEqual([
      401,
      'invalid_client',
    ]);
    const { refresh_token: token = '' } = await consent(emulator, resources);
    const response = await fetch(`${emulator.url}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token }),
    });
    expect(response.status).toBe(200);
  });

  fact(
    '§11',
    'doc',
    'With access_type=offline, the first consent gives a refresh token; a later one only with prompt=consent',
    async () => {
      const tokens = async (changes: Record<string, string | null>) =>
        (await (await exchange(emulator, await codeFor(changes))).json()) as { refresh_token?: string };
      expect((await tokens({ access_type: null })).refresh_token).toBeUndefined();
      expect((await tokens({ prompt: null })).refresh_token).toBeUndefined();
      expect((await tokens({})).refresh_token).toBeDefined();
    },
  );

  fact('§11', 'field', 'A refresh answers with a new access token and without a refresh token', async () => {
    const tokens = await consent(emulator, resources, { access: '30d' });
    emulator.control.clock.advance(10 * day);
    const answer = (await (await refresh(emulator, tokens.refresh_token ?? '')).json()) as Record<string, unknown>;
    expect(answer['access_token']).not.toBe(tokens.access_token);
    expect(answer).not.toHaveProperty('refresh_token');
    expect(answer['refresh_token_expires_in']).toBe(20 * 86_400);
  });

  fact(
    '§11',
    'doc',
    'invalid_grant covers reset, revocation, removal by the person, and the end of the period',
    async () => {
      const endings: ((token: string) => Promise<unknown>)[] = [
        (token) => call(emulator, token, '/v1/authorization:reset', {}),
        (token) => postForm(`${emulator.url}/revoke`, { token }),
        () =>
          postForm(`${emulator.url}/connections`, {
            grant: emulator.control.state.grants.at(-1)?.grantId ?? '',
            action: 'remove',
          }),
        () => {
          emulator.control.clock.advance(30 * day);
          return Promise.resolve();
        },
      ];
      for (const end of endings) {
        const tokens = await consent(emulator, resources, { access: '30d' });
        expect((await refresh(emulator, tokens.refresh_token ?? '')).status).toBe(200);
        await end(tokens.access_token);
        expect(await errorOf(await refresh(emulator, tokens.refresh_token ?? ''))).toEqual([400, 'invalid_grant']);
      }
      expect(emulator.control.state.grants.map((grant) => grant.endReason)).toEqual([
        'reset',
        'revoked',
        'removed',
        undefined,
      ]);
    },
  );

  fact('§11', 'doc', 'A refresh or an access token can be revoked once', async () => {
    for (const kind of ['refresh_token', 'access_token'] as const) {
      const token = String((await consent(emulator, resources))[kind]);
      expect((await postForm(`${emulator.url}/revoke?token=${encodeURIComponent(token)}`, {})).status).toBe(200);
      expect(await errorOf(await postForm(`${emulator.url}/revoke`, { token }))).toEqual([400, 'invalid_token']);
    }
    expect(await errorOf(await postForm(`${emulator.url}/revoke`, {}))).toEqual([400, 'invalid_request']);
  });

  fact('§7', 'doc', 'In Testing every consent ends after seven days', async () => {
    const testing = { clientId, clientSecret, redirectUris: [redirectUri], publishing: 'testing' as const };
    emulator = await startTestEmulator({ clients: [testing] });
    const tokens = await consent(emulator, resources, { access: '180d' });
    expect(tokens.refresh_token_expires_in).toBe(604_800);
    emulator.control.clock.advance(7 * day - 1);
    expect((await refresh(emulator, tokens.refresh_token ?? '')).status).toBe(200);
    emulator.control.clock.advance(1);
    expect(await errorOf(await refresh(emulator, tokens.refresh_token ?? ''))).toEqual([400, 'invalid_grant']);
  });

  fact('§7', 'doc*', 'In Testing only listed users may consent, at most 100 of them', async () => {
    const testing = { clientId, clientSecret, redirectUris: [redirectUri], publishing: 'testing' as const };
    emulator = await startTestEmulator({ clients: [{ ...testing, testUsers: ['ada@example.com'] }] });
    expect((await consent(emulator, resources)).access_token).toMatch(/^ya29/);
    expect(await refused({}, { account: 'bruno@example.de' })).toMatch(/^403 [^]*access_denied/);
    const users = Array.from({ length: 101 }, (_, index) => `user${index}@example.com`);
    await expect(startTestEmulator({ clients: [{ ...testing, testUsers: users }] })).rejects.toThrow();
  });

  fact(
    '§7',
    'doc',
    'With more than 100 refresh tokens per account and client, the oldest becomes invalid without notice',
    async () => {
      const first = await consent(emulator, resources);
      const second = await consent(emulator, resources);
      for (let count = 0; count < 99; count += 1) await consent(emulator, resources);
      expect(await errorOf(await refresh(emulator, first.refresh_token ?? ''))).toEqual([400, 'invalid_grant']);
      expect((await refresh(emulator, second.refresh_token ?? '')).status).toBe(200);
    },
  );

  fact('§7', 'doc', 'A refresh token that is not used for six months becomes invalid', async () => {
    const tokens = await consent(emulator, resources);
    emulator.control.clock.advance(181 * day);
    expect((await refresh(emulator, tokens.refresh_token ?? '')).status).toBe(200);
    emulator.control.clock.advance(182 * day);
    expect(await errorOf(await refresh(emulator, tokens.refresh_token ?? ''))).toEqual([400, 'invalid_grant']);
  });

  fact('§7', 'doc', 'An access token is valid for about an hour', async () => {
    const { access_token: token } = await consent(emulator, resources);
    emulator.control.clock.advance(hour - 1);
    expect((await call(emulator, token, '/v1/accessType:check', {})).status).toBe(200);
    emulator.control.clock.advance(1);
    expect((await call(emulator, token, '/v1/accessType:check', {})).status).toBe(401);
  });

  fact('§12', 'doc', 'People under 18 see an error page', async () => {
    expect(await refused({}, { account: 'young@example.com' })).toMatch(/^403 [^]*under 18/);
  });

  fact('§11', 'doc', 'A block by an administrator appears as admin_policy_enforced', async () => {
    expect(await refused({}, { account: 'worker@example.com' })).toMatch(/^400 [^]*admin_policy_enforced/);
  });

  fact(
    '§12',
    'doc*',
    'For accounts with Advanced Protection or outside Europe, the callback has access_denied',
    async () => {
      for (const account of ['guarded@example.com', 'abroad@example.com']) {
        const callback = await callbackOf(emulator, { account }, authorizeUrl(emulator, resources));
        expect(callback.get('error')).toBe('access_denied');
      }
    },
  );
});
