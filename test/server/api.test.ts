/** Common to all routes of the API: problems, methods, media types, conditional requests, and the document. */
import { DrizzleQueryError } from 'drizzle-orm/errors';

import { errorTable } from '../../src/domain/error-codes';
import type { Problem } from '../../src/problem-details';
import { toPortageError } from '../../src/server/error-handler';
import { startApiServer, type ApiServer } from '../support/api-server';
import { startChromium } from '../support/chromium';

let server: ApiServer;
beforeAll(async () => (server = await startApiServer()));
afterAll(() => server.stop());

const session = { userId: '42', resources: ['myactivity.search'] };
const problemOf = async (answer: Response): Promise<Problem> => {
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const problem = (await answer.json()) as Problem;
  expect(problem.status).toBe(answer.status);
  return problem;
};
const refusal = async (body: unknown, headers?: Record<string, string>) =>
  problemOf(await server.post('/v1/connect-sessions', body, headers));
const create = async () =>
  (await (await server.post('/v1/connect-sessions', session)).json()) as { id: string; connectUrl: string };

describe('a problem', () => {
  it('has the members of RFC 9457, and Portage’s own', async () => {
    expect(await problemOf(await server.ask('/v1/consents/con_1'))).toEqual({
      type: '/problems/NOT_FOUND',
      title: 'There is nothing at this address',
      status: 404,
      detail: 'consent',
      code: 'NOT_FOUND',
      remedy: 'Check the address and the id.',
      audience: 'host developer',
    });
  });

  it('has a page at its type', async () => {
    const page = await fetch(`${server.url}/problems/CONSENT_ENDED`);
    expect(await page.text()).toContain(errorTable.CONSENT_ENDED.remedy);
    expect((await fetch(`${server.url}/problems/toString`, { headers: { accept: 'text/html' } })).status).toBe(404);
  });

  it('names all faults of a body at once, with the wrong values', async () => {
    const { code, errors, detail } = await refusal({
      ...{ userId: '', resources: 5, returnUrl: 'javascript:alert(1)', since: 'today', renewsConsentId: 'con_1' },
      records: { kinds: ['activity', 'nothing'], fields: { nothing: [] } },
      'a/b': 1,
    });
    expect(code).toBe('REQUEST_INVALID');
    expect(errors?.map(({ pointer, value }) => [pointer, value])).toEqual(
      expect.arrayContaining([
        ['#/userId', '""'],
        ['#/resources', '5'],
        ['#/returnUrl', '"javascript:alert(1)"'],
        ['#/since', '"today"'],
        ['#/records/kinds/1', '"nothing"'],
        ['#/records/fields/nothing', undefined],
        ['#/a~1b', undefined],
        // Faults that no single field has.
        ['#/records', undefined],
      ]),
    );
    expect(detail).toContain('userId: "": ');
    expect(detail).toContain('records.kinds.1: "nothing": name a kind');
  });

  it.each(['', 'app.example.com', 'https://', 'https://[', 'https://a b/'])(
    'names a return address that is none: "%s"',
    async (returnUrl) => {
      const { status, errors } = await refusal({ ...session, returnUrl });
      expect([status, errors?.map(({ pointer, value }) => [pointer, value])]).toEqual([
        400,
        [['#/returnUrl', JSON.stringify(returnUrl)]],
      ]);
    },
  );

  it('names the field with the character NUL, at any depth', async () => {
    const { errors } = await refusal(`{"userId":"1","records":{"fields":{"activity":["a\\u0000"]}}}`);
    expect(errors).toMatchObject([{ pointer: '#/records/fields/activity/0' }]);
    const inQuery = await problemOf(await server.ask('/v1/consents/con_1?before=exp%00&x=1'));
    expect([inQuery.status, inQuery.errors]).toMatchObject([400, [{ parameter: 'before' }]]);
    const deep = await server.post('/v1/connect-sessions', `${'['.repeat(30_000)}"\\u0000"${']'.repeat(30_000)}`);
    expect([deep.status, (await problemOf(deep)).code]).toEqual([400, 'REQUEST_INVALID']);
  });

  it('names the unreadable part', async () => {
    const deep = await refusal('['.repeat(60_000));
    expect([deep.status, deep.errors]).toMatchObject([400, [{ pointer: '#' }]]);
    const packed = await refusal('{}', { 'content-encoding': 'gzip' });
    expect([packed.status, packed.errors?.map(({ pointer }) => pointer)]).toEqual([400, ['#']]);
    const address = await problemOf(await server.ask('/v1/consents/%ff'));
    expect([address.status, address.errors]).toMatchObject([400, [{ parameter: 'path' }]]);
  });

  it('names the missing field', async () => {
    expect((await refusal({})).errors).toEqual([
      { pointer: '#/userId', detail: 'is missing' },
      { pointer: '#/resources', detail: 'is missing' },
    ]);
    const none = await server.ask('/v1/connect-sessions', { method: 'POST' });
    expect((await problemOf(none)).errors).toContainEqual({ pointer: '#', detail: 'is missing' });
  });

  it('names the resources that there are not', async () => {
    const { code, errors } = await refusal({ ...session, resources: ['myactivity.search', 'maps.timeline'] });
    expect([code, errors]).toEqual([
      'RESOURCE_UNKNOWN',
      [{ pointer: '#/resources/1', detail: 'is not a resource', value: '"maps.timeline"' }],
    ]);
  });

  it('cuts long values, and repeats no secret', async () => {
    const { id } = await create();
    const code = 'secret'.repeat(50);
    const answer = await server.post(`/v1/connect-sessions/${id}/confirm`, { code, userId: 'u'.repeat(300) });
    const problem = await problemOf(answer);
    expect(problem.errors?.map(({ pointer, value }) => [pointer, value?.length])).toEqual([
      ['#/code', undefined],
      ['#/userId', 60],
    ]);
    expect(JSON.stringify(problem)).not.toContain('secretsecret');
  });

  it('names parameters with their values', async () => {
    const answer = await server.ask(
      '/v1/consents/con_1/records?limit=0&state=old&limti=5&from=2026-02-01&to=2026-01-01',
    );
    const { errors } = await problemOf(answer);
    expect(errors).toEqual(
      expect.arrayContaining([
        { parameter: 'limit', detail: 'give a whole number from 1 to 1000000', value: '"0"' },
        { parameter: 'state.0', detail: 'give one of new, known, changed, gone, replaced', value: '"old"' },
        { parameter: 'limti', detail: expect.stringContaining('use resource, kind') as string },
      ]),
    );
    const range = await server.ask('/v1/consents/con_1/records?from=2026-02-01&to=2026-01-01');
    expect((await problemOf(range)).errors).toMatchObject([{ parameter: 'from', value: '"2026-02-01"' }]);
    const unknown = await server.ask('/v1/exports/exp_1?full=1');
    expect((await problemOf(unknown)).errors).toEqual([
      { parameter: 'full', detail: 'there is no parameter "full" here: leave it out' },
    ]);
  });

  it.each([
    ['{"userId": x}', 'line 1, column 12'],
    ['{\n  "userId": "42",\n}', 'line 3, column 1'],
    ['{"userId": "42"', 'line 1, column 16'],
    [`{"secret": "${'x'.repeat(100)}`, 'line 1, column 12'],
  ])('reports where %j stops being JSON, and does not repeat it', async (body, place) => {
    const problem = await refusal(body);
    expect(problem.errors).toEqual([{ pointer: '#', detail: expect.stringContaining(place) as string }]);
    expect(JSON.stringify(problem)).not.toContain('xxxx');
  });
});

describe('a request that a route does not take', () => {
  it('of another method is answered 405 with the methods that it takes', async () => {
    for (const [method, path, allow] of [
      ['DELETE', '/v1/connect-sessions', 'GET, HEAD, POST'],
      ['PUT', '/v1/exports/exp_1', 'GET, HEAD'],
      ['GET', '/v1/exports/exp_1/delivery', 'POST'],
      ['POST', '/v1/openapi.json', 'GET, HEAD'],
    ] as const) {
      const answer = await server.ask(path, { method });
      expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 405, allow]);
      expect((await problemOf(answer)).code).toBe('METHOD_NOT_ALLOWED');
    }
  });

  it('with another body than JSON is answered 415', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const latin = { 'content-type': 'application/json; charset=latin1' };
    for (const headers of [form, latin]) {
      expect(await refusal('userId=42', headers)).toMatchObject({ status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' });
    }
  });

  it('with too long a body is answered 413', async () => {
    const problem = await refusal({ ...session, more: 'x'.repeat(70_000) });
    expect(problem).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE', detail: 'it may have 65536 bytes' });
  });

  it('that does not accept JSON is answered 406', async () => {
    const answer = await server.ask('/v1/connect-sessions/ses_1', { headers: { accept: 'text/csv' } });
    expect(await problemOf(answer)).toMatchObject({ status: 406, code: 'NOT_ACCEPTABLE' });
  });

  it('without a key is asked for one', async () => {
    const answer = await fetch(`${server.url}/v1/health`);
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });
});

it('an answer that the caller has is not sent again, until it changes', async () => {
  const { id } = await create();
  const ask = (etag?: string) =>
    server.ask(`/v1/connect-sessions/${id}`, etag === undefined ? {} : { headers: { 'if-none-match': etag } });
  const first = await ask();
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^W\/".+"$/);
  const again = await ask(etag);
  expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
  expect(again.headers.get('ratelimit')).toContain('r=');
  await server.portage.connectSessions.endWithout(
    (await server.portage.connectSessions.find(id)) as never,
    'failed',
    'GOOGLE_REFUSED',
    new Date(),
  );
  const changed = await ask(etag);
  expect([changed.status, await changed.json()]).toMatchObject([200, { state: 'failed' }]);
});

it('an unreachable database is no failure of the server: 503, to be tried again', () => {
  const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  const { status, code } = toPortageError(new DrizzleQueryError('select 1', [], cause));
  expect([status, code]).toEqual([503, 'DATABASE_UNAVAILABLE']);
});

describe('the document', () => {
  it('needs no key', async () => {
    const answer = await fetch(`${server.url}/v1/openapi.json`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ openapi: '3.1.1', info: { title: 'Portage' } });
  });

  it('is read on a page whose files all come from this server, under its Content-Security-Policy', async () => {
    const browser = await startChromium();
    if ('missing' in browser) {
      process.stderr.write(`${browser.missing}\n`);
      return;
    }
    try {
      const page = await browser.newPage();
      page.setDefaultTimeout(300_000);
      const [complaints, origins] = [[] as string[], new Set<string>()];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', ({ message }) => complaints.push(message));
      page.on('request', (request) => {
        if (!request.url().startsWith('data:')) origins.add(new URL(request.url()).origin);
      });
      await page.goto(`${server.url}/v1/docs`);
      await page.getByText('/v1/connect-sessions', { exact: true }).first().click();
      await page.getByText('The session was made').first().waitFor();
      expect([complaints, [...origins]]).toEqual([[], [server.url]]);
    } finally {
      await browser.close();
    }
  });
});
