// A POST with an `Idempotency-Key`: carried out once, answered in the same way, and readable by its caller only.
import { eq, sql } from 'drizzle-orm';

import { connectSessions, idempotencyKeys, webhookEndpoints } from '../../src/database/schema';
import { parseIdempotencyKey, runsAtMostMs } from '../../src/domain/idempotency';
import type { Problem } from '../../src/problem-details';
import { at, createStage } from '../database/databases';
import { startApiServer, type ApiServer } from '../support/api-server';
import { until } from '../support/until';

let server: ApiServer;
let stage: ReturnType<typeof createStage>;
beforeAll(async () => {
  server = await startApiServer();
  stage = createStage(server.portage.database.db, server.portage.vault);
});
afterAll(() => server.stop());

const newKey = () => crypto.randomUUID();
const session = (userId: string) => ({ userId, resources: ['myactivity.search'] });
const send = async (path: string, body: unknown, key: string, headers: Record<string, string> = {}) => {
  const answer = await server.post(path, body, { 'idempotency-key': key, ...headers });
  const json = (await answer.json()) as Record<string, unknown> & Problem;
  const again = answer.headers.get('idempotency-replayed');
  return { status: answer.status, json, again, retryAfter: answer.headers.get('retry-after') };
};
const create = (userId: string, key: string, headers?: Record<string, string>) =>
  send('/v1/connect-sessions', session(userId), key, headers);
const sessionsOf = async (userId: string) =>
  server.portage.database.db.$count(connectSessions, eq(connectSessions.userId, userId));
const rowCount = () => server.portage.database.db.$count(idempotencyKeys);

it('is carried out once, and answered again in the same way', async () => {
  const key = newKey();
  const created = async () => {
    const entries = await stage.audit.page({ consentId: undefined, after: '', limit: 10_000 });
    return entries.filter(({ action }) => action === 'connect_session.created').length;
  };
  const first = await create('once', key);
  const before = await created();
  expect([first.status, first.again]).toEqual([201, null]);
  const second = await create('once', key);
  expect(second).toEqual({ ...first, again: 'true' });
  // In the quotation marks of a structured field it is the same key.
  expect(await create('once', `"${key}"`)).toEqual({ ...first, again: 'true' });
  expect(await sessionsOf('once')).toBe(1);
  // A repeated answer makes no change.
  expect(await created()).toBe(before);
  expect((await create('once', newKey())).json['id']).not.toBe(first.json['id']);
  expect(await created()).toBe(before + 1);
});

it('is refused with another body or address, and is another host app’s own', async () => {
  const key = newKey();
  const first = await create('first-body', key);
  for (const other of [
    await create('other-body', key),
    await send('/v1/webhook-endpoints', { url: 'https://a.example' }, key),
  ]) {
    expect([other.status, other.json.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  }
  expect(await sessionsOf('other-body')).toBe(0);
  const foreign = await stage.hostApps.createApiKey('Another app', { confirmation: false });
  const theirs = await create('first-body', key, { authorization: `Bearer ${foreign.key}` });
  expect([theirs.status, theirs.again]).toEqual([201, null]);
  expect(theirs.json['id']).not.toBe(first.json['id']);
});

it('is refused while the first request is being carried out, with the time of the next try', async () => {
  const key = newKey();
  const { db } = server.portage.database;
  const { hostApp } = await stage.hostApps.createApiKey('Test host app');
  const held: { answer?: ReturnType<typeof send> } = {};
  await db.transaction(async (tx) => {
    // The keys under which an endpoint is made.
    await tx.execute(sql`select id from host_apps where id = ${hostApp.id} for no key update`);
    if (server.portage.config.databaseUrl === undefined) return;
    const before = await tx.$count(idempotencyKeys);
    held.answer = send('/v1/webhook-endpoints', { url: 'https://held.example' }, key);
    await until('the first request to have begun', async () => ((await rowCount()) > before ? true : undefined));
    const second = await send('/v1/webhook-endpoints', { url: 'https://held.example' }, key);
    expect([second.status, second.json.code, second.retryAfter]).toEqual([409, 'IDEMPOTENCY_KEY_IN_USE', '2']);
  });
  // The embedded database has one connection, which the transaction holds.
  if (held.answer === undefined) return;
  const first = await held.answer;
  expect(first.status).toBe(201);
  const again = await send('/v1/webhook-endpoints', { url: 'https://held.example' }, key);
  expect(again.json).toEqual(first.json);
  const ofUrl = eq(webhookEndpoints.url, 'https://held.example');
  expect(await db.$count(webhookEndpoints, ofUrl)).toBe(1);
});

it('goes to one of many that come at once', async () => {
  const key = newKey();
  const answers = await Promise.all(Array.from({ length: 8 }, () => create('at-once', key)));
  expect(answers.filter(({ status, again }) => status === 201 && again === null)).toHaveLength(1);
  for (const { status } of answers) expect([201, 409]).toContain(status);
  expect(await sessionsOf('at-once')).toBe(1);
});

it('keeps a refusal, and neither a request that no schema lets in nor one that failed', async () => {
  const refusedKey = newKey();
  const path = '/v1/webhook-endpoints';
  const refused = await send(path, { url: 'https://10.0.0.1' }, refusedKey);
  expect(refused.json.code).toBe('WEBHOOK_URL_REFUSED');
  expect(await send(path, { url: 'https://10.0.0.1' }, refusedKey)).toEqual({ ...refused, again: 'true' });

  const badKey = newKey();
  expect((await send(path, {}, badKey)).status).toBe(400);
  expect((await send(path, { url: 'https://good.example' }, badKey)).status).toBe(201);

  // Temporal is unreachable in this test.
  const consentId = await stage.consent({ session: await stage.session({ hostAppId: await ownId() }) });
  const failedKey = newKey();
  const before = await rowCount();
  const failed = await send(`/v1/consents/${consentId}/pause`, undefined, failedKey);
  expect([failed.status, failed.json.code]).toEqual([503, 'TEMPORAL_UNAVAILABLE']);
  expect(await rowCount()).toBe(before);
  expect((await send(`/v1/consents/${consentId}/pause`, undefined, failedKey)).again).toBeNull();
});

const ownId = async () => (await stage.hostApps.createApiKey('Test host app')).hostApp.id;

it.each([
  ['', 'nothing'],
  ['a b', 'spaces'],
  ['é', 'letters that are not of ASCII'],
  ['k'.repeat(256), 'more than 255 characters'],
  ['"open', 'one quotation mark'],
  ['""', 'an empty string'],
])('a header %j is no key: it has %s', (header) => {
  expect(parseIdempotencyKey(header)).toBeUndefined();
});

it('a header that holds no key is refused, and one of 255 characters taken', async () => {
  const { status, json } = await create('no-key', 'a b');
  expect([status, json.code]).toEqual([400, 'REQUEST_INVALID']);
  expect(json.errors).toEqual([expect.objectContaining({ parameter: 'Idempotency-Key', value: '"a b"' })]);
  expect((await create('long-key', 'k'.repeat(255))).status).toBe(201);
  expect(parseIdempotencyKey(String.raw`"a \"b\" \\"`)).toBe(String.raw`a "b" \ `.trim());
});

it('leaves no key, no user id and no secret in a row', async () => {
  const key = `canary-key-${newKey()}`;
  await create('canary-body', key);
  const hook = await send('/v1/webhook-endpoints', { url: 'https://secret.example' }, `${key}-2`);
  const rows = await server.portage.database.db.select().from(idempotencyKeys);
  expect(rows.length).toBeGreaterThan(1);
  const text = JSON.stringify(rows);
  expect(text).not.toContain('canary');
  expect(text).not.toContain(hook.json['secret']);
  // Not even the keys of the installation open it: only the host app has the missing part.
  const [row] = rows;
  const place = `idempotency_keys/${row?.id ?? ''}/sealed_answer`;
  expect(() => server.portage.vault.open(row?.sealedAnswer ?? '', place)).toThrow(
    'a key that the configuration does not have',
  );
});

it('gives an answer for a day; after that, and when its server died, the request is carried out again', async () => {
  const { idempotencyKeys: store } = server.portage;
  const request = { hostAppId: await ownId(), key: newKey(), content: 'POST /a' };
  const later = (ms: number) => new Date(at.getTime() + ms);
  const begun = await store.begin(request, at);
  expect(begun.kind).toBe('begun');
  expect(await store.begin(request, later(runsAtMostMs))).toEqual({ kind: 'running' });
  const taken = await store.begin(request, later(runsAtMostMs + 1));
  if (begun.kind !== 'begun' || taken.kind !== 'begun') throw new Error('the request is not begun');
  // The first one was only slow: its answer is not stored now.
  const answer = { answer: 'late', about: undefined, at };
  await store.keepAnswer(request, { run: begun.run, ...answer });
  await store.release(request, begun.run);
  expect(await store.begin(request, later(runsAtMostMs + 2))).toEqual({ kind: 'running' });
  await store.keepAnswer(request, { run: taken.run, ...answer, answer: 'right' });
  const dayMs = 24 * 3_600_000;
  expect(await store.begin(request, later(dayMs))).toEqual({ kind: 'answered', answer: 'right' });
  expect(await store.begin({ ...request, content: 'POST /b' }, later(dayMs))).toEqual({ kind: 'other' });
  expect((await store.begin({ ...request, content: 'POST /b' }, later(dayMs + runsAtMostMs + 2))).kind).toBe('begun');
});

it('has no answer any more about a user who is deleted', async () => {
  const key = newKey();
  const first = await create('user-to-delete', key);
  await server.portage.dataDeletion.beginUser({ hostAppId: await ownId(), userId: 'user-to-delete' }, new Date());
  const again = await create('user-to-delete', key);
  expect([again.status, again.json.code]).toEqual([410, 'DATA_DELETED']);
  const { db } = server.portage.database;
  const rows = await db
    .select()
    .from(idempotencyKeys)
    .where(eq(idempotencyKeys.about, String(first.json['id'])));
  expect(rows).toEqual([expect.objectContaining({ sealedAnswer: null })]);
});

it('keeps no answer about a user who was deleted before it could be kept', async () => {
  const { dataDeletion, idempotencyKeys: store } = server.portage;
  const user = { hostAppId: await ownId(), userId: 'deleted-meanwhile' };
  const session = await stage.session(user);
  const request = { hostAppId: user.hostAppId, key: newKey(), content: 'POST /a' };
  const begun = await store.begin(request, new Date());
  await dataDeletion.beginUser(user, new Date());
  const run = begun.kind === 'begun' ? begun.run : '';
  await store.keepAnswer(request, { run, answer: '{}', about: session.id, at: new Date() });
  expect(await store.begin(request, new Date())).toEqual({ kind: 'deleted' });
});

it('has no answer any more about a session that ends after its user was deleted', async () => {
  const key = newKey();
  const { json } = await create('deleted-at-google', key);
  const { db } = server.portage.database;
  const id = String(json['id']);
  // As while the code is being exchanged.
  const answered = { state: 'started', oauthStateUsedAt: new Date() } as const;
  const [row] = await db.update(connectSessions).set(answered).where(eq(connectSessions.id, id)).returning();
  await server.portage.dataDeletion.beginUser({ hostAppId: await ownId(), userId: 'deleted-at-google' }, new Date());
  expect((await create('deleted-at-google', key)).status).toBe(201);
  if (row === undefined) throw new Error('no session');
  await stage.connectSessions.endWithout(row, 'failed', 'GOOGLE_REFUSED', new Date());
  const again = await create('deleted-at-google', key);
  expect([again.status, again.json.code]).toEqual([410, 'DATA_DELETED']);
});
