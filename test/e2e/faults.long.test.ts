/** Faults of Google, the line and the archives: each ends in a named state, and nothing granted is lost. */
import { consentWorkflowId, exportWorkflowId } from '../../src/workflows/ids';
import { recordHistory } from '../support/record-history';
import { until } from '../support/program';
import { startTestPortage, type TestPortage } from '../support/portage';
import { allTests, longIt } from '../support/long';

describe('an import', () => {
  let portage: TestPortage;

  beforeAll(async () => {
    portage = await startTestPortage();
  });
  afterEach(() => {
    // A fault that was ordered and never met would make its test prove nothing.
    expect(portage.emulator.control.unmetFaults()).toEqual([]);
    portage.emulator.control.clearRequests();
    portage.emulator.control.setJobs({
      failNext: 0,
      isIncomplete: false,
      missingFile: false,
      manifest: 'switch',
      content: 'documented',
    });
  });
  afterAll(async () => {
    await portage.stop();
  });

  let users = 0;
  const importOne = (resource = 'myactivity.shopping') => {
    users += 1;
    return portage.import({ resources: [resource], userId: `user-${users}` });
  };
  const calls = (method: string) => portage.emulator.control.requests().filter((request) => request.method === method);

  it('D28, D27: asks again after Google’s error pages, one call a try', async () => {
    portage.emulator.control.addFault({
      method: 'initiate',
      times: 3,
      status: 503,
      body: '<html><title>Error 503</title></html>',
      contentType: 'text/html',
    });
    portage.emulator.control.addFault({ method: 'state', times: 2, cut: true });
    const consent = await importOne();
    expect(consent).toMatchObject({ state: 'completed', exports: [{ verdict: 'complete' }] });
    expect(calls('initiate')).toHaveLength(4);
  });

  it('D18: adopts the job whose answer was lost, and starts no second one', async () => {
    portage.emulator.control.addFault({ method: 'initiate', when: 'after', cut: true });
    const jobsBefore = portage.emulator.control.state.jobs.length;
    const consent = await importOne();
    expect(consent).toMatchObject({ state: 'completed', exports: [{ verdict: 'complete' }] });
    expect(portage.emulator.control.state.jobs.length - jobsBefore).toBe(1);
    expect(calls('initiate')).toHaveLength(2);
  });

  longIt('D18: recovers a one-time job that finished before its answer could be read', async () => {
    portage.emulator.control.setJobs({ durationMs: 0 });
    portage.emulator.control.addFault({ method: 'initiate', when: 'after', cut: true });
    const jobsBefore = portage.emulator.control.state.jobs.length;
    const consent = await importOne();
    portage.emulator.control.setJobs({ durationMs: 500 });
    expect(consent).toMatchObject({ state: 'completed', exports: [{ verdict: 'complete' }] });
    expect(portage.emulator.control.state.jobs.length - jobsBefore).toBe(1);
  });

  longIt('D1: starts a failed job again at Google, three times at most', async () => {
    portage.emulator.control.setJobs({ failNext: 3 });
    expect(await importOne()).toMatchObject({ state: 'completed', exports: [{ verdict: 'complete' }] });
    expect(calls('retry')).toHaveLength(3);
  });

  longIt('ends with a named failure when the job fails four times, and still resets the grant', async () => {
    portage.emulator.control.setJobs({ failNext: 4 });
    const consent = await importOne();
    expect(consent).toMatchObject({
      state: 'failed',
      errorCode: 'ARCHIVE_FAILED',
      exports: [{ state: 'failed', errorCode: 'ARCHIVE_FAILED', verdict: null }],
    });
    expect(calls('retry')).toHaveLength(3);
    expect(calls('reset')).toHaveLength(1);
    const id = consent.id;
    await recordHistory(portage.temporal, consentWorkflowId(id), 'failed-consent');
    await recordHistory(portage.temporal, exportWorkflowId(id, 'myactivity.shopping'), 'failed-export');
  });

  it('D26: lets one failing resource harm no other', async () => {
    portage.emulator.control.addFault({
      method: 'initiate',
      resource: 'myactivity.maps',
      status: 400,
      body: { error: { code: 400, status: 'INVALID_ARGUMENT', message: 'bad' } },
    });
    const consent = await portage.import({ resources: ['myactivity.maps', 'myactivity.play'], userId: 'two' });
    expect(consent).toMatchObject({ state: 'failed', errorCode: 'GOOGLE_REFUSED' });
    expect(Object.fromEntries(consent.exports.map(({ resource, state }) => [resource, state]))).toEqual({
      'myactivity.maps': 'failed',
      'myactivity.play': 'ready',
    });
  });

  const spoiledDownloads = [
    ['an expired link', { status: 403, body: '<?xml version="1.0"?><Error/>', contentType: 'application/xml' }],
    ['altered bytes', { wrongByteAt: 50 }],
    ['a page in place of the archive', { status: 200, body: '<!DOCTYPE html><p>sorry', contentType: 'text/html' }],
    ['a server error', { status: 500, body: 'no' }],
  ] as const;
  it.each(allTests ? spoiledDownloads : spoiledDownloads.slice(0, 1))(
    'D4, D43, D46: fetches a part again after %s, with fresh links',
    async (_name, fault) => {
      portage.emulator.control.addFault({ method: 'download', times: 2, ...fault });
      const consent = await importOne();
      expect(consent).toMatchObject({ state: 'completed', exports: [{ verdict: 'complete' }] });
      // Each new try began with fresh links (docs/google-api.md §7).
      expect(calls('state').length).toBeGreaterThanOrEqual(3);
    },
  );

  const brokenDownloads = [
    ['a broken line', { cutAtByte: 300 }],
    ['a short answer', { lengthError: 40 }],
  ] as const;
  it.each(allTests ? brokenDownloads : brokenDownloads.slice(0, 1))(
    'D46: continues where it was after %s',
    async (_name, fault) => {
      portage.emulator.control.addFault({ method: 'download', times: 2, ...fault });
      const consent = await importOne();
      expect(consent).toMatchObject({ state: 'completed', exports: [{ verdict: 'complete' }] });
      const sum = (requests: ReturnType<typeof calls>) =>
        requests.reduce((total, { bytesSent }) => total + (bytesSent ?? 0), 0);
      // Only bytes of a segment that had arrived and were not read yet are lost with the line.
      const broken = sum(calls('download').filter(({ fault }) => fault !== undefined));
      const again = sum(calls('download')) - (consent.exports[0]?.bytes ?? 0);
      expect(again).toBeGreaterThanOrEqual(0);
      expect(again).toBeLessThanOrEqual(broken);
    },
  );

  longIt('D5: does not fetch stored parts again, in any order of the links', async () => {
    portage.emulator.control.setJobs({ dataParts: 4 });
    portage.emulator.control.addFault({ method: 'download', call: 3, status: 500, body: 'no' });
    const consent = await importOne('myactivity.search');
    portage.emulator.control.setJobs({ dataParts: 2 });
    expect(consent).toMatchObject({ state: 'completed', exports: [{ verdict: 'complete' }] });
    const parts = consent.exports[0]?.parts ?? [];
    expect(calls('download')).toHaveLength(parts.length + 1);
    expect(new Set(parts.map(({ sha256 }) => sha256)).size).toBe(parts.length);
  });

  it('D51: reports what Google left out', async () => {
    portage.emulator.control.setJobs({ isIncomplete: true });
    const consent = await importOne();
    expect(consent).toMatchObject({
      state: 'completed',
      exports: [{ state: 'partial', verdict: 'incomplete_at_google' }],
    });
  });

  longIt('D51: reports that a listed file is missing', async () => {
    portage.emulator.control.setJobs({ missingFile: true });
    expect(await importOne()).toMatchObject({ exports: [{ state: 'partial', verdict: 'incomplete_at_google' }] });
  });

  longIt('promises nothing without Google’s manifest', async () => {
    portage.emulator.control.setJobs({ manifest: 'absent' });
    expect(await importOne()).toMatchObject({ exports: [{ state: 'partial', verdict: 'unverified' }] });
  });

  longIt('D30: asks again after an unknown state, and reports it', async () => {
    portage.emulator.control.addFault({
      method: 'state',
      body: { name: 'archiveJobs/x/portabilityArchiveState', state: 'NEW_VALUE' },
      status: 200,
    });
    expect(await importOne()).toMatchObject({ state: 'completed', exports: [{ verdict: 'complete' }] });
    expect(portage.logLines.join('')).toContain('NEW_VALUE');
  });

  it('takes a job cancelled at Google as ended', async () => {
    portage.emulator.control.addFault({
      method: 'state',
      body: { name: 'archiveJobs/x/portabilityArchiveState', state: 'CANCELLED' },
      status: 200,
    });
    expect(await importOne()).toMatchObject({ state: 'failed', errorCode: 'ARCHIVE_CANCELLED' });
  });

  it('D37: ends as revoked when the user takes the grant back', async () => {
    portage.emulator.control.setJobs({ durationMs: 3_000 });
    const { consentId } = await portage.connect({ resources: ['myactivity.shopping'], userId: 'leaver' });
    await until('the first poll', () => (calls('state').length > 0 ? true : undefined));
    const { grants } = portage.emulator.control.state;
    const token = grants.at(-1)?.refreshToken ?? '';
    await fetch(`${portage.emulator.url}/revoke`, { method: 'POST', body: new URLSearchParams({ token }) });
    const consent = await portage.ended(consentId ?? '');
    portage.emulator.control.setJobs({ durationMs: 500 });
    expect(consent).toMatchObject({ state: 'revoked', errorCode: 'GRANT_ENDED' });
    await recordHistory(portage.temporal, consentWorkflowId(consent.id), 'revoked-consent');
    await recordHistory(portage.temporal, exportWorkflowId(consent.id, 'myactivity.shopping'), 'revoked-export');
    expect(calls('reset')).toHaveLength(0);
  });

  it('D6: never resets while another consent of the user lives', async () => {
    const daily = await portage.connect({
      resources: ['myactivity.play'],
      userId: 'both',
      decision: { access: '30d', account: portage.emulator.control.state.accounts[0]?.email ?? '' },
    });
    const once = await portage.import({ resources: ['chrome.bookmarks'], userId: 'both' });
    expect(once.state).toBe('completed');
    expect(calls('reset')).toHaveLength(0);
    expect(calls('revoke')).toHaveLength(0);
    expect(await portage.api.getConsent(daily.consentId ?? '')).toMatchObject({
      state: 'active',
      accessType: 'time_based',
    });
  });
});

describe('an import of which not every part can be had', () => {
  let portage: TestPortage;
  const imports: Record<string, string> = {};

  beforeAll(async () => {
    // Both imports wait for the end of their time at once, so that it is long enough for a busy machine.
    portage = await startTestPortage({ environment: { STORE_WITHIN: '10s', FINISH_WITHIN: '3s' } });
    const { control } = portage.emulator;
    control.setJobs({ dataParts: 3 });
    const [search, shopping] = ['myactivity.search', 'myactivity.shopping'];
    const failing = { method: 'download', times: 1_000 } as const;
    control.addFault({ ...failing, resource: search, call: 2, status: 500, body: 'no' });
    control.addFault({ ...failing, resource: shopping, status: 403, body: '<Error/>' });
    for (const resource of [search, shopping]) {
      const account = `${resource}@example.com`;
      control.addAccount({ email: account, name: resource });
      const decision = { access: 'once', account } as const;
      const { consentId = '' } = await portage.connect({ resources: [resource], userId: resource, decision });
      imports[resource] = consentId;
    }
  });
  afterAll(async () => {
    await portage.stop();
  });

  it('D2: ends with a named failure, not with the missing part left out', async () => {
    expect(await portage.ended(imports['myactivity.search'] ?? '')).toMatchObject({
      state: 'failed',
      exports: [{ state: 'failed', errorCode: 'ARCHIVE_EXPIRED', parts: [{ number: 1 }] }],
    });
  });

  longIt(
    'ends with a named failure when its links stay dead until Google’s time is over, and hangs nowhere',
    async () => {
      expect(await portage.ended(imports['myactivity.shopping'] ?? '')).toMatchObject({
        state: 'failed',
        errorCode: 'ARCHIVE_EXPIRED',
        exports: [{ state: 'failed', errorCode: 'ARCHIVE_EXPIRED' }],
      });
    },
  );
});
