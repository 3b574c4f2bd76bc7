// A Google that does not answer, or stops in the middle of its answer: no call may hang with it.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createDataPortability } from '../../src/google/data-portability';
import { googleEndpoints } from '../../src/google/endpoints';
import { createOAuth, type OAuthOptions } from '../../src/google/oauth';
import { toPortageError } from '../../src/google/translate-error';

/** Long enough for a request to arrive on a busy machine. */
const callTimeoutMs = 5_000;

/** The first call loads Google's client, which is not to count as the call's own time. */
beforeAll(async () => {
  const unreachable = { endpoints: googleEndpoints('http://127.0.0.1:9'), callTimeoutMs: 60_000 };
  await expect(clients(unreachable).oauth.refresh('1//token')).rejects.toThrow();
  await expect(clients(unreachable).api.getArchiveState('ya29.token', 'job-1')).rejects.toThrow();
});

type Call = (google: ReturnType<typeof clients>) => Promise<unknown>;

const silent = () => undefined;
const stalling = (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"access_token":');
};

describe.each([
  ['does not answer', silent],
  ['stops in the middle of its answer', stalling],
])('when Google %s', (_how, behaviour) => {
  const calls: [string, Call][] = [
    ['the exchange of a code', ({ oauth }) => oauth.exchangeCode('4/code', 'verifier')],
    ['a refresh', ({ oauth }) => oauth.refresh('1//token')],
    ['a revocation', ({ oauth }) => oauth.revoke('1//token')],
    ['a start', ({ api }) => api.initiate('ya29.token', { resources: ['chrome.history'] })],
    ['a question after a job', ({ api }) => api.getArchiveState('ya29.token', 'job-1')],
  ];

  const ends = new Map<string, ReturnType<typeof endOf>>();
  // All calls wait at the same time, so that their limit may be long.
  beforeAll(() => {
    for (const [what, call] of calls) ends.set(what, endOf(call, behaviour));
  });

  it.each(calls)('%s ends as unanswered, after one request', async (what) => {
    const { error, requests } = (await ends.get(what)) ?? {};
    expect(toPortageError(error, 'the call')).toMatchObject({ code: 'GOOGLE_UNAVAILABLE', retryable: true });
    expect(requests).toBe(1);
  });
});

/** Makes a call to a server of its own. @returns its error, and the number of requests that arrived */
async function endOf(call: Call, answer: (response: ServerResponse) => void) {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    request.resume();
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoints = googleEndpoints(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const error: unknown = await call(clients({ endpoints, callTimeoutMs })).catch((e: unknown) => e);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return { error, requests };
}

function clients(limits: Pick<OAuthOptions, 'endpoints'> & { callTimeoutMs: number }) {
  const options = {
    clientId: '482910576301-tests',
    clientSecret: 'GOCSPX-tests-only',
    redirectUri: 'http://127.0.0.1:9/oauth/callback',
    ...limits,
    now: () => new Date(),
  };
  return { oauth: createOAuth(options), api: createDataPortability(options) };
}
