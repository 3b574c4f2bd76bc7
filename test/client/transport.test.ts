// Calls that are refused, lost or late: which are repeated, with which key, and which error the caller gets.
import { Portage, PortageApiError, PortageConnectionError } from '../../client/src';
import { placeInput } from '../../client/src/caller';
import { pauseBeforeRetry } from '../../client/src/transport';
import { json, reset, startScriptedServer, type ScriptedServer } from './scripted-server';

let server: ScriptedServer;
let portage: Portage;
beforeAll(async () => {
  server = await startScriptedServer();
  portage = new Portage({ url: server.url, apiKey: 'ptg_key' });
});
afterAll(() => server.stop());

const away = json(503, { code: 'TEMPORAL_UNAVAILABLE', title: 'Temporal does not answer' }, { 'retry-after': '0' });
const session = { id: 'cns_1', connectUrl: 'https://portage.example/connect/x', expiresAt: '2026-01-01T00:00:00.000Z' };
const request = { userId: '42', resources: ['myactivity.search'], returnUrl: 'https://app.example/done' };

describe('a request', () => {
  it('carries key, body and path', async () => {
    server.script(json(201, session));
    expect(await portage.createConnectSession(request)).toEqual(session);
    expect(server.asked).toMatchObject([
      { method: 'POST', path: '/portage/v1/connect-sessions', headers: { authorization: 'Bearer ptg_key' } },
    ]);
    expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual(request);
  });

  it('puts parameters where they belong, and repeats those that are lists', async () => {
    server.script(json(200, { cursor: 3, counts: [] }));
    await portage.countConsentRecords({ id: 'con_1/2?', since: 2 });
    await portage.request('listExportRecords', { id: 'exp_1', kind: ['visit', 'bookmark'] });
    expect(server.asked.map(({ path }) => path)).toEqual([
      '/portage/v1/consents/con_1%2F2%3F/records/counts?since=2',
      '/portage/v1/exports/exp_1/records?kind=visit&kind=bookmark',
    ]);
  });

  it('is refused before it is sent when its path would lead elsewhere, or a value has no place', async () => {
    server.script(json(200, {}));
    for (const userId of ['', '.', '..']) {
      await expect(portage.deleteUser({ userId })).rejects.toThrow(`deleteUser: userId is "${userId}"`);
    }
    // @ts-expect-error -- the types say so, too
    await expect(portage.getConsent({})).rejects.toThrow('getConsent: id is missing');
    const misplaced = portage.getExport({ id: 'exp_1', before: 'x' } as never);
    await expect(misplaced).rejects.toThrow('getExport takes no before');
    expect(server.asked).toEqual([]);
  });
});

it('writes a list with commas where the document requires it', () => {
  const listEvents = {
    ...{ method: 'GET', path: '/v1/events', hasBody: false, answer: 'list' as const },
    joined: ['types'],
  };
  const operation = { ...listEvents, query: ['after', 'types'] };
  const { path } = placeInput('listEvents', operation, { after: 0, types: ['export.ready', 'consent.ended'] });
  expect(path).toBe('/v1/events?after=0&types=export.ready%2Cconsent.ended');
});

describe('a request that is not answered, or answered with 429 or 503', () => {
  it('is repeated, under the same key; the next call has another', async () => {
    const inUse = json(409, { code: 'IDEMPOTENCY_KEY_IN_USE' }, { 'retry-after': '0' });
    server.script(away, reset, json(429, {}, { 'retry-after': '0' }), inUse, json(201, session));
    expect(await portage.createConnectSession(request)).toEqual(session);
    await portage.createConnectSession(request);
    await portage.createConnectSession(request, { idempotencyKey: 'mine' });
    const keys = server.asked.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(7);
    expect(new Set(keys.slice(0, 5)).size).toBe(1);
    expect(keys[0]).toMatch(/^[\da-f-]{36}$/);
    expect(keys[5]).not.toBe(keys[0]);
    expect(keys[6]).toBe('mine');
    expect(new Set(server.asked.map(({ body }) => body)).size).toBe(1);
  });

  it('is given up after the retries, with the last answer', async () => {
    const hasty = new Portage({ url: server.url, apiKey: 'ptg_key', retries: 1 });
    server.script(away);
    await expect(hasty.getHealth()).rejects.toMatchObject({ name: 'PortageApiError', code: 'TEMPORAL_UNAVAILABLE' });
    expect(server.asked).toHaveLength(2);
    expect(server.asked[0]?.headers['idempotency-key']).toBeUndefined();
  });

  it('is not repeated for a conflict that stays', async () => {
    server.script(json(409, { code: 'CONSENT_ENDED', title: 'The consent has ended' }));
    await expect(portage.pauseConsent({ id: 'con_1' })).rejects.toMatchObject({ code: 'CONSENT_ENDED' });
    expect(server.asked).toHaveLength(1);
  });

  it('is given up at once when the answer names a time that is far away', async () => {
    server.script(json(429, { code: 'TOO_MANY_REQUESTS', title: 'Too many' }, { 'retry-after': '3600' }));
    await expect(portage.getHealth()).rejects.toMatchObject({ status: 429 });
    expect(server.asked).toHaveLength(1);
  });

  it('names the unreachable address when no answer comes in time', async () => {
    const hasty = new Portage({ url: server.url, apiKey: 'ptg_key', retries: 0, timeoutMs: 50 });
    server.script(() => undefined);
    const failure = await hasty.getConsent({ id: 'con_1' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PortageConnectionError);
    expect(failure).toMatchObject({
      message: `GET ${server.url}/v1/consents/con_1 was not answered: no answer within 50 ms`,
    });
  });

  it('ends with the signal of its caller', async () => {
    const over = new AbortController();
    server.script(() => over.abort(new Error('the user left')));
    await expect(portage.getHealth({}, { signal: over.signal })).rejects.toThrow('the user left');
    expect(server.asked).toHaveLength(1);
  });
});

it('pauses longer from try to try, at least for the time of Retry-After, and never in step with others', () => {
  for (const [failures, longest] of [
    [1, 500],
    [2, 1000],
    [3, 2000],
    [20, 30_000],
  ] as const) {
    const pauses = Array.from({ length: 50 }, () => pauseBeforeRetry(failures, null) ?? NaN);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(longest / 2);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(longest);
    expect(new Set(pauses).size).toBeGreaterThan(40);
  }
  expect(pauseBeforeRetry(1, '7')).toBe(7000);
  const now = Date.parse('2026-01-01T00:00:00Z');
  expect(pauseBeforeRetry(1, 'Thu, 01 Jan 2026 00:00:09 GMT', now)).toBe(9000);
  expect(pauseBeforeRetry(1, 'soon')).toBeLessThanOrEqual(500);
  expect(pauseBeforeRetry(1, '121')).toBeUndefined();
});

describe('an error', () => {
  it('has the code, the remedy and every wrong field, and is not repeated', async () => {
    const errors = [{ pointer: '#/userId', detail: 'is empty', value: '""' }];
    const texts = { title: 'The request is not valid', detail: 'userId: is empty', remedy: 'Correct it.' };
    server.script(json(400, { code: 'REQUEST_INVALID', ...texts, errors, requestId: 'req_1' }));
    const failure = await portage.createConnectSession(request).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PortageApiError);
    expect(failure).toMatchObject({
      ...{ status: 400, code: 'REQUEST_INVALID', detail: 'userId: is empty', remedy: 'Correct it.' },
      ...{ fields: errors, requestId: 'req_1', message: 'The request is not valid: userId: is empty' },
    });
    expect(server.asked).toHaveLength(1);
  });

  it('of another program has its status only', async () => {
    server.script(
      (response) => void response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'),
    );
    const failure = await portage.getHealth().catch((error: unknown) => error);
    expect(failure).toMatchObject({ status: 502, code: '', fields: [] });
    expect(String(failure)).toContain(`GET ${server.url}/v1/health was answered with status 502`);
  });

  it('is also an answer that is no JSON, as of another page at the address', async () => {
    server.script((response) => void response.end('<h1>Welcome</h1>'));
    await expect(portage.getHealth()).rejects.toThrow('the answer to getHealth broke off, or is no JSON');
  });

  it('is also a redirect, which could lead the API key elsewhere', async () => {
    server.script((response) => void response.writeHead(302, { location: `${server.url}/v1/elsewhere` }).end());
    await expect(portage.getHealth()).rejects.toMatchObject({ status: 302 });
    expect(server.asked).toHaveLength(1);
  });
});
