/** The whole journey of an app through the emulator, driven by Google's own Node client. */
import type { Emulator } from '../../src/emulator';
import { unzipAll } from './archive-reader';
import { apiFor, consent, hour, startTestEmulator, type ErrorBody } from './harness';

describe('an app that uses Google’s Node client', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startTestEmulator();
  });

  it('carries a one-time consent from the code to the reset with all six methods', async () => {
    const tokens = await consent(emulator, ['myactivity.search', 'myactivity.youtube']);
    const api = apiFor(emulator, tokens.access_token);

    const access = await api.accessType.check({ requestBody: {} });
    expect(access.data).toEqual({ oneTimeResources: ['myactivity.search', 'myactivity.youtube'] });

    const started = await api.portabilityArchive.initiate({ requestBody: { resources: ['myactivity.search'] } });
    expect(started.data.accessType).toBe('ACCESS_TYPE_ONE_TIME');
    const jobId = String(started.data.archiveJobId);
    const name = `archiveJobs/${jobId}/portabilityArchiveState`;

    const running = await api.archiveJobs.getPortabilityArchiveState({ name });
    expect(running.data).toEqual({ name, state: 'IN_PROGRESS', exportTime: '2026-03-01T09:30:00Z' });

    emulator.control.clock.advance(hour / 3);
    const done = await api.archiveJobs.getPortabilityArchiveState({ name });
    expect(done.data.state).toBe('COMPLETE');
    const urls = done.data.urls ?? [];
    expect(urls).toHaveLength(3);

    const files = await unzipAll(urls);
    const manifest = JSON.parse(String(files.get('Portability/archive_browser.json'))) as {
      serviceStatus: { extractedFileTotal: string; extractedFileSize: string }[];
    };
    const data = [...files].filter(([path]) => path.startsWith('Portability/My Activity/'));
    expect(data.length).toBe(files.size - 1);
    expect(manifest.serviceStatus[0]?.extractedFileTotal).toBe(String(data.length));
    expect(manifest.serviceStatus[0]?.extractedFileSize).toBe(
      String(data.reduce((sum, [, bytes]) => sum + bytes.length, 0)),
    );
    const records = JSON.parse(String(files.get('Portability/My Activity/Search/MyActivity.json'))) as {
      time: string;
    }[];
    expect(records.length).toBeGreaterThan(100);
    expect(records.map((record) => record.time)).toEqual(
      records
        .map((record) => record.time)
        .toSorted()
        .toReversed(),
    );

    await api.authorization.reset({ requestBody: {} });
    await expect(api.accessType.check({ requestBody: {} })).rejects.toMatchObject({ status: 401 });
    expect(emulator.control.requests().map(({ method }) => method)).toEqual([
      'authorize',
      'token',
      'check',
      'initiate',
      'state',
      'state',
      'download',
      'download',
      'download',
      'reset',
      'check',
    ]);
  });

  it('retries a failed job under a new id and cancels a running one', async () => {
    emulator.control.setJobs({ failNext: 1 });
    const tokens = await consent(emulator, ['myactivity.search', 'chrome.history'], { access: '30d' });
    const api = apiFor(emulator, tokens.access_token);
    const first = await api.portabilityArchive.initiate({ requestBody: { resources: ['myactivity.search'] } });
    emulator.control.clock.advance(hour / 2);
    const jobId = String(first.data.archiveJobId);
    const state = await api.archiveJobs.getPortabilityArchiveState({
      name: `archiveJobs/${jobId}/portabilityArchiveState`,
    });
    expect(state.data.state).toBe('FAILED');
    const retried = await api.archiveJobs.retry({ name: `archiveJobs/${jobId}`, requestBody: {} });
    expect(retried.data.archiveJobId).not.toBe(jobId);

    const other = await api.portabilityArchive.initiate({ requestBody: { resources: ['chrome.history'] } });
    const cancelled = await api.archiveJobs.cancel({
      name: `archiveJobs/${String(other.data.archiveJobId)}`,
      requestBody: {},
    });
    expect(cancelled.data).toEqual({});
    const end = await api.archiveJobs.getPortabilityArchiveState({
      name: `archiveJobs/${String(other.data.archiveJobId)}/portabilityArchiveState`,
    });
    expect(end.data.state).toBe('CANCELLED');
  });

  it('meets Google’s refusals as Google’s errors', async () => {
    const tokens = await consent(emulator, ['myactivity.search']);
    const api = apiFor(emulator, tokens.access_token);
    const begin = () => api.portabilityArchive.initiate({ requestBody: { resources: ['myactivity.search'] } });
    const jobId = String((await begin()).data.archiveJobId);
    const adopted = (await begin().catch((error: unknown) => error)) as { response: { data: ErrorBody } };
    expect(adopted.response.data.error).toMatchObject({
      code: 409,
      status: 'ALREADY_EXISTS',
      details: [{ reason: 'ALREADY_EXISTS_ONE_TIME', metadata: { job_id: jobId } }],
    });
    emulator.control.clock.advance(hour / 2);
    const spent = (await begin().catch((error: unknown) => error)) as { response: { data: ErrorBody } };
    expect(spent.response.data.error).toMatchObject({
      code: 429,
      details: [{ reason: 'RESOURCE_EXHAUSTED_ONE_TIME', metadata: { previous_job_ids: jobId } }],
    });
  });
});
