// API keys by the API: a key with the scope admin makes, lists, replaces and revokes those of its own host app.
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { createHash } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';

import { eq, sql } from 'drizzle-orm';

import { Portage as Client } from '../../client/src';
import { carryOut } from '../../src/commands/serve-commands';
import { loadConfig } from '../../src/config';
import { apiKeys } from '../../src/database/schema';
import { newId } from '../../src/database/ids';
import {
  apiKeysPerHostApp,
  endedKeysKept,
  longestApiKeyName,
  longestLifetimeSeconds,
} from '../../src/domain/api-key-limits';
import type { ApiKeyScope } from '../../src/domain/api-key-scopes';
import { bindListener } from '../../src/listener';
import { createLogger } from '../../src/log';
import { openPortage, type Portage } from '../../src/portage';
import type { Problem } from '../../src/problem-details';
import { startServer, type RunningServer } from '../../src/server/start';
import { createStage } from '../database/databases';
import { databaseSettings } from '../support/database';
import { until } from '../support/until';

let portage: Portage;
let server: RunningServer;
let stage: ReturnType<typeof createStage>;
let remove: () => Promise<void>;
/** The clock of the server, which a test may set forward. */
let now = new Date();
const lines: string[] = [];

const startOn = (listener: Awaited<ReturnType<typeof bindListener>>) =>
  startServer(portage, createLogger('debug', { write: (line: string) => lines.push(line) }), { listener });

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
  stage = createStage(portage.database.db, portage.vault);
  server = await startOn(listener);
});
afterAll(async () => {
  await server.stop();
  await portage.close();
  await remove();
});

type Json = Record<string, unknown> & Problem & { id: string; key: string };
interface Answer {
  readonly status: number;
  readonly json: Json;
  readonly again: string | null;
}

async function send(key: string, method: string, path: string, body?: unknown, idempotencyKey?: string) {
  const answer = await fetch(`${server.url}/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const again = answer.headers.get('idempotency-replayed');
  return { status: answer.status, json: (text === '' ? {} : JSON.parse(text)) as Json, again } satisfies Answer;
}

const codeOf = async (key: string) => (await send(key, 'GET', '/consents/con_x')).json.code;

/** A host app of its own with a key, so that no test meets another one's keys. */
async function newApp(scopes: ApiKeyScope[] = ['admin']) {
  const name = `app ${crypto.randomUUID()}`;
  const { key, keyId, hostApp } = await portage.hostApps.createApiKey(name, { scopes, at: now });
  const call = (method: string, below: string, body?: unknown, idempotencyKey?: string) =>
    send(key, method, `/api-keys${below}`, body, idempotencyKey);
  const list = async (query = '') => {
    const { json } = await call('GET', query);
    return { items: json['items'] as Json[], nextAfter: json['nextAfter'] as string | null };
  };
  return { name, key, keyId, hostAppId: hostApp.id, call, list };
}

/** Carries out a command. @returns its exit code, and what it printed besides its result */
async function command(words: string[]) {
  const [out, remarks] = [new PassThrough().resume(), new PassThrough({ encoding: 'utf8' })];
  const request = { arguments: words, withStacks: false, folder: '.' };
  const terminal = { out, remarks, width: undefined, answers: undefined };
  const { signal } = new AbortController();
  const exitCode = await carryOut(request, terminal, { portage, environment: {} }, signal);
  return { exitCode, printed: String(remarks.read()) };
}

const entriesOf = async (keyId: string) => {
  const entries = await portage.auditLog.page({ consentId: undefined, after: '', limit: 10_000 });
  return entries.filter(({ actorId }) => actorId === keyId);
};

describe('a key that the API makes', () => {
  it('has the scopes connect and read, never expires, and works', async () => {
    const app = await newApp();
    const { status, json } = await app.call('POST', '');
    const { key, ...shown } = json;
    expect([status, shown]).toEqual([
      201,
      {
        ...{ id: shown.id, name: null, scopes: ['connect', 'read'], state: 'active', createdAt: now.toISOString() },
        ...{ expiresAt: null, lastUsedAt: null, revokedAt: null },
      },
    ]);
    expect(key).toMatch(/^ptg_[0-9A-Za-z]{49}$/);
    expect((await app.list()).items[0]).toEqual(shown);
    expect(await codeOf(key)).toBe('NOT_FOUND');
    expect((await send(key, 'GET', '/api-keys')).json.code).toBe('API_KEY_LACKS_ADMIN');
  });

  it('has the name, the scopes and the expiry of the request', async () => {
    const app = await newApp();
    const body = { name: 'reads at night', scopes: ['admin', 'read', 'admin'], expiresInSeconds: 60 };
    const { json } = await app.call('POST', '', body);
    const expiresAt = new Date(now.getTime() + 60_000).toISOString();
    expect(json).toMatchObject({ name: body.name, scopes: ['admin', 'read'], expiresAt });
    expect((await send(json.key, 'GET', '/api-keys')).status).toBe(200);
    now = new Date(now.getTime() + 60_000);
    expect(await codeOf(json.key)).toBe('API_KEY_EXPIRED');
    expect((await app.list()).items[0]).toMatchObject({ id: json.id, state: 'expired', expiresAt });
  });

  it.each([
    ['', { name: '' }, '#/name'],
    ['', { name: 'x'.repeat(longestApiKeyName + 1) }, '#/name'],
    ['', { name: 'a\u001B[2Jb' }, '#/name'],
    ['', { scopes: [] }, '#/scopes'],
    ['', { scopes: ['write'] }, '#/scopes/0'],
    ['', { expiresInSeconds: 0 }, '#/expiresInSeconds'],
    ['', { expiresInSeconds: longestLifetimeSeconds + 1 }, '#/expiresInSeconds'],
    ['', { hostAppId: 'app_1' }, '#/hostAppId'],
    ['/ID/rotate', { overlapSeconds: -1 }, '#/overlapSeconds'],
    ['/ID/rotate', { overlapSeconds: 7 * 86_400 + 1 }, '#/overlapSeconds'],
  ])('is not made by POST %s with %j', async (below, body, pointer) => {
    const app = await newApp();
    const { status, json } = await app.call('POST', below.replace('ID', app.keyId), body);
    expect([status, json.code, json.errors?.map((each) => each.pointer)]).toEqual([400, 'REQUEST_INVALID', [pointer]]);
    expect((await app.list()).items).toHaveLength(1);
  });

  it('is given again to the same request with its Idempotency-Key, and to no other one', async () => {
    const app = await newApp();
    const { key: reader } = await portage.hostApps.createApiKey(app.name, { scopes: ['read', 'manage'], at: now });
    const idempotencyKey = crypto.randomUUID();
    const first = await app.call('POST', '', { name: 'once' }, idempotencyKey);
    expect([first.status, first.again]).toEqual([201, null]);
    expect(await app.call('POST', '', { name: 'once' }, idempotencyKey)).toEqual({ ...first, again: 'true' });
    const other = await app.call('POST', '', { name: 'twice' }, idempotencyKey);
    expect([other.status, other.json.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    const lacking = await send(reader, 'POST', '/api-keys', { name: 'once' }, idempotencyKey);
    expect([lacking.status, lacking.json.code]).toEqual([403, 'API_KEY_LACKS_ADMIN']);

    const rotated = await app.call('POST', `/${first.json.id}/rotate`, undefined, `${idempotencyKey}-2`);
    const again = await app.call('POST', `/${first.json.id}/rotate`, undefined, `${idempotencyKey}-2`);
    expect(again).toEqual({ ...rotated, again: 'true' });
    expect((await app.list()).items).toHaveLength(4);
    const actions = (await entriesOf(app.keyId)).map(({ action }) => action);
    expect(actions).toEqual(['api_key.created', 'api_key.rotated']);
  });

  it('is shown in one answer only: neither in the list, nor in a row, the audit log or a line of the log', async () => {
    const app = await newApp();
    const made = await app.call('POST', '', { name: 'secret' }, crypto.randomUUID());
    const rotated = await app.call('POST', `/${made.json.id}/rotate`, {}, crypto.randomUUID());
    await send(rotated.json.key, 'GET', '/api-keys');
    const listed = JSON.stringify(await app.list());
    expect(listed).not.toMatch(/ptg_|hash|mac/i);
    const rows = await stage.everyRow();
    expect(rows).toContain(rotated.json.id);
    for (const key of [made.json.key, rotated.json.key]) {
      for (const text of [listed, rows, lines.join('')]) expect(text).not.toContain(key);
    }
    expect(lines.length).toBeGreaterThan(0);
  });
});

it.each([
  ['reads at night', 0],
  ['', 1],
  ['x'.repeat(longestApiKeyName + 1), 1],
  ['a\u001B[2Jb', 1],
])('has a name with the same bounds when a command makes it: %j', async (name, exitCode) => {
  const app = await newApp();
  expect((await command(['api-keys', 'create', app.name, '--name', name])).exitCode).toBe(exitCode);
  const names = (await app.list()).items.map((each) => each['name']);
  expect(names).toEqual(exitCode === 0 ? [name, null] : [null]);
});

it.each([undefined, '30 days'])('is replaced by a command that says when the new key expires: %j', async (lifetime) => {
  const app = await newApp();
  const remarks = new PassThrough();
  const terminal = { out: new PassThrough().resume(), remarks, width: undefined, answers: undefined };
  const run = async (...typed: string[]) => {
    const request = { arguments: ['api-keys', ...typed], withStacks: false, folder: '.' };
    expect(await carryOut(request, terminal, { portage, environment: {} }, new AbortController().signal)).toBe(0);
  };
  await run('create', app.name, ...(lifetime === undefined ? [] : ['--expires-in', lifetime]));
  const [made] = (await app.list()).items;
  await run('rotate', made?.id ?? '');
  const [{ expiresAt } = {}] = (await app.list()).items as { expiresAt?: string | null }[];
  remarks.end();
  expect(await textOf(remarks)).toContain(
    lifetime === undefined ? 'The new key never expires.' : `The new key expires ${expiresAt ?? 'never'}.`,
  );
});

it('is made, listed, replaced and revoked with the client', async () => {
  const { key, keyId } = await newApp();
  const client = new Client({ url: server.url, apiKey: key });
  const made = await client.createApiKey();
  const rotated = await client.rotateApiKey({ id: made.id });
  await client.revokeApiKey({ id: made.id });
  const states: string[] = [];
  for await (const { id, state } of client.listApiKeys({ limit: 1 })) states.push(`${id} ${state}`);
  expect(states).toEqual([`${rotated.id} active`, `${made.id} revoked`, `${keyId} active`]);
  await expect(new Client({ url: server.url, apiKey: made.key }).getHealth()).rejects.toMatchObject({ status: 401 });
});

describe('the list of keys', () => {
  it('has all keys of the host app in pages, the newest first, with their states', async () => {
    const app = await newApp();
    const ids = [app.keyId];
    for (let number = 0; number < 4; number += 1) ids.unshift((await app.call('POST', '', {})).json.id);
    await app.call('DELETE', `/${ids[1] ?? ''}`);
    const listed: Json[] = [];
    let after: string | null = null;
    do {
      const page = await app.list(`?limit=2${after === null ? '' : `&after=${after}`}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      listed.push(...page.items);
      after = page.nextAfter;
    } while (after !== null);
    expect(listed.map(({ id }) => id)).toEqual(ids);
    expect(listed.map(({ state }) => state)).toEqual(['active', 'revoked', 'active', 'active', 'active']);
    expect(listed[1]?.['revokedAt']).toBe(now.toISOString());
    expect(listed[4]).toMatchObject({ scopes: ['admin'], lastUsedAt: now.toISOString(), revokedAt: null });
  });

  it.each(['?limit=0', '?limit=101', '?after=1', '?after=whe_01jd8m6n5ze3bv9d2rm4w5x6y7', '?state=active'])(
    'GET %s is refused',
    async (query) => {
      const { json } = await (await newApp()).call('GET', query);
      expect([json.status, json.code]).toEqual([400, 'REQUEST_INVALID']);
    },
  );
});

describe('a key that is replaced', () => {
  it('works together with the new one until the overlap ends, and not after that', async () => {
    const app = await newApp();
    const body = { name: 'for a while', scopes: ['connect', 'manage'], expiresInSeconds: 90 * 86_400 };
    const former = (await app.call('POST', '', body)).json;
    now = new Date(now.getTime() + 3_600_000);
    const { status, json } = await app.call('POST', `/${former.id}/rotate`, { overlapSeconds: 60 });
    const formerEndsAt = new Date(now.getTime() + 60_000).toISOString();
    const expiresAt = new Date(now.getTime() + 90 * 86_400_000).toISOString();
    expect([status, json]).toEqual([
      201,
      { id: json.id, key: json.key, expiresAt, formerKeyId: former.id, formerEndsAt },
    ]);
    const [made] = (await app.list()).items;
    expect(made).toMatchObject({ id: json.id, name: body.name, scopes: body.scopes, expiresAt });
    const codes = async () => [await codeOf(former.key), await codeOf(json.key)];
    expect(await codes()).toEqual(['API_KEY_LACKS_READ', 'API_KEY_LACKS_READ']);
    now = new Date(now.getTime() + 60_000);
    expect(await codes()).toEqual(['API_KEY_EXPIRED', 'API_KEY_LACKS_READ']);
    const late = await app.call('POST', `/${former.id}/rotate`);
    expect([late.status, late.json.code]).toEqual([404, 'NOT_FOUND']);
  });

  it('may be the key of the request, works for a day unless another time is given, and with 0 no longer', async () => {
    const app = await newApp();
    const { json } = await app.call('POST', `/${app.keyId}/rotate`);
    expect(json['formerEndsAt']).toBe(new Date(now.getTime() + 86_400_000).toISOString());
    expect((await app.call('GET', '')).status).toBe(200);
    const last = await send(json.key, 'POST', `/api-keys/${json.id}/rotate`, { overlapSeconds: 0 });
    expect(last.json['formerEndsAt']).toBe(now.toISOString());
    expect(await codeOf(json.key)).toBe('API_KEY_EXPIRED');
    expect(await codeOf(last.json.key)).toBe('NOT_FOUND');
  });
});

describe('a key that was replaced', () => {
  it.each([undefined, 60])('cannot be replaced again, and its successor can: lifetime %p', async (expiresInSeconds) => {
    const app = await newApp();
    const { id, key } = (await app.call('POST', '', { expiresInSeconds })).json;
    const rotate = (below: string) => app.call('POST', `/${below}/rotate`, { overlapSeconds: 40 });
    const answers = await Promise.all([rotate(id), rotate(id)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect((await rotate(id)).json.code).toBe('API_KEY_REPLACED');
    expect(await codeOf(key)).toBe('NOT_FOUND');
    const [successor] = (await app.list()).items;
    const expiresAt = expiresInSeconds === undefined ? null : new Date(now.getTime() + 60_000).toISOString();
    expect((await rotate(successor?.id ?? '')).json['expiresAt']).toBe(expiresAt);
    expect((await app.call('DELETE', `/${id}`)).status).toBe(204);
    const states = (await app.list()).items.map(({ state }) => state);
    expect(states).toEqual(['active', 'active', 'revoked', 'active']);
  });

  it('cannot be replaced again with a command either, and the audit log has the attempt', async () => {
    const app = await newApp();
    await app.call('POST', `/${app.keyId}/rotate`);
    const { exitCode, printed } = await command(['api-keys', 'rotate', app.keyId]);
    expect([exitCode, printed]).toEqual([1, expect.stringContaining('was replaced before')]);
    const entries = await portage.auditLog.page({ consentId: undefined, after: '', limit: 10_000 });
    const own = entries.filter(({ object, action }) => object === app.keyId && action === 'api_key.rotated');
    expect(own.map(({ outcome }) => outcome)).toEqual(['done', 'refused']);
  });

  it('is altered when its row gets another expiry', async () => {
    const app = await newApp();
    const { id, key } = (await app.call('POST', '')).json;
    await app.call('POST', `/${id}/rotate`);
    await portage.database.db.update(apiKeys).set({ expiresAt: null }).where(eq(apiKeys.id, id));
    expect(await codeOf(key)).toBe('API_KEY_INVALID');
  });
});

describe('a key that is revoked', () => {
  it('gets 401 at once, and cannot be revoked or replaced again', async () => {
    const app = await newApp();
    const { id, key } = (await app.call('POST', '')).json;
    expect(await codeOf(key)).toBe('NOT_FOUND');
    expect((await app.call('DELETE', `/${id}`)).status).toBe(204);
    expect(await send(key, 'GET', '/consents/con_x')).toMatchObject({ status: 401, json: { code: 'API_KEY_INVALID' } });
    for (const [method, below] of [
      ['DELETE', ''],
      ['POST', '/rotate'],
    ] as const) {
      expect(await app.call(method, `/${id}${below}`)).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
    }
  });

  it('may be the key of the request and the last one; an operator can make another', async () => {
    const app = await newApp();
    expect((await app.call('DELETE', `/${app.keyId}`)).status).toBe(204);
    expect(await codeOf(app.key)).toBe('API_KEY_INVALID');
    const { key } = await portage.hostApps.createApiKey(app.name, { scopes: ['admin'], at: now });
    expect((await send(key, 'GET', '/api-keys')).status).toBe(200);
  });

  /** Revokes a key while a request with it waits for its body. @returns the status of the answer */
  const revokedMeanwhile = async (app: Awaited<ReturnType<typeof newApp>>, below: string, idempotencyKey: string) => {
    const { id, key } = (await app.call('POST', '', { scopes: ['admin'] })).json;
    const address = `${server.url}/v1/api-keys${below.replace('ID', app.keyId)}`;
    const about = { 'content-type': 'application/json', 'content-length': 2, 'idempotency-key': idempotencyKey };
    const headers = { ...about, authorization: `Bearer ${key}` };
    const late = httpRequest(address, { method: 'POST', headers });
    const answered = once(late, 'response') as Promise<[IncomingMessage]>;
    late.flushHeaders();
    const used = async () => (await app.list()).items.find((each) => each.id === id)?.['lastUsedAt'] ?? undefined;
    await until('the key to be recognised', used);
    await app.call('DELETE', `/${id}`);
    late.end('{}');
    const [answer] = await answered;
    answer.resume();
    return answer.statusCode;
  };

  it.each(['', '/ID/rotate'])('makes no key by a request to %j that holds its body back', async (below) => {
    const app = await newApp();
    const idempotencyKey = crypto.randomUUID();
    expect(await revokedMeanwhile(app, below, idempotencyKey)).toBe(401);
    expect((await app.list()).items).toHaveLength(2);
    // Nor does it use up the Idempotency-Key.
    const { status, again } = await app.call('POST', below.replace('ID', app.keyId), {}, idempotencyKey);
    expect([status, again]).toEqual([201, null]);
  });

  it('gets no new key from a kept answer by a request that holds its body back', async () => {
    const app = await newApp();
    const idempotencyKey = crypto.randomUUID();
    const first = await app.call('POST', '', {}, idempotencyKey);
    expect(await revokedMeanwhile(app, '', idempotencyKey)).toBe(401);
    expect(await app.call('POST', '', {}, idempotencyKey)).toEqual({ ...first, again: 'true' });
  });
});

it('is one of a hundred that are in use at most, also when many are made at once', async () => {
  const app = await newApp();
  const body = { expiresInSeconds: 60 };
  const made: Answer[] = await Promise.all(
    Array.from({ length: apiKeysPerHostApp + 4 }, () => app.call('POST', '', body)),
  );
  const refused = made.filter(({ status }) => status !== 201);
  expect(refused.map(({ status, json }) => [status, json.code])).toEqual(
    Array.from({ length: 5 }, () => [409, 'API_KEYS_TOO_MANY']),
  );
  const rotate = (overlapSeconds: number) => app.call('POST', `/${app.keyId}/rotate`, { overlapSeconds });
  expect((await rotate(60)).json.code).toBe('API_KEYS_TOO_MANY');
  expect(await portage.database.db.$count(apiKeys, eq(apiKeys.hostAppId, app.hostAppId))).toBe(apiKeysPerHostApp);
  // Nothing of the refused request was done.
  expect((await app.list('?limit=100')).items.find(({ id }) => id === app.keyId)?.['expiresAt']).toBeNull();
  const [newest] = (await app.list()).items;
  expect((await app.call('DELETE', `/${newest?.id ?? ''}`)).status).toBe(204);
  expect((await app.call('POST', '', body)).status).toBe(201);
  // An operator is not bound: a host app cannot be kept from its keys.
  const { key } = await portage.hostApps.createApiKey(app.name, { scopes: ['admin'], at: now });
  expect((await send(key, 'POST', '/api-keys')).json.code).toBe('API_KEYS_TOO_MANY');
  now = new Date(now.getTime() + 60_000);
  expect((await send(key, 'POST', '/api-keys')).status).toBe(201);
  expect((await rotate(0)).status).toBe(201);
});

it.each(['', '/ID/rotate'])('leaves no endless list of keys that have ended: POST %j', async (below) => {
  const [app, other] = [await newApp(), await newApp()];
  const fill = async (hostAppId: string, ended: ReturnType<typeof sql>) => {
    const [ids, hashes] = [sql`'key_0' || lpad(n::text, 4, '0') || ${hostAppId}`, sql`n::text || ${hostAppId}`];
    const rows = sql`select ${ids}, ${hostAppId}, ${hashes}, ${ended} from generate_series(1, ${endedKeysKept + 3}::int) n`;
    await portage.database.db.execute(
      sql`insert into api_keys (id, host_app_id, key_hash, revoked_at, expires_at) ${rows}`,
    );
  };
  const at = now.toISOString();
  await fill(app.hostAppId, sql`case when n % 2 = 0 then ${at}::timestamptz end, ${at}::timestamptz`);
  await fill(other.hostAppId, sql`${at}::timestamptz, null`);
  expect((await app.call('POST', below.replace('ID', app.keyId), {})).status).toBe(201);
  const idsOf = async (hostAppId: string) => {
    const rows = await portage.database.db.select().from(apiKeys).where(eq(apiKeys.hostAppId, hostAppId));
    return rows.map(({ id }) => id).toSorted();
  };
  const ids = await idsOf(app.hostAppId);
  expect([ids.length, ids[0]]).toEqual([endedKeysKept + 2, `key_00004${app.hostAppId}`]);
  expect(ids).toContain(app.keyId);
  expect(await idsOf(other.hostAppId)).toHaveLength(endedKeysKept + 4);
});

it('replaces a key without an overlap also when there are as many as may be', async () => {
  const app = await newApp();
  for (let number = 1; number < apiKeysPerHostApp; number += 1) {
    await portage.hostApps.createApiKey(app.name, { at: now });
  }
  expect((await app.call('POST', '')).json.code).toBe('API_KEYS_TOO_MANY');
  expect((await app.call('POST', `/${app.keyId}/rotate`, { overlapSeconds: 0 })).status).toBe(201);
});

it.each([[['connect']], [['read']], [['manage']], [['connect', 'read', 'manage']]] as [ApiKeyScope[]][])(
  'is neither shown nor made, replaced or revoked with the scopes %j',
  async (scopes) => {
    const admin = await newApp();
    const { key } = await portage.hostApps.createApiKey(admin.name, { scopes, at: now });
    for (const [method, path] of [
      ['GET', '/api-keys'],
      ['GET', '/API-Keys/'],
      ['POST', '/api-keys'],
      ['POST', `/api-keys/${admin.keyId}/rotate`],
      ['DELETE', `/api-keys/${admin.keyId}`],
      ['DELETE', `/Api-Keys/${admin.keyId}/`],
    ] as const) {
      const { status, json } = await send(key, method, path);
      expect([method, path, status, json.code]).toEqual([method, path, 403, 'API_KEY_LACKS_ADMIN']);
      expect(json['remedy']).toContain('--scopes admin');
    }
    expect((await send(key, 'HEAD', '/api-keys')).status).toBe(403);
    expect((await admin.list()).items.map(({ state }) => state)).toEqual(['active', 'active']);
  },
);

it('of another host app is answered like one that is not there', async () => {
  const [own, other] = [await newApp(), await newApp()];
  for (const id of [own.keyId, newId('key'), 'x']) {
    for (const [method, below] of [
      ['DELETE', ''],
      ['POST', '/rotate'],
    ] as const) {
      const { status, json } = await other.call(method, `/${id}${below}`);
      expect([id, status, json.code, json.detail]).toEqual([id, 404, 'NOT_FOUND', 'API key']);
    }
  }
  expect((await other.list()).items.map(({ id }) => id)).toEqual([other.keyId]);
  expect((await other.list(`?after=${own.keyId}`)).items.map(({ id }) => id)).not.toContain(own.keyId);
  expect((await own.list()).items).toMatchObject([{ id: own.keyId, state: 'active', expiresAt: null }]);
});

it('of an earlier release is listed and revoked, and neither accepted nor replaced', async () => {
  const app = await newApp();
  const key = `pk_${'C'.repeat(43)}`;
  const hash = createHash('sha256').update(key).digest('hex');
  const id = newId('key');
  await portage.database.db.execute(
    sql`insert into api_keys (id, host_app_id, key_hash) values (${id}, ${app.hostAppId}, ${hash})`,
  );
  const stateOf = async () => (await app.list()).items.find((each) => each.id === id)?.['state'];
  expect(await stateOf()).toBe('unaccepted');
  for (const below of ['rotate', 'accept']) {
    expect((await app.call('POST', `/${id}/${below}`)).json.code).toBe('NOT_FOUND');
  }
  expect(await codeOf(key)).toBe('API_KEY_UNACCEPTED');
  expect((await app.call('DELETE', `/${id}`)).status).toBe(204);
  expect(await stateOf()).toBe('revoked');
  expect(await portage.hostApps.acceptApiKey(id, { scopes: ['read'], at: now })).toBe(false);
});

describe('the audit log', () => {
  it('has one entry for each change, as those of the commands, with the key and the address', async () => {
    const app = await newApp();
    const { id } = (await app.call('POST', '', { expiresInSeconds: 60 })).json;
    const rotated = (await app.call('POST', `/${id}/rotate`)).json;
    await app.call('DELETE', `/${id}`);
    await app.list();
    const { hostAppId } = app;
    const expiresAt = new Date(now.getTime() + 60_000).toISOString();
    const entries = await entriesOf(app.keyId);
    expect(entries.map(({ action, object, details }) => [action, object, details])).toEqual([
      ['api_key.created', id, { hostAppId, scopes: ['connect', 'read'], expiresAt }],
      ['api_key.rotated', id, { hostAppId, newKeyId: rotated.id, formerEndsAt: rotated['formerEndsAt'] }],
      ['api_key.revoked', id, { hostAppId }],
    ]);
    for (const { actorKind, outcome, address } of entries) {
      expect([actorKind, outcome, address]).toEqual(['api_key', 'done', expect.stringContaining('127.0.0.1')]);
    }
  });

  it('counts refused attempts', async () => {
    const [app, reader] = [await newApp(), await newApp(['read'])];
    const second = await startOn(await bindListener({ host: '127.0.0.1', port: 0 }));
    const attempt = (key: string) =>
      fetch(`${second.url}/v1/api-keys/${reader.keyId}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${key}` },
      });
    expect([(await attempt(app.key)).status, (await attempt(reader.key)).status]).toEqual([404, 403]);
    // The counts are written when the server stops.
    await second.stop();
    const counted = [...(await entriesOf(app.keyId)), ...(await entriesOf(reader.keyId))];
    expect(counted).toMatchObject([
      { action: 'requests.refused', outcome: 'refused', details: { attempts: 1, codes: { NOT_FOUND: 1 } } },
      { action: 'requests.refused', outcome: 'refused', details: { attempts: 1, codes: { API_KEY_LACKS_ADMIN: 1 } } },
    ]);
  });
});
