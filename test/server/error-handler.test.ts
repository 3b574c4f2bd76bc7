// The answer to a failed request: a code with its remedy, the time of the next try, and no internals.
import express from 'express';

import { PortageError } from '../../src/domain/error-codes';
import { bindListener, type Listener } from '../../src/listener';
import { createLogger } from '../../src/log';
import { errorHandler } from '../../src/server/error-handler';

const inside = 'connect ECONNREFUSED 10.0.0.7:5432 as portage';
const logLines: string[] = [];
let listener: Listener;

beforeAll(async () => {
  const app = express();
  app.get('/unforeseen', () => {
    throw new Error(inside);
  });
  app.get('/fault', () => {
    throw Object.assign(new TypeError(`Invalid URL ${inside}`), { code: 'ERR_INVALID_URL' });
  });
  app.get('/tls', () => {
    throw Object.assign(new Error(inside), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  });
  app.get('/away', () => {
    throw new PortageError('STORAGE_UNAVAILABLE', { detail: inside });
  });
  app.use(errorHandler(createLogger('info', { write: (line: string) => void logLines.push(line) })));
  listener = await bindListener({ host: '127.0.0.1', port: 0 });
  listener.serve(app);
});
afterAll(() => listener.close());

it.each([
  ['unforeseen', 500, 'UNEXPECTED', null],
  // A fault of the program is no outage of the database.
  ['fault', 500, 'UNEXPECTED', null],
  ['tls', 503, 'DATABASE_UNAVAILABLE', '5'],
  ['away', 503, 'STORAGE_UNAVAILABLE', '5'],
])('a failure that is %s is answered with its code alone, and logged whole', async (path, status, code, retryAfter) => {
  logLines.length = 0;
  const answer = await fetch(`${listener.url}/${path}`, { headers: { accept: 'application/json' } });
  const body = await answer.text();
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, retryAfter]);
  expect(JSON.parse(body)).toMatchObject({ code, status, remedy: expect.any(String) as string });
  expect(body).not.toMatch(/ECONNREFUSED|10\.0\.0\.7|error-handler/);
  expect(logLines.join('')).toContain('ECONNREFUSED 10.0.0.7:5432');
});
