// Reading Google's refusals (docs/google-api.md §4) and naming them (docs/google-api.md §5).
import { errorTable, PortageError, type ErrorCode } from '../../src/domain/error-codes';
import { bareJobId, lockedUntil, previousJobIds } from '../../src/google/lock-details';
import { readFailure } from '../../src/google/parse-error-answer';
import { isUnauthenticated, toPortageError } from '../../src/google/translate-error';

const now = new Date('2026-03-01T09:30:00Z');
const until = new Date('2026-03-02T06:15:00Z');

/** Errors as Google's client throws them. */
const thrown = (status: number, data: unknown, headers: Record<string, string> = {}) =>
  Object.assign(new Error('Request failed'), {
    response: { status, data, headers: new Headers(headers) },
    config: { headers: { authorization: 'Bearer ya29.secret-of-somebody' } },
  });

const debugInfo = { '@type': 'type.googleapis.com/google.rpc.DebugInfo', detail: '[ORIGINAL ERROR] generic::x' };
const errorInfo = (reason: string, metadata: Record<string, unknown> = {}) => ({
  '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
  reason,
  domain: 'dataportability.googleapis.com',
  metadata,
});

const rpc = (code: number, status: string, details?: unknown[], message = 'A sentence of Google.') =>
  thrown(code, { error: { code, status, message, ...(details === undefined ? {} : { details }) } });

const page = '<!DOCTYPE html><html><title>Error 502 (Server Error)!!1</title></html>';

describe('a refusal of Google', () => {
  it('is read with its reason and metadata', () => {
    const details = [errorInfo('ALREADY_EXISTS_ONE_TIME', { job_id: 'job-1' })];
    expect(readFailure(rpc(409, 'ALREADY_EXISTS', details, 'Running.'))).toEqual({
      httpStatus: 409,
      status: 'ALREADY_EXISTS',
      reason: 'ALREADY_EXISTS_ONE_TIME',
      domain: 'dataportability.googleapis.com',
      metadata: { job_id: 'job-1' },
      message: 'Running.',
      retryAfterMs: undefined,
    });
  });

  it.each<[string, unknown[]]>([
    ['behind a DebugInfo', [debugInfo, errorInfo('ALREADY_EXISTS_TIME_BASED', { job_id: 'job-1' })]],
    [
      'behind details of any kind',
      [null, 7, 'text', [], {}, { reason: 7 }, errorInfo('ALREADY_EXISTS_TIME_BASED', { job_id: 'job-1' })],
    ],
    [
      'behind an ErrorInfo with an unknown reason',
      [errorInfo('SOMETHING_NEW', { x: 'y' }), errorInfo('ALREADY_EXISTS_TIME_BASED', { job_id: 'job-1' })],
    ],
    [
      'before another one',
      [errorInfo('ALREADY_EXISTS_TIME_BASED', { job_id: 'job-1' }), errorInfo('RESOURCE_EXHAUSTED_ONE_TIME')],
    ],
  ])('D19: is read by its reason %s', (_where, details) => {
    expect(readFailure(rpc(409, 'ALREADY_EXISTS', details))).toMatchObject({
      reason: 'ALREADY_EXISTS_TIME_BASED',
      metadata: { job_id: 'job-1' },
    });
  });

  it('keeps an unknown reason when there is no other (Q17)', () => {
    expect(readFailure(rpc(429, 'RESOURCE_EXHAUSTED', [debugInfo, errorInfo('SOMETHING_NEW')]))).toMatchObject({
      reason: 'SOMETHING_NEW',
    });
  });

  it.each<[string, unknown[] | undefined]>([
    ['no details', undefined],
    ['empty details', []],
    ['only a DebugInfo', [debugInfo]],
  ])('D19: may have %s', (_what, details) => {
    expect(readFailure(rpc(403, 'PERMISSION_DENIED', details))).toMatchObject({
      status: 'PERMISSION_DENIED',
      reason: undefined,
      metadata: {},
    });
  });

  it('keeps only texts of its metadata', () => {
    const metadata = { job_id: 'job-1', previous_job_ids: ['a', 'b'], count: 7, nothing: null };
    expect(readFailure(rpc(409, 'ALREADY_EXISTS', [errorInfo('X', metadata)])).metadata).toEqual({ job_id: 'job-1' });
    expect(readFailure(rpc(409, 'ALREADY_EXISTS', [{ reason: 'X', metadata: 'none' }])).metadata).toEqual({});
    expect(readFailure(rpc(409, 'ALREADY_EXISTS', [{ reason: 'X', domain: 7 }]))).toMatchObject({ reason: 'X' });
  });

  it.each([
    ['an HTML page', page],
    ['nothing', ''],
    ['no body', undefined],
    ['null', null],
    ['a list', []],
    ['a number', 7],
    ['JSON of another kind', { message: 'no' }],
    ['an error of another kind', { error: { status: 7 } }],
    ['half of a JSON text', '{"error": {"code": 5'],
  ])('D19: may be %s, and only its HTTP status counts', (_what, body) => {
    expect(readFailure(thrown(502, body))).toEqual({
      httpStatus: 502,
      status: undefined,
      reason: undefined,
      metadata: {},
      message: '',
      retryAfterMs: undefined,
    });
  });

  it('is read from a JSON text as well', () => {
    const body = JSON.stringify({ error: { status: 'NOT_FOUND', message: 'no' } });
    expect(readFailure(thrown(404, body))).toMatchObject({ httpStatus: 404, status: 'NOT_FOUND' });
  });

  it('of the token endpoint is read by its OAuth error', () => {
    expect(readFailure(thrown(400, { error: 'invalid_grant', error_description: 'Bad Request' }))).toMatchObject({
      httpStatus: 400,
      status: 'invalid_grant',
    });
  });

  it.each([new Error('connect ECONNREFUSED'), 'text', undefined, null, { response: undefined }, { response: 7 }])(
    'that is none, such as %p, counts as no answer',
    (error) => {
      expect(readFailure(error)).toMatchObject({ httpStatus: undefined, status: undefined, reason: undefined });
    },
  );
});

describe('D22: the time until which a resource is locked', () => {
  const untilOf = (metadata: Record<string, unknown>, message = '', headers: Record<string, string> = {}) => {
    const error = { code: 429, status: 'RESOURCE_EXHAUSTED', message, details: [errorInfo('X', metadata)] };
    return lockedUntil(readFailure(thrown(429, { error }, headers)), now)?.toISOString();
  };
  const [first, second, third] = ['2026-03-02T06:15:00.000Z', '2026-03-02T07:00:00.000Z', '2026-03-02T08:00:00.000Z'];

  it('is Google’s own first, then another time in the metadata, then one in the message, then the header', () => {
    const message = `... You can initiate another export after ${third}`;
    const headers = { 'retry-after': '3600' };
    expect(untilOf({ renamed: second, timestamp_after_24hrs: first }, message, headers)).toBe(first);
    expect(untilOf({ renamed: second }, message, headers)).toBe(second);
    expect(untilOf({ previous_job_ids: 'a,b' }, message, headers)).toBe(third);
    expect(untilOf({}, 'No time here.', headers)).toBe('2026-03-01T10:30:00.000Z');
    expect(untilOf({}, 'No time here.')).toBeUndefined();
  });

  it('is Google’s own even when it has passed by our clock', () => {
    expect(untilOf({ timestamp_after_24hrs: '2026-03-01T07:30:00Z' })).toBe('2026-03-01T07:30:00.000Z');
  });

  it('is no time of the past under another name, such as that of the last start', () => {
    expect(untilOf({ last_start: '2026-02-28T09:30:00Z', next_start: first })).toBe(first);
    expect(untilOf({ last_start: '2026-02-28T09:30:00Z' })).toBeUndefined();
  });

  it.each([
    ['2026-03-02T06:15:00Z'],
    ['2026-03-02T06:15:00.000Z'],
    ['2026-03-02T06:15:00.000000Z'],
    ['2026-03-02T06:15:00.000000000Z'],
    ['2026-03-02T08:15:00+02:00'],
    ['2026-03-02T00:15:00.000-06:00'],
  ])('may be written %s', (text) => {
    expect(untilOf({ timestamp_after_24hrs: text })).toBe(first);
    expect(untilOf({}, `You can initiate another export after ${text}.`)).toBe(first);
  });

  it.each(['tomorrow', '', '1772432100', '2026-13-45T99:00:00Z', '2026-03-02'])('is not "%s"', (text) => {
    expect(untilOf({ timestamp_after_24hrs: text })).toBeUndefined();
  });

  it('is converted to our clock, two hours behind the date of the answer', () => {
    const date = 'Sun, 01 Mar 2026 11:30:00 GMT';
    expect(untilOf({}, '', { date, 'retry-after': '3600' })).toBe('2026-03-01T10:30:00.000Z');
    expect(untilOf({}, '', { date, 'retry-after': 'Sun, 01 Mar 2026 13:00:00 GMT' })).toBe('2026-03-01T11:00:00.000Z');
    expect(untilOf({ last_start: '2026-03-01T10:30:00Z', next_start: first }, '', { date })).toBe(
      '2026-03-02T04:15:00.000Z',
    );
    expect(untilOf({}, '', { date: 'today', 'retry-after': '3600' })).toBe('2026-03-01T10:30:00.000Z');
  });

  it('is Google’s word as it is, where the clocks differ by less than an answer takes', () => {
    const date = 'Sun, 01 Mar 2026 09:30:03 GMT';
    expect(untilOf({ timestamp_after_24hrs: first }, '', { date })).toBe(first);
  });

  it.each(['-1', 'soon', '', '2026-03-01T13:00:00Z', 'Sun, 99 Mar 2026 99:00:00 GMT'])(
    'is not a Retry-After of "%s"',
    (text) => {
      expect(untilOf({}, '', { 'retry-after': text })).toBeUndefined();
    },
  );
});

describe('earlier jobs that a refusal names', () => {
  const jobsOf = (metadata: Record<string, unknown>) =>
    previousJobIds(readFailure(rpc(429, 'RESOURCE_EXHAUSTED', [errorInfo('X', metadata)])));

  it('D19: come in one text with commas, newest last', () => {
    expect(jobsOf({ previous_job_ids: 'older-id,newest-id' })).toEqual(['older-id', 'newest-id']);
    expect(jobsOf({ previous_job_ids: 'only-id' })).toEqual(['only-id']);
    expect(jobsOf({ previous_job_ids: ' archiveJobs/a , b ,, ' })).toEqual(['a', 'b']);
    expect(jobsOf({ previous_job_ids: '' })).toEqual([]);
    expect(jobsOf({})).toEqual([]);
  });

  it('are ids only, with any text before them', () => {
    expect(bareJobId('archiveJobs/abc')).toBe('abc');
    expect(bareJobId('abc')).toBe('abc');
  });
});

describe('every row of docs/google-api.md §5', () => {
  const exhausted = { timestamp_after_24hrs: until.toISOString(), previous_job_ids: 'a,b' };

  it.each<[string, unknown, ErrorCode]>([
    [
      'A, without the id it should name',
      rpc(409, 'ALREADY_EXISTS', [errorInfo('ALREADY_EXISTS_ONE_TIME')]),
      'GOOGLE_UNEXPECTED',
    ],
    [
      'B, of another call than initiate',
      rpc(429, 'RESOURCE_EXHAUSTED', [errorInfo('RESOURCE_EXHAUSTED_TIME_BASED', exhausted)]),
      'GOOGLE_RATE_LIMITED',
    ],
    [
      'C, of another call than initiate',
      rpc(429, 'RESOURCE_EXHAUSTED', [errorInfo('RESOURCE_EXHAUSTED_ONE_TIME')]),
      'GOOGLE_RATE_LIMITED',
    ],
    ['D, of another call than initiate', rpc(400, 'FAILED_PRECONDITION'), 'GOOGLE_REFUSED'],
    ['E', rpc(403, 'RESOURCE_EXHAUSTED'), 'GOOGLE_RATE_LIMITED'],
    ['F', rpc(403, 'PERMISSION_DENIED', [debugInfo]), 'SCOPE_MISSING'],
    [
      'G, API not enabled',
      rpc(403, 'PERMISSION_DENIED', [debugInfo, errorInfo('SERVICE_DISABLED')]),
      'GOOGLE_NOT_SET_UP',
    ],
    [
      'G, a suspended project',
      rpc(403, 'PERMISSION_DENIED', [{ ...errorInfo('CONSUMER_SUSPENDED'), domain: 'googleapis.com' }]),
      'GOOGLE_NOT_SET_UP',
    ],
    ['G, no billing', rpc(403, 'PERMISSION_DENIED', [errorInfo('BILLING_DISABLED')]), 'GOOGLE_NOT_SET_UP'],
    ['H', rpc(400, 'INVALID_ARGUMENT'), 'GOOGLE_REFUSED'],
    ['I', rpc(401, 'UNAUTHENTICATED'), 'GRANT_ENDED'],
    ['I, without a body', thrown(401, ''), 'GRANT_ENDED'],
    ['J', rpc(404, 'NOT_FOUND'), 'ARCHIVE_EXPIRED'],
    ['K', thrown(429, page), 'GOOGLE_RATE_LIMITED'],
    ['K, with an unknown status', rpc(429, 'SLOW_DOWN', [errorInfo('SOMETHING_NEW')]), 'GOOGLE_RATE_LIMITED'],
    ['L, with a status', rpc(503, 'UNAVAILABLE'), 'GOOGLE_UNAVAILABLE'],
    ['L, as a page', thrown(502, page), 'GOOGLE_UNAVAILABLE'],
    ['L, an internal error', rpc(500, 'INTERNAL'), 'GOOGLE_UNAVAILABLE'],
    ['L, a time-out', thrown(408, ''), 'GOOGLE_UNAVAILABLE'],
    ['L, no answer', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), 'GOOGLE_UNAVAILABLE'],
    ['M, were it to reach an API call', thrown(400, '<?xml version="1.0"?><Error/>'), 'GOOGLE_UNEXPECTED'],
  ])('row %s', (_row, error, code) => {
    expect(toPortageError(error, 'initiate')).toMatchObject({ code, cause: error });
  });

  it.each<[string, number, ErrorCode]>([
    ['invalid_grant', 400, 'GRANT_ENDED'],
    ['invalid_client', 401, 'GOOGLE_NOT_SET_UP'],
    ['unauthorized_client', 400, 'GOOGLE_NOT_SET_UP'],
    ['unsupported_grant_type', 400, 'GOOGLE_UNEXPECTED'],
  ])('and the token endpoint’s %s', (error, status, code) => {
    expect(toPortageError(thrown(status, { error }), 'refresh')).toMatchObject({ code });
  });

  it('D20: is decided on the reason first, for any HTTP status', () => {
    for (const code of [400, 403, 429]) {
      const error = rpc(code, 'RESOURCE_EXHAUSTED', [errorInfo('SERVICE_DISABLED')]);
      expect(toPortageError(error, 'initiate').code).toBe('GOOGLE_NOT_SET_UP');
      expect(toPortageError(rpc(code, 'RESOURCE_EXHAUSTED'), 'initiate').code).toBe('GOOGLE_RATE_LIMITED');
      expect(toPortageError(rpc(code, 'INVALID_ARGUMENT'), 'initiate').code).toBe('GOOGLE_REFUSED');
    }
  });

  it('keeps the time that Google asks to wait', () => {
    const error = thrown(429, { error: { status: 'RESOURCE_EXHAUSTED' } }, { 'retry-after': '30' });
    expect(toPortageError(error, 'initiate').retryAfterMs).toBe(30_000);
  });

  it.each([
    ['Sun, 01 Mar 2026 09:30:30 GMT', 30_000],
    ['Sun, 01 Mar 2026 09:29:00 GMT', 0],
  ])('keeps it when it comes as the date %s', (date, ms) => {
    const headers = { 'retry-after': date, date: 'Sun, 01 Mar 2026 09:30:00 GMT' };
    const error = thrown(429, { error: { status: 'RESOURCE_EXHAUSTED' } }, headers);
    expect(toPortageError(error, 'initiate').retryAfterMs).toBe(ms);
  });

  it('contains call, status and reason, but neither Google’s message nor the request', () => {
    const error = rpc(403, 'PERMISSION_DENIED', [errorInfo('SERVICE_DISABLED')], 'ada@example.com may not');
    const { message } = toPortageError(error, 'accessType.check');
    expect(message).toBe(
      `${errorTable.GOOGLE_NOT_SET_UP.message}: accessType.check: 403 PERMISSION_DENIED SERVICE_DISABLED`,
    );
    expect(JSON.stringify(toPortageError(error, 'x'))).not.toMatch(/ya29|ada@/);
  });

  it('leaves an error alone that is one of ours already', () => {
    const error = new PortageError('STORAGE_FULL');
    expect(toPortageError(error, 'initiate')).toBe(error);
  });
});

describe('a refused access token', () => {
  it('is distinguished from everything else by its 401 alone', () => {
    expect(isUnauthenticated(rpc(401, 'UNAUTHENTICATED'))).toBe(true);
    expect(isUnauthenticated(thrown(401, page))).toBe(true);
    expect(isUnauthenticated(rpc(403, 'PERMISSION_DENIED'))).toBe(false);
    expect(isUnauthenticated(new Error('401'))).toBe(false);
  });
});
