/** Job states and the calls that a job permits (docs/google-api.md §3, §7). */
import type { Emulator } from '../../../src/emulator';
import { fact } from '../fact';
import { call, consent, day, hour, initiatePath, linksOf, start, startTestEmulator } from '../harness';

describe('archive jobs', () => {
  let emulator: Emulator;
  let token: string;
  const state = async (jobId: string) =>
    (await call(emulator, token, `/v1/archiveJobs/${jobId}/portabilityArchiveState`)).body['state'];
  const act = (jobId: string, action: 'retry' | 'cancel') =>
    call(emulator, token, `/v1/archiveJobs/${jobId}:${action}`, {});
  const connect = async (access: 'once' | '30d' = '30d') => {
    token = (await consent(emulator, ['myactivity.search', 'chrome.history'], { access })).access_token;
  };
  beforeEach(async () => {
    emulator = await startTestEmulator();
    await connect();
  });

  fact('§3', 'doc', 'A job runs for a while and ends as COMPLETE, FAILED or CANCELLED', async () => {
    const jobId = await start(emulator, token, 'chrome.history');
    emulator.control.clock.advance(20 * 60_000 - 1);
    expect(await state(jobId)).toBe('IN_PROGRESS');
    emulator.control.clock.advance(1);
    expect(await state(jobId)).toBe('COMPLETE');
  });

  fact('§3', 'doc*', 'A job may take up to seven days, longer than any access token', async () => {
    emulator.control.setJobs({ durationMs: 7 * day - hour });
    const jobId = await start(emulator, token, 'chrome.history');
    emulator.control.clock.advance(6 * day + 23 * hour);
    expect((await call(emulator, token, `/v1/archiveJobs/${jobId}/portabilityArchiveState`)).status).toBe(401);
    await connect();
    expect(await state(jobId)).toBe('COMPLETE');
  });

  fact(
    '§3',
    'doc',
    'A failed job is retried three times, each time under a new id, without a new consent',
    async () => {
      emulator.control.setJobs({ failNext: 4, durationMs: 60_000 });
      const ids = [await start(emulator, token, 'chrome.history')];
      for (let attempt = 0; attempt < 3; attempt += 1) {
        emulator.control.clock.advance(60_000);
        const { status, body } = await act(ids.at(-1) ?? '', 'retry');
        expect(status).toBe(200);
        ids.push(String(body['archiveJobId']));
      }
      expect(new Set(ids).size).toBe(4);
      emulator.control.clock.advance(60_000);
      for (const id of ids) expect(await state(id)).toBe('FAILED');
      const fifth = await act(ids.at(-1) ?? '', 'retry');
      expect([fifth.status, fifth.body.error?.status]).toEqual([400, 'FAILED_PRECONDITION']);
    },
  );

  fact('§3', 'doc', 'Only a failed job can be retried', async () => {
    const jobId = await start(emulator, token, 'chrome.history');
    expect((await act(jobId, 'retry')).status).toBe(400);
    emulator.control.clock.advance(hour / 2);
    expect((await act(jobId, 'retry')).status).toBe(400);
  });

  /** A job that has failed, and the job of its retry. */
  const retried = async () => {
    emulator.control.setJobs({ failNext: 1, durationMs: 10 * 60_000 });
    const jobId = await start(emulator, token, 'chrome.history');
    emulator.control.clock.advance(10 * 60_000);
    return { jobId, retryId: String((await act(jobId, 'retry')).body['archiveJobId']) };
  };

  fact(
    '§3',
    'open',
    'A retry call that is sent a second time while its job runs is refused, names that job, or starts one more',
    async () => {
      const { jobId, retryId } = await retried();
      const refused = await act(jobId, 'retry');
      expect([refused.status, refused.body.error?.status]).toEqual([400, 'FAILED_PRECONDITION']);
      expect(JSON.stringify(refused.body)).not.toContain(retryId);
      emulator.control.setSwitches({ repeatedRetry: 'A' });
      expect((await act(jobId, 'retry')).body.error).toMatchObject({
        code: 409,
        details: [{ reason: 'ALREADY_EXISTS_TIME_BASED', metadata: { job_id: retryId } }],
      });
      emulator.control.setSwitches({ repeatedRetry: 'C' });
      const { status, body } = await act(jobId, 'retry');
      expect(status).toBe(200);
      expect([jobId, retryId]).not.toContain(body['archiveJobId']);
    },
  );

  fact('§3', 'doc', 'When a job is complete, a repeat of the retry that started it is refused', async () => {
    const { jobId } = await retried();
    emulator.control.clock.advance(10 * 60_000);
    const { status, body } = await act(jobId, 'retry');
    expect([status, body.error?.status]).toEqual([400, 'FAILED_PRECONDITION']);
  });

  fact('§5', 'open', 'The refusal of a start names the newest retry of a job, or only the job itself', async () => {
    const { jobId, retryId } = await retried();
    const named = async () => {
      const { body } = await call(emulator, token, initiatePath, { resources: ['chrome.history'] });
      const [detail] = (body.error as { details?: { metadata?: Record<string, string> }[] }).details ?? [];
      return detail?.metadata;
    };
    expect(await named()).toEqual({ job_id: retryId });
    emulator.control.clock.advance(10 * 60_000);
    expect(await named()).toMatchObject({ previous_job_ids: retryId });
    emulator.control.setSwitches({ namedRetry: 'B' });
    expect(await named()).toMatchObject({ previous_job_ids: jobId });
  });

  fact('§3', 'doc', 'Cancel works only on a job in progress', async () => {
    const jobId = await start(emulator, token, 'chrome.history');
    expect((await act(jobId, 'cancel')).body).toEqual({});
    expect(await state(jobId)).toBe('CANCELLED');
    const again = await act(jobId, 'cancel');
    expect([again.status, again.body.error?.status]).toEqual([400, 'FAILED_PRECONDITION']);
  });

  fact('§3', 'doc*', 'Cancel works only on a time-based job', async () => {
    emulator = await startTestEmulator();
    await connect('once');
    const jobId = await start(emulator, token, 'chrome.history');
    const { status, body } = await act(jobId, 'cancel');
    expect([status, body.error?.status]).toEqual([400, 'FAILED_PRECONDITION']);
    expect(await state(jobId)).toBe('IN_PROGRESS');
  });

  fact('§3', 'doc', 'One job may have several resources if the token covers all of them', async () => {
    const { status, body } = await call(emulator, token, initiatePath, {
      resources: ['myactivity.search', 'chrome.history'],
    });
    expect(status).toBe(200);
    emulator.control.clock.advance(hour / 2);
    expect((await linksOf(emulator, token, String(body['archiveJobId']))).length).toBeGreaterThan(1);
  });

  fact('§7', 'doc', 'The archive is kept for 14 days', async () => {
    const jobId = await start(emulator, token, 'chrome.history');
    emulator.control.clock.advance(14 * day - 1);
    await connect();
    expect(await state(jobId)).toBe('COMPLETE');
    const [link = ''] = await linksOf(emulator, token, jobId);
    emulator.control.clock.advance(1);
    expect((await call(emulator, token, `/v1/archiveJobs/${jobId}/portabilityArchiveState`)).status).toBe(404);
    expect((await fetch(link)).status).toBe(404);
  });

  fact('§5', 'open', 'An unknown job, or the job of another account, is not found', async () => {
    const jobId = await start(emulator, token, 'chrome.history');
    const other = (await consent(emulator, ['chrome.history'], { account: 'bruno@example.de' })).access_token;
    for (const [holder, id] of [
      [token, '1f0c2d9e-0000-4000-8000-000000000000'],
      [other, jobId],
    ] as const) {
      const { status, body } = await call(emulator, holder, `/v1/archiveJobs/${id}/portabilityArchiveState`);
      expect([status, body.error?.status]).toEqual([404, 'NOT_FOUND']);
    }
  });
});
