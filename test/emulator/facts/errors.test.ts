/** The error envelope and the errors of the API (docs/google-api.md §4, §5). */
import type { Emulator } from '../../../src/emulator';
import { fact } from '../fact';
import {
  call,
  clientId,
  clientSecret,
  consent,
  hour,
  initiatePath,
  redirectUri,
  start,
  startTestEmulator,
} from '../harness';

describe('errors', () => {
  let emulator: Emulator;
  let token: string;
  const initiate = (resources: string[], more: object = {}) =>
    call(emulator, token, initiatePath, { resources, ...more });
  const connect = async (access: 'once' | '30d') => {
    token = (await consent(emulator, ['myactivity.search', 'chrome.history'], { access })).access_token;
  };
  beforeEach(async () => {
    emulator = await startTestEmulator();
    await connect('30d');
  });

  fact('§4', 'doc', 'Errors are google.rpc.Status with code, message, status and typed details', async () => {
    await initiate(['chrome.history']);
    const { body } = await initiate(['chrome.history']);
    expect(Object.keys(body)).toEqual(['error']);
    expect(Object.keys(body.error ?? {})).toEqual(['code', 'message', 'status', 'details']);
    const [detail] = body.error?.details ?? [];
    expect(detail?.['@type']).toBe('type.googleapis.com/google.rpc.ErrorInfo');
    expect(Object.values(detail?.metadata ?? {}).every((value) => typeof value === 'string')).toBe(true);
  });

  fact('§5', 'doc', 'The same request while it runs gives ALREADY_EXISTS with the id of the running job', async () => {
    const jobId = await start(emulator, token, 'chrome.history');
    expect((await initiate(['chrome.history'])).body.error).toMatchObject({
      code: 409,
      status: 'ALREADY_EXISTS',
      details: [{ reason: 'ALREADY_EXISTS_TIME_BASED', metadata: { job_id: jobId } }],
    });
    emulator = await startTestEmulator();
    await connect('once');
    const once = await start(emulator, token, 'chrome.history');
    expect((await initiate(['chrome.history'])).body.error).toMatchObject({
      code: 409,
      details: [{ reason: 'ALREADY_EXISTS_ONE_TIME', metadata: { job_id: once } }],
    });
  });

  fact(
    '§5',
    'doc',
    'A time-based export within 24 hours gives RESOURCE_EXHAUSTED with the time and the previous jobs',
    async () => {
      const jobId = await start(emulator, token, 'chrome.history');
      emulator.control.clock.advance(hour / 2);
      const { body } = await initiate(['chrome.history']);
      expect(body.error).toMatchObject({
        code: 429,
        status: 'RESOURCE_EXHAUSTED',
        details: [
          {
            reason: 'RESOURCE_EXHAUSTED_TIME_BASED',
            metadata: { timestamp_after_24hrs: '2026-03-02T09:30:00Z', previous_job_ids: jobId },
          },
        ],
      });
      expect(body.error?.message).toMatch(/You can initiate another export after 2026-03-02T09:30:00Z$/);
    },
  );

  fact('§4', 'field', 'previous_job_ids is one text with commas, with the newest id at the end', async () => {
    const first = await start(emulator, token, 'chrome.history');
    const second = await start(emulator, token, 'myactivity.search');
    emulator.control.clock.advance(hour / 2);
    const { body } = await initiate(['myactivity.search', 'chrome.history']);
    expect(body.error?.details?.[0]?.metadata?.['previous_job_ids']).toBe(`${first},${second}`);
  });

  fact(
    '§5',
    'doc',
    'A one-time resource is exported once, and the refusal of a second export names the first job',
    async () => {
      emulator = await startTestEmulator();
      await connect('once');
      const jobId = await start(emulator, token, 'chrome.history');
      emulator.control.clock.advance(hour / 2);
      expect((await initiate(['chrome.history'])).body.error).toMatchObject({
        code: 429,
        status: 'RESOURCE_EXHAUSTED',
        details: [{ reason: 'RESOURCE_EXHAUSTED_ONE_TIME', metadata: { previous_job_ids: jobId } }],
      });
    },
  );

  fact('§5', 'doc', 'A resource outside the token’s scopes gives PERMISSION_DENIED with DebugInfo first', async () => {
    const { body } = await initiate(['maps.reviews']);
    expect(body.error).toMatchObject({
      code: 403,
      status: 'PERMISSION_DENIED',
      message: 'The requested resources are not authorized by the OAuth token.',
      details: [{ '@type': 'type.googleapis.com/google.rpc.DebugInfo' }],
    });
    expect(body.error?.details?.[0]?.detail).toMatch(/^\[ORIGINAL ERROR\]/);
  });

  fact('§5', 'doc', 'A missing, unknown or expired access token gives UNAUTHENTICATED', async () => {
    for (const wrong of ['', 'ya29.invented']) {
      const { status, body } = await call(emulator, wrong, initiatePath, { resources: ['chrome.history'] });
      expect([status, body.error?.status]).toEqual([401, 'UNAUTHENTICATED']);
    }
    emulator.control.clock.advance(hour);
    expect((await initiate(['chrome.history'])).status).toBe(401);
  });

  fact('§5', 'open', 'A project whose API is off gets PERMISSION_DENIED with SERVICE_DISABLED', async () => {
    const off = { clientId, clientSecret, redirectUris: [redirectUri], apiEnabled: false };
    emulator = await startTestEmulator({ clients: [off] });
    await connect('once');
    expect((await initiate(['chrome.history'])).body.error).toMatchObject({
      code: 403,
      status: 'PERMISSION_DENIED',
      details: [{ reason: 'SERVICE_DISABLED' }],
    });
  });

  fact('§5', 'doc', 'After a lost answer, a repeat of the request names the job', async () => {
    emulator.control.addFault({ method: 'initiate', when: 'after', cut: true });
    await expect(initiate(['chrome.history'])).rejects.toThrow();
    const [job] = emulator.control.state.jobs;
    const { body } = await initiate(['chrome.history']);
    expect(body.error?.details?.[0]?.metadata?.['job_id']).toBe(job?.jobId);
    expect(emulator.control.state.jobs).toHaveLength(1);
  });

  fact(
    '§5',
    'field',
    'While a time-based job runs, a start with another window gets the lock’s error, not ALREADY_EXISTS',
    async () => {
      await initiate(['myactivity.search'], { endTime: '2026-02-01T00:00:00Z' });
      expect((await initiate(['myactivity.search'], { endTime: '2026-02-02T00:00:00Z' })).status).toBe(429);
      expect((await initiate(['myactivity.search'], { endTime: '2026-02-01T01:00:00+01:00' })).status).toBe(409);
    },
  );
});
