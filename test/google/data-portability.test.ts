// The methods of the Data Portability API, played by the emulator (docs/google-api.md §2, §5, §6).
import { PortageError } from '../../src/domain/error-codes';
import { createDataPortability } from '../../src/google/data-portability';
import { toPortageError } from '../../src/google/translate-error';
import discovery from '../emulator/discovery-facts.json';
import { hour, minute, passing, startedAt, startGoogle, type Google } from './google';

const day = 24 * hour;

let google: Google;
beforeEach(async () => {
  google = await startGoogle();
});
afterEach(() => google.stop());

const tokenOf = async (resources: readonly string[], access: 'once' | '30d' = 'once') =>
  (await google.consent(resources, { access })).tokens;

/** The code that a failed call is translated to. */
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => toPortageError(error, 'the call').code,
  );

const history = { resources: ['chrome.history'] };

async function startedJob(token: string, request: Parameters<Google['api']['initiate']>[1] = history): Promise<string> {
  const outcome = await google.api.initiate(token, request);
  if (outcome.kind !== 'started') throw new Error(`the job was not started but ${outcome.kind}`);
  return outcome.archiveJobId;
}

describe('the check of the access type', () => {
  it('distinguishes one-time from time-based resources, and reads a missing list as an empty one', async () => {
    const resources = ['chrome.history', 'myactivity.search'];
    const once = await tokenOf(resources);
    expect(await google.api.checkAccessType(once.accessToken)).toEqual({ oneTime: resources, timeBased: [] });
    const mixed = await google.consent(resources, {
      account: 'daiki@example.com',
      access: '30d',
      once: ['chrome.history'],
    });
    expect(await google.api.checkAccessType(mixed.tokens.accessToken)).toEqual({
      oneTime: ['chrome.history'],
      timeBased: ['myactivity.search'],
    });
  });
});

describe('the start of an archive job', () => {
  it('brings its bare id and the access type', async () => {
    const once = await tokenOf(['chrome.history', 'myactivity.search']);
    expect(await google.api.initiate(once.accessToken, history)).toEqual({
      kind: 'started',
      archiveJobId: expect.stringMatching(/^[^/]+$/) as unknown,
      accessType: 'one_time',
    });
  });

  it('sends resources and window as Google wants them', async () => {
    const { accessToken } = await tokenOf(['chrome.history'], '30d');
    const window = { startTime: new Date('2026-02-01T00:00:00Z'), endTime: new Date('2026-03-01T00:00:00Z') };
    expect(await google.api.initiate(accessToken, { ...history, ...window })).toMatchObject({
      kind: 'started',
      accessType: 'time_based',
    });
    expect(google.emulator.control.requests()).toMatchObject([
      {
        method: 'initiate',
        verb: 'POST',
        path: '/v1/portabilityArchive:initiate',
        authorized: true,
        details: {
          resources: ['chrome.history'],
          startTime: '2026-02-01T00:00:00.000Z',
          endTime: '2026-03-01T00:00:00.000Z',
        },
      },
    ]);
  });

  it('names the job that runs already for the same request (§5 row A)', async () => {
    for (const access of ['once', '30d'] as const) {
      const { accessToken } = (
        await google.consent(['chrome.history'], {
          access,
          account: access === 'once' ? 'ada@example.com' : 'daiki@example.com',
        })
      ).tokens;
      const archiveJobId = await startedJob(accessToken);
      expect(await google.api.initiate(accessToken, history)).toEqual({ kind: 'running', archiveJobId });
    }
  });

  it('D18: names the job whose answer was lost', async () => {
    const { accessToken } = await tokenOf(['chrome.history']);
    google.emulator.control.addFault({ method: 'initiate', when: 'after', cut: true });
    expect(await codeOf(google.api.initiate(accessToken, history))).toBe('GOOGLE_UNAVAILABLE');
    const outcome = await google.api.initiate(accessToken, history);
    expect(outcome).toEqual({ kind: 'running', archiveJobId: google.emulator.control.state.jobs[0]?.jobId });
  });

  it('names the earlier jobs of a spent one-time resource, newest last (§5 row C)', async () => {
    const { accessToken } = await tokenOf(['chrome.history']);
    const archiveJobId = await startedJob(accessToken);
    google.emulator.control.clock.advance(30 * minute);
    expect(await google.api.initiate(accessToken, history)).toEqual({
      kind: 'exhausted',
      previousJobIds: [archiveJobId],
    });
  });

  it('D16: names the time when a time-based resource may be exported again (§5 row B)', async () => {
    const { accessToken } = await tokenOf(['chrome.history'], '30d');
    const archiveJobId = await startedJob(accessToken);
    google.emulator.control.clock.advance(30 * minute);
    expect(await google.api.initiate(accessToken, history)).toEqual({
      kind: 'locked',
      until: new Date(startedAt.getTime() + day),
      previousJobIds: [archiveJobId],
    });
  });

  it('D20: does so in the words of the time-based guide as well (§5 row D, Q2)', async () => {
    google.emulator.control.setSwitches({ Q2: 'B' });
    const { accessToken } = await tokenOf(['chrome.history'], '30d');
    await startedJob(accessToken);
    google.emulator.control.clock.advance(30 * minute);
    expect(await google.api.initiate(accessToken, history)).toEqual({
      kind: 'locked',
      until: new Date(startedAt.getTime() + day),
      previousJobIds: [],
    });
    google.emulator.control.addFault({
      method: 'initiate',
      status: 400,
      body: { error: { code: 400, status: 'FAILED_PRECONDITION', message: 'Not now.' } },
    });
    expect(await google.api.initiate(accessToken, history)).toEqual({
      kind: 'locked',
      until: undefined,
      previousJobIds: [],
    });
  });

  it('does so under an unknown reason (Q17)', async () => {
    google.emulator.control.setSwitches({ Q17: 'A' });
    const { accessToken } = await tokenOf(['chrome.history'], '30d');
    const archiveJobId = await startedJob(accessToken);
    google.emulator.control.clock.advance(30 * minute);
    expect(await google.api.initiate(accessToken, history)).toEqual({
      kind: 'locked',
      until: new Date(startedAt.getTime() + day),
      previousJobIds: [archiveJobId],
    });
  });

  it('D20: is decided on the reason, for any HTTP status', async () => {
    const { accessToken } = await tokenOf(['chrome.history'], '30d');
    const until = '2026-03-02T06:15:00.000Z';
    const metadata = { timestamp_after_24hrs: until, previous_job_ids: 'older,newer' };
    for (const code of [400, 403, 429]) {
      const details = [
        { '@type': 'x', detail: '...' },
        { reason: 'RESOURCE_EXHAUSTED_TIME_BASED', metadata },
      ];
      const body = { error: { code, status: 'RESOURCE_EXHAUSTED', message: '', details } };
      google.emulator.control.addFault({ method: 'initiate', status: code, body });
      expect(await google.api.initiate(accessToken, history)).toEqual({
        kind: 'locked',
        until: new Date(until),
        previousJobIds: ['older', 'newer'],
      });
    }
  });

  it.each([
    ['a resource that was not granted', { resources: ['myactivity.search'] }, 'SCOPE_MISSING'],
    ['a resource that Google does not have', { resources: ['maps.timeline'] }, 'GOOGLE_REFUSED'],
  ])('fails for %s', async (_what, request, code) => {
    const { accessToken } = await tokenOf(['chrome.history', 'chrome.bookmarks']);
    expect(await codeOf(google.api.initiate(accessToken, request))).toBe(code);
  });

  it.each([
    ['a made-up constant', ['YOUTUBE_VIDEOS']],
    ['a whole scope', ['https://www.googleapis.com/auth/dataportability.chrome.history']],
    ['a name that is none, among others', ['chrome.history', 'timeline']],
  ])('D25: never leaves for %s', async (_what, wanted) => {
    const { accessToken } = await tokenOf(['chrome.history']);
    await expect(google.api.initiate(accessToken, { resources: wanted })).rejects.toMatchObject({
      code: 'RESOURCE_UNKNOWN',
      retryable: false,
    });
    expect(google.calls()).toEqual([]);
  });

  it.each([
    ['on a resource without one', ['chrome.bookmarks'], { endTime: startedAt }],
    ['on one of which nothing is known', ['nest.user'], { startTime: startedAt }],
    ['on one that the operator added', ['new.resource'], { startTime: startedAt }],
    ['on several of which one has none', ['chrome.history', 'chrome.bookmarks'], { endTime: startedAt }],
  ])('D29: never leaves with a time filter %s', async (_where, wanted, window) => {
    const { accessToken } = await tokenOf(['chrome.history', 'chrome.bookmarks']);
    await expect(google.api.initiate(accessToken, { resources: wanted, ...window })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      retryable: false,
    });
    expect(google.calls()).toEqual([]);
  });

  it('never leaves without a resource', async () => {
    const { accessToken } = await tokenOf(['chrome.history']);
    await expect(google.api.initiate(accessToken, { resources: [] })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
    expect(google.calls()).toEqual([]);
  });

  it('D16: does not take a refusal of the platform for a lock, for any status', async () => {
    const { accessToken } = await tokenOf(['chrome.history'], '30d');
    const refusals = [
      ['FAILED_PRECONDITION', 'BILLING_DISABLED', 'dataportability.googleapis.com', 'GOOGLE_NOT_SET_UP'],
      ['FAILED_PRECONDITION', 'CONSUMER_INVALID', 'googleapis.com', 'GOOGLE_NOT_SET_UP'],
      ['FAILED_PRECONDITION', 'LOCATION_POLICY_VIOLATED', 'googleapis.com', 'GOOGLE_REFUSED'],
      ['RESOURCE_EXHAUSTED', 'RATE_LIMIT_EXCEEDED', 'googleapis.com', 'GOOGLE_RATE_LIMITED'],
    ] as const;
    for (const [status, reason, domain, code] of refusals) {
      const details = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain, metadata: {} }];
      const body = { error: { code: 400, status, message: '', details } };
      google.emulator.control.addFault({ method: 'initiate', status: 400, body });
      expect(await codeOf(google.api.initiate(accessToken, history))).toBe(code);
    }
  });

  it('D22: waits as long as it takes by Google’s clock, though ours is two hours off', async () => {
    const { accessToken } = await tokenOf(['chrome.history'], '30d');
    const until = new Date(startedAt.getTime() + hour);
    const locks: [object, Record<string, string>][] = [
      [{ metadata: { timestamp_after_24hrs: until.toISOString() } }, {}],
      [{ metadata: { last_start: '2026-02-28T10:30:00Z', next: until.toISOString() } }, {}],
      [{}, { 'retry-after': '3600' }],
    ];
    for (const hours of [-2, 2]) {
      const now = () => new Date(startedAt.getTime() + hours * hour);
      const api = createDataPortability({ ...google.options, now });
      for (const [detail, headers] of locks) {
        const details = [{ reason: 'RESOURCE_EXHAUSTED_TIME_BASED', ...detail }];
        const body = { error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: '', details } };
        google.emulator.control.addFault({ method: 'initiate', status: 429, body, headers });
        const outcome = await api.initiate(accessToken, history);
        if (outcome.kind !== 'locked') throw new Error(`the start was answered with ${outcome.kind}`);
        // The Date header has whole seconds.
        const waitMs = (outcome.until?.getTime() ?? 0) - now().getTime();
        expect(Math.abs(waitMs - hour)).toBeLessThan(1_000);
      }
    }
  });

  it('does not take a plain rate limit for a lock (§5 row K, Q10)', async () => {
    google.emulator.control.setSwitches({ Q10: 'B' });
    const resources = ['chrome.history', 'chrome.bookmarks', 'chrome.dictionary', 'chrome.settings'];
    const { accessToken } = await tokenOf(resources);
    for (const resource of resources.slice(0, 3)) await startedJob(accessToken, { resources: [resource] });
    const error: unknown = await google.api
      .initiate(accessToken, { resources: ['chrome.settings'] })
      .catch((e: unknown) => e);
    expect(toPortageError(error, 'initiate')).toMatchObject({ code: 'GOOGLE_RATE_LIMITED', retryAfterMs: 30_000 });
  });

  it.each([{}, { archiveJobId: '' }])('is not believed when the answer is %p', async (body) => {
    const { accessToken } = await tokenOf(['chrome.history']);
    google.emulator.control.addFault({ method: 'initiate', status: 200, body });
    await expect(google.api.initiate(accessToken, history)).rejects.toThrow(PortageError);
  });

  it('takes the prefix off an id that has one', async () => {
    const { accessToken } = await tokenOf(['chrome.history']);
    const body = { archiveJobId: 'archiveJobs/job-1', accessType: 'ACCESS_TYPE_NEW' };
    google.emulator.control.addFault({ method: 'initiate', status: 200, body });
    expect(await google.api.initiate(accessToken, history)).toEqual({
      kind: 'started',
      archiveJobId: 'job-1',
      accessType: undefined,
    });
  });
});

describe('the state of an archive job', () => {
  it('is in progress, then complete with links and the end of the window', async () => {
    const { accessToken } = await tokenOf(['chrome.history']);
    const id = await startedJob(accessToken);
    expect(await google.api.getArchiveState(accessToken, id)).toMatchObject({ state: 'IN_PROGRESS' });
    google.emulator.control.clock.advance(30 * minute);
    const archive = await google.api.getArchiveState(accessToken, id);
    expect(archive).toMatchObject({ state: 'COMPLETE', exportTime: startedAt });
    if (archive.state !== 'COMPLETE') throw new Error('never here');
    expect(archive.urls.length).toBeGreaterThan(0);
    for (const url of archive.urls) expect(new URL(url).origin).toBe(google.emulator.url);
    expect(google.emulator.control.requests().at(-1)).toMatchObject({
      verb: 'GET',
      path: `/v1/archiveJobs/${id}/portabilityArchiveState`,
    });
  });

  it('may be complete without any link (Q5, D48)', async () => {
    const { accessToken } = await tokenOf(['chrome.history']);
    const id = await startedJob(accessToken);
    google.emulator.control.addFault({ method: 'state', status: 200, body: { state: 'COMPLETE' } });
    expect(await google.api.getArchiveState(accessToken, id)).toEqual({
      state: 'COMPLETE',
      urls: [],
      exportTime: undefined,
    });
  });

  it.each(['FAILED', 'CANCELLED'] as const)('D1, D30: may be %s, without links', async (state) => {
    const { accessToken } = await tokenOf(['chrome.history']);
    google.emulator.control.addFault({ method: 'state', status: 200, body: { state } });
    expect(await google.api.getArchiveState(accessToken, 'job-1')).toEqual({ state });
  });

  it.each([
    [{ state: 'NEW_VALUE' }, 'NEW_VALUE'],
    [{ state: 'STATE_UNSPECIFIED' }, 'STATE_UNSPECIFIED'],
    [{}, 'STATE_UNSPECIFIED'],
    [{ state: 'COMPLETED', urls: ['x'] }, 'COMPLETED'],
    [{ state: 'X'.repeat(500) }, 'X'.repeat(64)],
  ])('is unknown, and never complete, when it is %j (D13, D30, Q17)', async (body, name) => {
    const { accessToken } = await tokenOf(['chrome.history']);
    google.emulator.control.addFault({ method: 'state', status: 200, body });
    expect(await google.api.getArchiveState(accessToken, 'job-1')).toEqual({ state: 'unknown', name });
  });

  it.each(['2026-03-01T09:30:00Z', '2026-03-01T09:30:00.000000Z', '2026-03-01T09:30:00.000000000Z'])(
    'may name its time as %s',
    async (exportTime) => {
      const { accessToken } = await tokenOf(['chrome.history']);
      google.emulator.control.addFault({ method: 'state', status: 200, body: { state: 'COMPLETE', exportTime } });
      expect(await google.api.getArchiveState(accessToken, 'job-1')).toMatchObject({ exportTime: startedAt });
    },
  );

  it('names the window that was asked for, from the start on, so that a job taken over keeps its own', async () => {
    const { accessToken } = await tokenOf(['chrome.history'], '30d');
    const [startTime, endTime] = [new Date('2026-02-01T00:00:00Z'), new Date('2026-02-20T00:00:00Z')];
    const id = await startedJob(accessToken, { ...history, startTime, endTime });
    const window = { startTime, exportTime: endTime };
    expect(await google.api.getArchiveState(accessToken, id)).toEqual({ state: 'IN_PROGRESS', ...window });
    google.emulator.control.clock.advance(30 * minute);
    expect(await google.api.getArchiveState(accessToken, id)).toMatchObject({ state: 'COMPLETE', ...window });
    const body = { state: 'COMPLETE', startTime: 'long ago', exportTime: '' };
    google.emulator.control.addFault({ method: 'state', status: 200, body });
    const odd = await google.api.getArchiveState(accessToken, id);
    expect(odd).toEqual({ state: 'COMPLETE', urls: [], startTime: undefined, exportTime: undefined });
  });

  it('of a job that Google does not know is that of an expired one (§5 row J)', async () => {
    const { accessToken } = await tokenOf(['chrome.history']);
    expect(await codeOf(google.api.getArchiveState(accessToken, 'job-of-nobody'))).toBe('ARCHIVE_EXPIRED');
  });
});

describe('the retry of a failed job', () => {
  it('D1, D24: brings the id of a new job, asked for by the bare id', async () => {
    google.emulator.control.setJobs({ failNext: 1 });
    const { accessToken } = await tokenOf(['chrome.history']);
    const failed = await startedJob(accessToken);
    google.emulator.control.clock.advance(25 * minute);
    expect(await google.api.getArchiveState(accessToken, failed)).toMatchObject({ state: 'FAILED' });
    const outcome = await google.api.retry(accessToken, failed);
    const fresh = outcome.kind === 'started' ? outcome.archiveJobId : '';
    expect(['', failed]).not.toContain(fresh);
    expect(google.emulator.control.requests().at(-1)).toMatchObject({
      verb: 'POST',
      path: `/v1/archiveJobs/${failed}:retry`,
    });
    google.emulator.control.clock.advance(25 * minute);
    expect(await google.api.getArchiveState(accessToken, fresh)).toMatchObject({ state: 'COMPLETE' });
  });

  it.each([
    ['names the job that an answer that was lost had brought', 'A'],
    ['is refused without a name where an answer was lost', 'B'],
  ] as const)('D1, D57: %s, instead of failing', async (_name, repeatedRetry) => {
    google.emulator.control.setSwitches({ repeatedRetry });
    google.emulator.control.setJobs({ failNext: 1 });
    const { accessToken } = await tokenOf(['chrome.history']);
    const failed = await startedJob(accessToken);
    google.emulator.control.clock.advance(25 * minute);
    google.emulator.control.addFault({ method: 'retry', when: 'after', cut: true });
    await expect(google.api.retry(accessToken, failed)).rejects.toThrow();
    const fresh = google.emulator.control.state.jobs.at(-1)?.jobId;
    expect(fresh).not.toBe(failed);
    const refusal =
      repeatedRetry === 'A'
        ? { kind: 'running', archiveJobId: fresh }
        : { kind: 'locked', until: undefined, previousJobIds: [] };
    expect(await google.api.retry(accessToken, failed)).toEqual({ kind: 'refused', refusal });
  });

  it('is not believed when the answer holds no id', async () => {
    const { accessToken } = await tokenOf(['chrome.history']);
    google.emulator.control.addFault({ method: 'retry', status: 200, body: {} });
    await expect(google.api.retry(accessToken, 'job-1')).rejects.toThrow(PortageError);
  });
});

describe('the cancellation of a job', () => {
  it('ends a job that is in progress, asked for by the bare id', async () => {
    const { accessToken } = await tokenOf(['chrome.history'], '30d');
    const id = await startedJob(accessToken);
    await google.api.cancel(accessToken, id);
    expect(google.emulator.control.requests().at(-1)).toMatchObject({
      verb: 'POST',
      path: `/v1/archiveJobs/${id}:cancel`,
    });
    expect(await google.api.getArchiveState(accessToken, id)).toMatchObject({ state: 'CANCELLED' });
  });

  it('is refused for one that has ended, as its state shows', async () => {
    const { accessToken } = await tokenOf(['chrome.history'], '30d');
    const id = await startedJob(accessToken);
    google.emulator.control.clock.advance(30 * minute);
    expect(await codeOf(google.api.cancel(accessToken, id))).toBe('GOOGLE_REFUSED');
    expect(await google.api.getArchiveState(accessToken, id)).toMatchObject({ state: 'COMPLETE' });
  });
});

describe('the reset', () => {
  it('ends the grant: the token is of no use afterwards (§5 row I)', async () => {
    const { accessToken } = await tokenOf(['chrome.history']);
    await google.api.resetAuthorization(accessToken);
    expect(google.emulator.control.requests()).toMatchObject([{ method: 'reset', path: '/v1/authorization:reset' }]);
    expect(await codeOf(google.api.initiate(accessToken, history))).toBe('GRANT_ENDED');
  });
});

describe('every call', () => {
  const calls: [string, (token: string) => Promise<unknown>][] = [
    ['check', (token) => google.api.checkAccessType(token)],
    ['initiate', (token) => google.api.initiate(token, history)],
    ['state', (token) => google.api.getArchiveState(token, 'job-1')],
    ['retry', (token) => google.api.retry(token, 'job-1')],
    ['cancel', (token) => google.api.cancel(token, 'job-1')],
    ['reset', (token) => google.api.resetAuthorization(token)],
  ];

  it.each(calls)('D28: %s is one request, however it fails', async (method, call) => {
    const { accessToken } = await tokenOf(['chrome.history']);
    for (const status of [...passing, 401, 403, 408]) {
      google.emulator.control.addFault({ method: method as 'check', times: 9, status, body: '<html></html>' });
      await expect(call(accessToken)).rejects.toThrow();
      expect(google.calls()).toEqual([method]);
      google.emulator.control.clearFaults();
    }
    google.emulator.control.addFault({ method: method as 'check', times: 9, cut: true });
    expect(await codeOf(call(accessToken))).toBe('GOOGLE_UNAVAILABLE');
    expect(google.calls()).toEqual([method]);
  });

  it.each(calls)('D40: %s has its token in the header and nothing in the query', async (_method, call) => {
    const { accessToken } = await tokenOf(['chrome.history']);
    await call(accessToken).catch(() => undefined);
    expect(google.emulator.control.requests()).toMatchObject([{ authorized: true, query: [] }]);
  });

  it.each(calls)('%s with a refused token gets a 401', async (_method, call) => {
    expect(await codeOf(call('ya29.invented'))).toBe('GRANT_ENDED');
  });

  it('D24: all of them have the paths of Google’s discovery document', async () => {
    const { accessToken } = await tokenOf(['chrome.history']);
    for (const [, call] of calls) await call(accessToken).catch(() => undefined);
    const sent = google.emulator.control.requests().map(({ verb, path }) => ({ verb, path }));
    const documented = Object.values<{ httpMethod: string; path: string; namePattern?: string }>(discovery.methods);
    expect(sent).toHaveLength(documented.length);
    for (const { httpMethod, path, namePattern = '' } of documented) {
      const [before, after = ''] = `/${path}`.split('{+name}');
      const name = namePattern.replace(/^\^|\$$/g, '');
      // `:` and `/` of the document's paths mean themselves in a regular expression too.
      const pattern = new RegExp(`^${before}${name}${after}$`);
      expect(sent.filter((request) => request.verb === httpMethod && pattern.test(request.path))).toHaveLength(1);
    }
  });
});
