// Webhook endpoints by the API: a host app's actions on its own endpoints, but not on those of others.
import { publicKeyOf } from '../../src/webhooks/sign';
import { endpointsPerHostApp, eventsPerReplay } from '../../src/domain/webhook-limits';
import type { Problem } from '../../src/problem-details';
import { createStage } from '../database/databases';
import { startApiServer, type ApiServer } from '../support/api-server';

interface Endpoint {
  readonly id: string;
  readonly secret: string;
  readonly publicKey: string;
}

let server: ApiServer;
let stage: ReturnType<typeof createStage>;
beforeAll(async () => {
  server = await startApiServer();
  stage = createStage(server.portage.database.db, server.portage.vault);
});
afterAll(() => server.stop());

const path = '/v1/webhook-endpoints';
const url = 'https://diary.example/hooks?token=canary-path';
const at = new Date('2026-03-01T09:30:00.000Z');

/** A host app of its own with a key, so that no test meets another one's endpoints. */
async function newApp() {
  const { key, keyId, hostApp } = await stage.hostApps.createApiKey(`app ${crypto.randomUUID()}`, {
    scopes: ['admin'],
    confirmation: false,
  });
  const headers = { authorization: `Bearer ${key}` };
  const call = async (method: string, below: string, body?: unknown) => {
    const answer = await server.ask(path + below, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, json: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> & Problem };
  };
  const create = async (body: unknown = { url }) => (await call('POST', '', body)).json as unknown as Endpoint;
  return { keyId, hostAppId: hostApp.id, call, create };
}

/** Events of one consent: connected, paused, resumed. @returns the deliveries to an endpoint, in order */
async function recordEvents(hostAppId: string, endpointId: string) {
  const session = await stage.session({ hostAppId });
  const stream = await stage.consent({ session });
  await stage.consents.setPaused(stream, true, at);
  await stage.consents.setPaused(stream, false, at);
  const next = async () => {
    const due = await server.portage.webhooks.nextDelivery({ endpointId, stream });
    if (due === undefined) throw new Error('nothing to deliver');
    return due.delivery;
  };
  return { stream, next };
}
const tried = { at: at.toISOString(), status: 500, durationMs: 3, answer: 'no' };

it('is made with its secrets, which no later answer and no row has', async () => {
  const app = await newApp();
  const made = await app.call('POST', '', { url, eventTypes: ['export.ready', 'user.erased', 'export.ready'] });
  expect(made.status).toBe(201);
  const { id, secret, publicKey, ...shown } = made.json as unknown as Endpoint & Record<string, unknown>;
  const endpoint = await server.portage.webhooks.findEndpoint(id);
  if (endpoint === undefined) throw new Error('the endpoint is not there');
  const [secrets] = server.portage.webhooks.secretsOf(endpoint, at);
  if (secrets === undefined) throw new Error('the endpoint has no secrets');
  expect([secret, publicKey]).toEqual([secrets.hmac, publicKeyOf(secrets)]);
  expect(shown).toMatchObject({
    ...{ url, eventTypes: ['export.ready', 'user.erased'], state: 'enabled' },
    ...{ disabledReason: null, failingSince: null, formerSecretUntil: null },
  });
  expect((await app.call('GET', `/${id}`)).json).toEqual({ id, ...shown });
  expect(JSON.stringify((await app.call('GET', '')).json)).not.toMatch(/whsec_|whpk_/);
  expect(await stage.everyRow()).not.toContain(secret);
});

it.each([
  ['an address in a private network', { url: 'https://10.1.2.3/hook' }, '10.1.2.3 is not a public address'],
  ['http', { url: 'http://app.example/' }, 'it does not begin with https://'],
  ['no address', { url: 'hook' }, 'it is not a URL'],
  ['a password', { url: 'https://user:word@app.example/' }, 'it holds a user name or a password'],
])('refuses %s as its address, naming field and value', async (_what, body, detail) => {
  const app = await newApp();
  const { status, json } = await app.call('POST', '', body);
  expect([status, json.code]).toEqual([400, 'WEBHOOK_URL_REFUSED']);
  expect(json.errors).toEqual([{ pointer: '#/url', detail, value: JSON.stringify(body.url) }]);
  expect((await app.call('GET', '')).json['items']).toEqual([]);
});

it.each([
  ['POST', '', {}, '#/url'],
  ['POST', '', { url, eventTypes: ['export.redy'] }, '#/eventTypes/0'],
  ['POST', '', { url, eventTypes: [] }, '#/eventTypes'],
  ['POST', '', { url, types: [] }, '#/types'],
  ['PATCH', '/ID', {}, '#'],
  ['PATCH', '/ID', { state: 'disabled' }, '#/state'],
  ['PATCH', '/ID', { eventTypes: [] }, '#/eventTypes'],
  ['POST', '/ID/rotate-secret', { overlapSeconds: -1 }, '#/overlapSeconds'],
  ['POST', '/ID/rotate-secret', { overlapSeconds: 7 * 86_400 + 1 }, '#/overlapSeconds'],
  ['POST', '/ID/replay', {}, '#'],
  ['POST', '/ID/replay', { eventId: 'evt_1', failures: true }, '#'],
  ['POST', '/ID/replay', { failures: true, until: at.toISOString() }, '#/until'],
  ['POST', '/ID/replay', { since: 'yesterday' }, '#/since'],
])('%s %s with %j names what is wrong', async (method, below, body, pointer) => {
  const app = await newApp();
  const { id } = await app.create();
  const { status, json } = await app.call(method, below.replace('ID', id), body);
  expect([status, json.code]).toEqual([400, 'REQUEST_INVALID']);
  expect(json.errors?.map((each) => each.pointer)).toContain(pointer);
});

it.each(['?limit=0', '?limit=101', '?after=1', '?before=whe_1'])('GET %s is refused', async (query) => {
  const app = await newApp();
  const { id } = await app.create();
  for (const below of [query, `/${id}/deliveries${query}`]) {
    const { status, json } = await app.call('GET', below);
    expect([status, json.code]).toEqual([400, 'REQUEST_INVALID']);
  }
});

it('is listed in pages, the newest first, and there are not more than a host app may have', async () => {
  const app = await newApp();
  const ids: string[] = [];
  for (let number = 0; number < endpointsPerHostApp; number += 1) ids.unshift((await app.create()).id);
  const more = await app.call('POST', '', { url });
  expect([more.status, more.json.code]).toEqual([409, 'WEBHOOK_ENDPOINTS_TOO_MANY']);

  const listed: string[] = [];
  let after: unknown = null;
  do {
    const { json } = await app.call('GET', `?limit=8${typeof after === 'string' ? `&after=${after}` : ''}`);
    listed.push(...(json['items'] as Endpoint[]).map(({ id }) => id));
    after = json['nextAfter'];
  } while (after !== null);
  expect(listed).toEqual(ids);

  expect((await app.call('DELETE', `/${ids[0] ?? ''}`)).status).toBe(204);
  expect((await app.call('POST', '', { url })).status).toBe(201);
});

it('gets another address and other event types, and keeps its secrets and its undelivered events', async () => {
  const app = await newApp();
  const { id } = await app.create();
  const { webhooks } = server.portage;
  const { next } = await recordEvents(app.hostAppId, id);
  await webhooks.recordAttempt(await next(), tried, { kind: 'retry', nextAt: new Date(at.getTime() + 60_000) });
  const before = await webhooks.findEndpoint(id);
  expect(before?.failingSince).not.toBeNull();

  const types = await app.call('PATCH', `/${id}`, { eventTypes: ['export.ready', 'export.ready'] });
  expect([types.status, types.json]).toEqual([200, expect.objectContaining({ url, eventTypes: ['export.ready'] })]);
  expect((await next()).tries).toBe(1);
  const elsewhere = 'https://diary.example/other';
  const moved = await app.call('PATCH', `/${id}`, { url: elsewhere, eventTypes: null });
  expect(moved.json).toMatchObject({ url: elsewhere, eventTypes: null, failingSince: null });
  expect((await app.call('GET', `/${id}`)).json).toEqual(moved.json);
  expect(await webhooks.findEndpoint(id)).toMatchObject({ sealedSecrets: before?.sealedSecrets, state: 'enabled' });
  // Events that the former address did not accept are tried again.
  expect((await next()).tries).toBe(0);
  // A message that was in flight to the former address gets an answer for a removed endpoint.
  await webhooks.recordAttempt(await next(), { ...tried, status: 410 }, { kind: 'gone' }, url);
  expect((await app.call('GET', `/${id}`)).json).toEqual(moved.json);
  expect(await next()).toMatchObject({ tries: 0, attempts: [{}, { status: 410 }] });

  const refused = await app.call('PATCH', `/${id}`, { url: 'https://10.1.2.3/hook' });
  expect([refused.status, refused.json.code]).toEqual([400, 'WEBHOOK_URL_REFUSED']);
  expect((await app.call('GET', `/${id}`)).json).toEqual(moved.json);
});

it('is disabled and enabled, each twice, and shows its state', async () => {
  const app = await newApp();
  const { id } = await app.create();
  for (const [word, state, disabledReason] of [
    ['disable', 'disabled', 'host_app'],
    ['enable', 'enabled', null],
  ]) {
    for (const time of ['once', 'twice']) {
      const { status, json } = await app.call('POST', `/${id}/${word ?? ''}`);
      expect([time, status]).toEqual([time, 200]);
      expect(json).toMatchObject({ id, state, disabledReason });
    }
  }
});

it('gets new secrets, and the former ones also sign until the overlap ends', async () => {
  const app = await newApp();
  const { id, secret } = await app.create();
  const signing = async (laterMs: number) => {
    const endpoint = await server.portage.webhooks.findEndpoint(id);
    if (endpoint === undefined) throw new Error('the endpoint is not there');
    const secrets = server.portage.webhooks.secretsOf(endpoint, new Date(Date.now() + laterMs));
    return secrets.map(({ hmac }) => hmac);
  };
  const rotated = await app.call('POST', `/${id}/rotate-secret`, { overlapSeconds: 3_600 });
  expect(rotated.status).toBe(200);
  const fresh = (rotated.json as unknown as Endpoint).secret;
  expect(fresh).not.toBe(secret);
  expect(await signing(0)).toEqual([fresh, secret]);
  expect(await signing(3_600_000)).toEqual([fresh]);
  expect((await app.call('GET', `/${id}`)).json['formerSecretUntil']).toBe(rotated.json['formerSecretUntil']);

  const last = await app.call('POST', `/${id}/rotate-secret`, { overlapSeconds: 0 });
  expect(last.json['formerSecretUntil']).toBeNull();
  expect(await signing(0)).toEqual([(last.json as unknown as Endpoint).secret]);
  // A day by default.
  const usual = await app.call('POST', `/${id}/rotate-secret`);
  const leftMs = new Date(usual.json['formerSecretUntil'] as string).getTime() - Date.now();
  expect(leftMs).toBeGreaterThan(23 * 3_600_000);
  expect(leftMs).toBeLessThanOrEqual(24 * 3_600_000);
});

it('shows the state of each event, and sends events again on request', async () => {
  const app = await newApp();
  const { id } = await app.create();
  const { stream, next } = await recordEvents(app.hostAppId, id);
  const { webhooks } = server.portage;
  const nextAt = new Date('2026-03-01T09:40:00.000Z');
  const first = await next();
  await webhooks.recordAttempt(first, tried, { kind: 'retry', nextAt });
  await webhooks.recordAttempt(first, { ...tried, status: null, problem: 'no answer', answer: '' }, { kind: 'failed' });
  await webhooks.recordAttempt(await next(), { ...tried, status: 204, answer: '' }, { kind: 'delivered' });
  const third = await next();
  await webhooks.recordAttempt(third, tried, { kind: 'retry', nextAt });

  const deliveries = async (query = '') => {
    const { json } = await app.call('GET', `/${id}/deliveries${query}`);
    return { items: json['items'] as Record<string, unknown>[], nextAfter: json['nextAfter'] };
  };
  const ofConsent = (await deliveries()).items.filter(({ consentId }) => consentId === stream);
  expect(ofConsent.map(({ type, state, tries, lastStatus }) => [type, state, tries, lastStatus])).toEqual([
    ['consent.resumed', 'pending', 1, 500],
    ['consent.paused', 'delivered', 1, 204],
    ['consent.connected', 'failed', 2, null],
  ]);
  expect(ofConsent[0]).toMatchObject({ nextTryAt: nextAt.toISOString(), endedAt: null, eventId: third.eventId });
  expect(ofConsent[2]).toMatchObject({
    ...{ nextTryAt: null, endedAt: at.toISOString() },
    attempts: [
      { ...tried, problem: null },
      { ...tried, status: null, problem: 'no answer', answer: '' },
    ],
  });
  expect((await deliveries('?state=failed')).items.map(({ eventId }) => eventId)).toEqual([first.eventId]);

  const all = (await deliveries()).items.map(({ eventId }) => eventId);
  const page = await deliveries('?limit=2');
  const rest = await deliveries(`?after=${String(page.nextAfter)}`);
  expect([...page.items, ...rest.items].map(({ eventId }) => eventId)).toEqual(all);
  expect(rest.nextAfter).toBeNull();

  const replay = async (body: unknown) => {
    const { status, json } = await app.call('POST', `/${id}/replay`, body);
    return [status, json['events'] ?? json.code];
  };
  expect(await replay({ failures: true })).toEqual([202, 1]);
  expect(await replay({ failures: true })).toEqual([202, 0]);
  expect((await next()).eventId).toBe(first.eventId);
  expect(await replay({ eventId: third.eventId })).toEqual([202, 1]);
  expect(await replay({ eventId: 'evt_1' })).toEqual([404, 'NOT_FOUND']);
  expect(await replay({ since: at.toISOString() })).toEqual([202, all.length]);
  expect(await replay({ since: at.toISOString(), until: at.toISOString() })).toEqual([202, 0]);
  await expect(webhooks.replay(id, { since: at }, at, 2)).rejects.toMatchObject({ code: 'REPLAY_TOO_LARGE' });
  expect(eventsPerReplay).toBeGreaterThan(1_000);
});

it('is tested with an event that it alone gets', async () => {
  const app = await newApp();
  const [one, other] = [await app.create(), await app.create()];
  const tested = await app.call('POST', `/${one.id}/test`);
  expect(tested.status).toBe(202);
  const next = (endpointId: string) => server.portage.webhooks.nextDelivery({ endpointId, stream: 'app' });
  expect((await next(one.id))?.event).toMatchObject({ id: tested.json['eventId'], type: 'webhook_endpoint.test' });
  expect(await next(other.id)).toBeUndefined();
});

it('is deleted with its address, its secrets and its deliveries, also while an event is being written', async () => {
  const app = await newApp();
  const { id } = await app.create({ url: 'https://diary.example/canary-deleted' });
  const { stream } = await recordEvents(app.hostAppId, id);
  const before = await server.portage.webhooks.findEndpoint(id);
  expect((await app.call('DELETE', `/${id}`)).status).toBe(204);
  expect((await app.call('DELETE', `/${id}`)).status).toBe(404);
  expect((await app.call('GET', '')).json['items']).toEqual([]);
  expect(await server.portage.webhooks.nextDelivery({ endpointId: id, stream })).toBeUndefined();
  const rows = await stage.everyRow();
  expect(rows).not.toContain('canary-deleted');
  expect(rows).not.toContain(before?.sealedSecrets);
  await stage.consents.setPaused(stream, true, at);
  expect(await server.portage.webhooks.enableEndpoint(id, at)).toBe(false);
});

it('belongs to its host app: of another one, every request is answered as of one that is not there', async () => {
  const [own, other] = [await newApp(), await newApp()];
  const { id } = await own.create();
  await recordEvents(own.hostAppId, id);
  const before = await server.portage.webhooks.findEndpoint(id);
  const requests: [string, string, unknown?][] = [
    ['GET', ''],
    ['GET', '/deliveries'],
    ['PATCH', '', { eventTypes: null }],
    ['DELETE', ''],
    ['POST', '/enable'],
    ['POST', '/disable'],
    ['POST', '/rotate-secret', {}],
    ['POST', '/test'],
    ['POST', '/replay', { failures: true }],
  ];
  for (const [method, below, body] of requests) {
    for (const each of [id, 'whe_01jd8m6n5ze3bv9d2rm4w5x6y7']) {
      const { status, json } = await other.call(method, `/${each}${below}`, body);
      expect([method, below, status, json.code, json.detail]).toEqual([
        ...[method, below, 404, 'NOT_FOUND', 'webhook endpoint'],
      ]);
    }
  }
  expect((await other.call('GET', '')).json['items']).toEqual([]);
  // An event of another host app is not there either.
  const mine = await other.create();
  const [foreign] = (await own.call('GET', `/${id}/deliveries`)).json['items'] as { eventId: string }[];
  const replayed = await other.call('POST', `/${mine.id}/replay`, { eventId: foreign?.eventId });
  expect([replayed.status, replayed.json.code]).toEqual([404, 'NOT_FOUND']);
  expect(await server.portage.webhooks.findEndpoint(id)).toEqual(before);
  expect((await own.call('GET', `/${id}/deliveries`)).json['items']).not.toEqual([]);
});

it('is changed with the scope manage only, and read with read', async () => {
  const { key } = await stage.hostApps.createApiKey('Test host app', { scopes: ['connect', 'read'] });
  const headers = { authorization: `Bearer ${key}` };
  const refused = await server.post(path, { url }, headers);
  expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([403, 'API_KEY_LACKS_MANAGE']);
  expect((await server.ask(path, { headers })).status).toBe(200);
});

it('leaves an entry in the audit log for each change, with the key and the endpoint, and without its address', async () => {
  const app = await newApp();
  const { id } = await app.create();
  await app.call('PATCH', `/${id}`, { url, eventTypes: ['export.ready'] });
  for (const word of ['disable', 'enable', 'rotate-secret', 'test']) await app.call('POST', `/${id}/${word}`);
  await app.call('POST', `/${id}/replay`, { failures: true });
  await app.call('DELETE', `/${id}`);
  const entries = (await stage.audit.page({ consentId: undefined, after: '', limit: 10_000 })).filter(
    ({ actorId }) => actorId === app.keyId,
  );
  expect(entries.map(({ action, object }) => [action, object])).toEqual(
    ['created', 'changed', 'disabled', 'enabled', 'secrets_rotated', 'tested', 'replayed', 'deleted'].map((change) => [
      `webhook_endpoint.${change}`,
      id,
    ]),
  );
  expect(entries[0]?.details).toEqual({ origin: 'https://diary.example' });
  expect(entries[1]?.details).toEqual({ origin: 'https://diary.example', eventTypes: 'export.ready' });
  expect(JSON.stringify(entries)).not.toContain('canary-path');
});
