/** The check that every test's answers of the API go through refuses answers that docs/openapi.json does not have. */
import { PortageError } from '../../src/domain/error-codes';
import { problemOf } from '../../src/problem-details';
import { openApiCheck, type Answer } from './answer-check';

const check = openApiCheck();
const expiresAt = '2026-01-01T10:00:00.000Z';
const created = { id: 'ses_1', connectUrl: 'http://localhost:3000/connect/x', expiresAt };
const faultOf = (answer: Partial<Answer>, body: unknown) =>
  check({
    ...{ method: 'POST', path: '/v1/connect-sessions', status: 201, contentType: 'application/json; charset=utf-8' },
    json: () => Promise.resolve(body),
    ...answer,
  });
const problem = { contentType: 'application/problem+json; charset=utf-8' };

it('an answer that is described passes', async () => {
  expect(await faultOf({}, created)).toBeUndefined();
  expect(await faultOf({ ...problem, status: 404 }, problemOf(new PortageError('NOT_FOUND')))).toBeUndefined();
  expect(await faultOf({ path: '/v1/archiveJobs', status: 418 }, 'of another server')).toBeUndefined();
});

it.each<[string, Partial<Answer>, unknown]>([
  ['a status', { status: 418 }, created],
  ['a media type', { contentType: 'text/html' }, created],
  ['a field', {}, { ...created, link: 'x' }],
  ['the absence of a field', {}, { id: 'ses_1', expiresAt }],
  ['a form of a value', {}, { ...created, expiresAt: 'tomorrow' }],
  ['an error of another shape', { ...problem, status: 404 }, { error: { code: 'NOT_FOUND' } }],
  ['a problem of another shape at an address without operation', { ...problem, path: '/v1/nothing', status: 404 }, {}],
  ['a body', { path: '/v1/exports/exp_1/delivery', status: 204 }, {}],
])('%s that is not described does not pass', async (_what, answer, body) => {
  expect(await faultOf(answer, body)).toEqual(expect.any(String));
});

it('is behind the `fetch` of every test', () => {
  expect(fetch.toString()).toContain('docs/openapi.json');
});
