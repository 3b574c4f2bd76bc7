// The rights of an API key, and the answer to a caller with none, a wrong one, or only access to the database.
import { createHash } from 'node:crypto';

import { sql } from 'drizzle-orm';

import { loadConfig } from '../../../src/config';
import { bindListener } from '../../../src/listener';
import { createLogger } from '../../../src/log';
import { parseReturnUrls } from '../../../src/domain/return-urls';
import { openPortage, type Portage } from '../../../src/portage';
import { lackingScope } from '../../../src/server/authentication/require-scope';
import { operations } from '../../../src/server/contract/operations';
import { startServer, type RunningServer } from '../../../src/server/start';
import { databaseSettings } from '../../support/database';

let portage: Portage;
let server: RunningServer;
let remove: () => Promise<void>;
/** The clock of the server, which a test may set forward. */
let now = new Date();

beforeAll(async () => {
  const listener = await bindListener({ host: '127.0.0.1', port: 0 });
  const database = await databaseSettings();
  remove = () => database.remove();
  const config = loadConfig({
    ...database.settings,
    PUBLIC_URL: listener.url,
    PORT: String(listener.port),
    VAULT_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    GOOGLE_CLIENT_ID: 'an-id',
    GOOGLE_CLIENT_SECRET: 'a-secret',
    TEMPORAL_ADDRESS: '127.0.0.1:9',
  });
  portage = await openPortage(config, () => now);
  await portage.database.migrate();
  server = await startServer(portage, createLogger('error', { write: () => undefined }), { listener });
});
afterAll(async () => {
  await server.stop();
  await portage.close();
  await remove();
});

async function ask(key: string, path: string, body?: object) {
  const answer = await fetch(`${server.url}/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const json = (await answer.json()) as { code?: string };
  return { status: answer.status, code: json.code, text: JSON.stringify(json) };
}

const session = (returnUrl = 'https://app.example/done') => ({
  userId: '42',
  resources: ['myactivity.search'],
  returnUrl,
});

describe('a person who can write to the database', () => {
  it('makes no key by inserting a row', async () => {
    const { hostApp } = await portage.hostApps.createApiKey('A victim');
    const forged = `pk_${'A'.repeat(43)}`;
    const hash = createHash('sha256').update(forged).digest('hex');
    await portage.database.db.execute(
      sql`insert into api_keys (id, host_app_id, key_hash) values ('key_forged', ${hostApp.id}, ${hash})`,
    );
    expect(await ask(forged, '/health')).toMatchObject({ status: 401 });
  });
});

describe('a key', () => {
  const story = () => portage.hostApps.createApiKey(`app ${crypto.randomUUID()}`);

  it('has a prefix and a checksum, by which a wrong one is refused without a look into the database', async () => {
    const { key } = await story();
    expect(key).toMatch(/^ptg_[0-9A-Za-z]{49}$/);
    const wrong = key.slice(0, 10) + (key[10] === 'x' ? 'y' : 'x') + key.slice(11);
    for (const malformed of [wrong, key.slice(0, -1), `${key}x`, 'pk_short', 'x']) {
      const answer = await ask(malformed, '/health');
      expect([malformed, answer.status, answer.code]).toEqual([malformed, 401, 'API_KEY_MALFORMED']);
    }
    expect(await ask(key, '/health')).not.toMatchObject({ status: 401 });
  });

  it('is in no row, neither plain nor as a hash that can be made without the vault', async () => {
    const { key, keyId } = await story();
    const rows = JSON.stringify(await portage.database.db.execute(sql`select * from api_keys where id = ${keyId}`));
    expect(rows).not.toContain(key);
    expect(rows).not.toContain(createHash('sha256').update(key).digest('hex'));
  });

  it.each([
    ['scopes', sql`scopes = '{admin}'`],
    ['host app', sql`host_app_id = (select id from host_apps where id <> host_app_id limit 1)`],
    ['expiry', sql`expires_at = null`],
    ['revocation', sql`revoked_at = null`],
  ])('whose %s was changed in the database is refused', async (what, change) => {
    const { key, keyId } = await portage.hostApps.createApiKey(`app ${crypto.randomUUID()}`, {
      expiresAt: new Date(now.getTime() + 60_000),
    });
    if (what === 'revocation') await portage.hostApps.revokeApiKey(keyId, now);
    else expect(await ask(key, '/consents/con_x')).toMatchObject({ status: 404 });
    await portage.database.db.execute(sql`update api_keys set ${change} where id = ${keyId}`);
    expect(await ask(key, '/consents/con_x')).toMatchObject({ status: 401, code: 'API_KEY_INVALID' });
    expect((await portage.hostApps.listApiKeys(now)).find(({ id }) => id === keyId)?.state).toBe('altered');
  });

  it('expires, and the answer names this', async () => {
    const { key } = await portage.hostApps.createApiKey('An app for a while', {
      expiresAt: new Date(now.getTime() + 60_000),
    });
    expect(await ask(key, '/consents/con_x')).toMatchObject({ status: 404 });
    now = new Date(now.getTime() + 60_000);
    expect(await ask(key, '/consents/con_x')).toMatchObject({ status: 401, code: 'API_KEY_EXPIRED' });
  });

  it('gives way to another one, and both work until the overlap ends', async () => {
    const former = await portage.hostApps.createApiKey('An app that rotates', { scopes: ['read'] });
    const made = await portage.hostApps.rotateApiKey(former.keyId, { overlapMs: 60_000, at: now });
    if (made === undefined) throw new Error('no key was made');
    const codes = async () =>
      [await ask(former.key, '/consents/con_x'), await ask(made.key, '/consents/con_x')].map(({ code }) => code);
    expect(await codes()).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(await ask(made.key, '/connect-sessions', session())).toMatchObject({ code: 'API_KEY_LACKS_CONNECT' });
    now = new Date(now.getTime() + 60_000);
    expect(await codes()).toEqual(['API_KEY_EXPIRED', 'NOT_FOUND']);
    expect(await portage.hostApps.rotateApiKey(former.keyId, { overlapMs: 60_000, at: now })).toBeUndefined();
  });

  it('has the time of its last use, to the minute', async () => {
    const { key, keyId } = await story();
    const lastUse = async () => (await portage.hostApps.listApiKeys(now)).find(({ id }) => id === keyId)?.lastUsedAt;
    expect(await lastUse()).toBeNull();
    const first = now;
    await ask(key, '/health');
    expect(await lastUse()).toEqual(first);
    now = new Date(first.getTime() + 59_000);
    await ask(key, '/health');
    expect(await lastUse()).toEqual(first);
    now = new Date(first.getTime() + 60_000);
    await ask(key, '/health');
    expect(await lastUse()).toEqual(now);
  });

  it('of an earlier release is refused until the operator accepts it', async () => {
    const { hostApp } = await story();
    const key = `pk_${'B'.repeat(43)}`;
    const hash = createHash('sha256').update(key).digest('hex');
    await portage.database.db.execute(
      sql`insert into api_keys (id, host_app_id, key_hash) values ('key_earlier', ${hostApp.id}, ${hash})`,
    );
    expect(await ask(key, '/consents/con_x')).toMatchObject({ status: 401, code: 'API_KEY_UNACCEPTED' });
    expect(await portage.hostApps.acceptApiKey('key_earlier', { scopes: ['read'], at: now })).toBe(true);
    expect(await ask(key, '/consents/con_x')).toMatchObject({ status: 404 });
    expect(await ask(key, '/connect-sessions', session())).toMatchObject({ code: 'API_KEY_LACKS_CONNECT' });
    expect(await portage.hostApps.acceptApiKey('key_earlier', { scopes: ['admin'], at: now })).toBe(false);
  });
});

describe('a scope', () => {
  const requests = [
    ['connect', '/connect-sessions', session()],
    ['connect', '/Connect-Sessions/', session()],
    ['connect', '/connect-sessions/cns_x', undefined],
    ['connect', '/connect-sessions/cns_x/confirm', {}],
    ['read', '/consents/con_x', undefined],
    ['read', '/health', undefined],
    ['read', '/exports/exp_x/parts/1', undefined],
    ['read', '/exports/exp_x/records', undefined],
    ['manage', '/exports/exp_x/delivery', {}],
    ['manage', '/no-such-route', {}],
    ['admin', '/api-keys', undefined],
    ['admin', '/API-keys/key_x/rotate', {}],
  ] as const;

  it.each(['connect', 'read', 'manage', 'admin'] as const)('%s opens its routes and no other one', async (scope) => {
    const { key } = await portage.hostApps.createApiKey(`app ${crypto.randomUUID()}`, { scopes: [scope] });
    for (const [needed, path, body] of requests) {
      const { status, code, text } = await ask(key, path, body);
      const isLacking = scope !== 'admin' && scope !== needed;
      expect([path, status === 403, code]).toEqual([
        path,
        isLacking,
        isLacking ? `API_KEY_LACKS_${needed.toUpperCase()}` : code,
      ]);
      if (isLacking) expect(text).toContain(`--scopes ${needed}`);
    }
  });

  it('is the one that the contract names, for every operation', async () => {
    const { key } = await portage.hostApps.createApiKey('An app without scopes', { scopes: [] });
    const guarded = operations.filter(({ scope }) => scope !== null);
    expect(guarded.length).toBeGreaterThanOrEqual(13);
    for (const { method, path, scope, operationId } of guarded) {
      const { code } = await ask(key, path.replaceAll(/:\w+/g, '1'), method === 'get' ? undefined : {});
      expect([operationId, code]).toEqual([operationId, lackingScope[scope ?? 'read']]);
    }
  });
});

describe('the audit log', () => {
  const entriesOf = async (keyId: string) => {
    const entries = await portage.auditLog.page({ consentId: undefined, after: '', limit: 10_000 });
    return entries.filter(({ actorId, object }) => actorId === keyId || object === keyId);
  };

  it('has the operator who made, rotated and revoked a key, and never the key', async () => {
    const by = { kind: 'operator', id: 'ada' } as const;
    const { key, keyId } = await portage.hostApps.createApiKey('An audited app', { by });
    const made = await portage.hostApps.rotateApiKey(keyId, { overlapMs: 1, at: now, by });
    await portage.hostApps.revokeApiKey(keyId, now, by);
    const entries = await entriesOf(keyId);
    expect(entries.map(({ action, actorKind, actorId }) => [action, actorKind, actorId])).toEqual(
      ['api_key.created', 'api_key.rotated', 'api_key.revoked'].map((action) => [action, 'operator', 'ada']),
    );
    expect(JSON.stringify(entries)).not.toContain(key);
    expect(JSON.stringify(entries)).not.toContain(made?.key);
  });

  it('has a change before its caller has the answer', async () => {
    const { key, keyId } = await portage.hostApps.createApiKey('An app that connects', { scopes: ['connect'] });
    const { text } = await ask(key, '/connect-sessions', session());
    const entries = (await entriesOf(keyId)).filter(({ actorKind }) => actorKind === 'api_key');
    expect(entries).toMatchObject([
      { action: 'connect_session.created', outcome: 'done', object: (JSON.parse(text) as { id: string }).id },
    ]);
    expect(entries[0]?.address).toContain('127.0.0.1');
  });
});

describe('a return address', () => {
  it('is one that the operator allows, where some are named', async () => {
    const name = 'An app with few addresses';
    const { key } = await portage.hostApps.createApiKey(name);
    const returnUrls = parseReturnUrls('https://app.example, https://other.example/portage, http://inside.example/');
    await portage.hostApps.change(name, { returnUrls }, { by: { kind: 'operator', id: 'ada' }, at: now });
    const answers: Record<string, number> = {
      'https://app.example/anything?a=b#c': 201,
      'https://other.example/portage': 201,
      'https://other.example/portage/done': 201,
      'http://inside.example/done': 201,
      'https://app.example:8443/': 400,
      'https://app.example.evil.example/': 400,
      'http://app.example/': 400,
      'https://other.example/portage-of-others': 400,
      'https://other.example/portage/../elsewhere': 400,
      'https://other.example/portage/%2e%2e/elsewhere': 400,
      'http://localhost:8080/done': 400,
    };
    for (const [address, status] of Object.entries(answers)) {
      const answer = await ask(key, '/connect-sessions', session(address));
      expect([address, answer.status]).toEqual([address, status]);
      if (status === 400) expect(answer.text).toContain(address);
      if (status === 400) expect(answer.code).toBe('RETURN_URL_NOT_ALLOWED');
    }
  });

  it.each(['app.example', 'ftp://app.example', 'https://a:b@app.example', 'https://app.example/?a', 'https://x/#y'])(
    '%s is none that the operator can name',
    (text) => {
      expect(() => parseReturnUrls(`https://fine.example,${text}`)).toThrow(text);
    },
  );

  it('has neither a user nor a password', async () => {
    const { key } = await portage.hostApps.createApiKey('An app with addresses');
    const address = 'https://app.example@evil.example/done';
    expect(await ask(key, '/connect-sessions', session(address))).toMatchObject({ status: 400 });
    expect(await ask(key, '/connect-sessions', session())).toMatchObject({ status: 201 });
  });

  it('is encrypted, unless it is on this machine', async () => {
    const { key } = await portage.hostApps.createApiKey('An app with plain addresses');
    expect(await ask(key, '/connect-sessions', session('http://app.example/done'))).toMatchObject({ status: 400 });
    expect(await ask(key, '/connect-sessions', session('http://localhost:8080/done'))).toMatchObject({ status: 201 });
  });
});
