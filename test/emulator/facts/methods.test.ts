/** Methods, fields and enums (docs/google-api.md §1, §2). */
import type { Emulator } from '../../../src/emulator';
import { resources } from '../../../src/emulator/resources';
import { fact } from '../fact';
import { fetchBytes } from '../archive-reader';
import { call, consent, hour, initiatePath, linksOf, scopeOf, start, startTestEmulator } from '../harness';

describe('methods', () => {
  let emulator: Emulator;
  let token: string;
  const initiate = (body: unknown) => call(emulator, token, initiatePath, body);
  const state = (jobId: string) => call(emulator, token, `/v1/archiveJobs/${jobId}/portabilityArchiveState`);
  beforeEach(async () => {
    emulator = await startTestEmulator();
    token = (await consent(emulator, ['myactivity.search', 'chrome.history', 'chrome.bookmarks'], { access: '30d' }))
      .access_token;
  });

  fact('§2', 'doc', 'Resources are scope names without the prefix', async () => {
    expect((await initiate({ resources: ['chrome.bookmarks'] })).status).toBe(200);
  });

  fact('§2', 'field', 'A resource given as a full scope URL, or an invented name, gives an unhelpful 400', async () => {
    for (const name of [scopeOf('chrome.history'), 'YOUTUBE_VIDEOS', 'maps.timeline', '']) {
      const { status, body } = await initiate({ resources: [name] });
      expect([status, body.error?.status, body.error?.message]).toEqual([
        400,
        'INVALID_ARGUMENT',
        'Request contains an invalid argument.',
      ]);
    }
  });

  fact(
    '§2',
    'doc',
    'Requests may have field names in camelCase or as proto names; answers have camelCase',
    async () => {
      const { status, body } = await initiate({
        resources: ['myactivity.search'],
        start_time: '2026-01-01T00:00:00Z',
        endTime: '2026-02-01T00:00:00Z',
      });
      expect(status).toBe(200);
      const answer = await state(String(body['archiveJobId']));
      expect(answer.body).toMatchObject({ startTime: '2026-01-01T00:00:00Z', exportTime: '2026-02-01T00:00:00Z' });
    },
  );

  fact(
    '§2',
    'doc',
    'Requests may have times with any offset; answers have UTC with 0, 3, 6 or 9 fraction digits',
    async () => {
      const cases: [string, string][] = [
        ['2026-01-01T02:00:00+02:00', '2026-01-01T00:00:00Z'],
        ['2026-01-01T00:00:00.5-00:30', '2026-01-01T00:30:00.500Z'],
        ['2026-01-01T00:00:00.1234Z', '2026-01-01T00:00:00.123400Z'],
        ['2026-01-01t00:00:00.123456789z', '2026-01-01T00:00:00.123456789Z'],
      ];
      for (const [given, shown] of cases) {
        const jobId = await start(emulator, token, 'myactivity.search', { startTime: given });
        expect((await state(jobId)).body['startTime']).toBe(shown);
        emulator.control.clock.advance(25 * hour);
        token = (await consent(emulator, ['myactivity.search'], { access: '30d' })).access_token;
      }
    },
  );

  fact('§2', 'doc', 'Unreadable times, lists and bodies are refused with INVALID_ARGUMENT', async () => {
    for (const body of [
      { resources: ['myactivity.search'], startTime: '2026-01-01' },
      { resources: ['myactivity.search'], startTime: 'yesterday' },
      { resources: ['myactivity.search'], startTime: 1_767_225_600 },
      { resources: 'myactivity.search' },
      { resources: [1] },
      { resources: [] },
      {},
      [],
      '{"resources": ',
      { resources: ['myactivity.search'], archiveFormat: 'ZIP' },
      { resources: ['myactivity.search'], startTime: '2026-01-01T00:00:00Z', start_time: '2026-01-01T00:00:00Z' },
    ]) {
      const answer = await initiate(body);
      expect([JSON.stringify(body), answer.status, answer.body.error?.status]).toEqual([
        JSON.stringify(body),
        400,
        'INVALID_ARGUMENT',
      ]);
    }
    expect(emulator.control.state.jobs).toEqual([]);
  });

  fact(
    '§2',
    'doc',
    'The state call takes the whole path as name; retry and cancel take only the name of the job',
    async () => {
      const jobId = await start(emulator, token, 'chrome.history');
      const base = `/v1/archiveJobs/${jobId}`;
      expect((await call(emulator, token, `${base}/portabilityArchiveState`)).body['name']).toBe(
        `archiveJobs/${jobId}/portabilityArchiveState`,
      );
      for (const path of [base, `${base}/portabilityArchiveState:cancel`, `${base}/portabilityArchiveState:retry`]) {
        expect((await call(emulator, token, path, path === base ? undefined : {})).status).toBe(404);
      }
      expect((await call(emulator, token, `${base}:cancel`, {})).status).toBe(200);
    },
  );

  fact('§2', 'field', 'Job ids are UUIDs as text', async () => {
    expect(await start(emulator, token, 'chrome.history')).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  });

  fact(
    '§2',
    'doc',
    'exportTime is the requested end, or the time of the request when it has no end; startTime is repeated only if it was sent',
    async () => {
      const jobId = await start(emulator, token, 'chrome.history');
      const { body } = await state(jobId);
      expect(body['exportTime']).toBe('2026-03-01T09:30:00Z');
      expect(body).not.toHaveProperty('startTime');
    },
  );

  fact('§2', 'doc', 'Links come with COMPLETE only', async () => {
    emulator.control.setJobs({ failNext: 1 });
    const failing = await start(emulator, token, 'chrome.history');
    const working = await start(emulator, token, 'myactivity.search');
    const cancelled = await start(emulator, token, 'chrome.bookmarks');
    await call(emulator, token, `/v1/archiveJobs/${cancelled}:cancel`, {});
    expect((await state(working)).body).not.toHaveProperty('urls');
    emulator.control.clock.advance(hour / 2);
    const states = await Promise.all([failing, working, cancelled].map(state));
    expect(states.map(({ body }) => [body['state'], 'urls' in body])).toEqual([
      ['FAILED', false],
      ['COMPLETE', true],
      ['CANCELLED', false],
    ]);
  });

  fact('§2', 'field', 'The order of links is not promised, and is always the same for the same job', async () => {
    const other = await startTestEmulator({ jobDurationMs: 0 });
    const places: number[] = [];
    // With three links, twenty jobs whose smallest part comes first every time would be no shuffle.
    for (let job = 0; job < 20; job += 1) {
      const access = (await consent(other, ['myactivity.search'])).access_token;
      const jobId = await start(other, access, 'myactivity.search');
      const links = async () => {
        const { body } = await call(other, access, `/v1/archiveJobs/${jobId}/portabilityArchiveState`);
        return (body['urls'] as string[]).map((url) => new URL(url).pathname);
      };
      const order = await links();
      expect(await links()).toEqual(order);
      const sizes = await Promise.all(
        (await linksOf(other, access, jobId)).map(async (url) => (await fetchBytes(url)).length),
      );
      places.push(sizes.indexOf(Math.min(...sizes)));
      await call(other, access, '/v1/authorization:reset', {});
    }
    expect(new Set(places).size).toBeGreaterThan(1);
  });

  fact(
    '§2',
    'doc',
    'Only a bearer token in the header gives access; an API key or an unknown parameter does not',
    async () => {
      const bare = await fetch(`${emulator.url}${initiatePath}?key=AIza-test`, { method: 'POST', body: '{}' });
      expect(bare.status).toBe(401);
      const { status, body } = await call(emulator, token, `${initiatePath}?fast=1`, { resources: ['chrome.history'] });
      expect([status, body.error?.status]).toEqual([400, 'INVALID_ARGUMENT']);
      expect(
        (await call(emulator, token, `${initiatePath}?alt=json&prettyPrint=false`, { resources: ['chrome.history'] }))
          .status,
      ).toBe(200);
    },
  );

  fact('§12', 'doc', 'Every resource of the list can be granted and started', async () => {
    const names = resources.map((entry) => entry.resource);
    const other = await startTestEmulator({ longestAuthorizeUrl: 0 });
    const all = (await consent(other, names)).access_token;
    for (const name of names) expect((await call(other, all, initiatePath, { resources: [name] })).status).toBe(200);
  });
});
