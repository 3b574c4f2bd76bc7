/** Access types, the 24-hour lock, reset and time filters (docs/google-api.md §6, §8, §9). */
import { resources } from '../../../src/emulator/resources';
import type { ConsentDecision, Emulator } from '../../../src/emulator';
import { fact } from '../fact';
import {
  authorizeUrl,
  call,
  consent,
  day,
  exchange,
  callbackOf,
  hour,
  initiatePath,
  refresh,
  start,
  startTestEmulator,
  visit,
} from '../harness';

describe('access types', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startTestEmulator();
  });
  const initiate = (token: string, ...names: string[]) => call(emulator, token, initiatePath, { resources: names });
  const connect = (decision: ConsentDecision = {}, names = ['myactivity.search', 'chrome.history']) =>
    consent(emulator, names, decision);

  fact('§6', 'doc', 'The person chooses, and neither request nor callback shows the choice', async () => {
    const url = authorizeUrl(emulator, ['chrome.history']);
    const once = await callbackOf(emulator, { access: 'once' }, url);
    const long = await callbackOf(emulator, { access: '180d' }, url);
    const names = (callback: URLSearchParams) => [...callback.keys()];
    expect(names(once)).toEqual(names(long));
    once.delete('code');
    long.delete('code');
    expect(once.toString()).toBe(long.toString());
  });

  fact('§6', 'doc', 'refresh_token_expires_in is sent for time-based access only, in seconds', async () => {
    expect((await connect({ account: 'ada@example.com' })).refresh_token_expires_in).toBeUndefined();
    expect((await connect({ account: 'bruno@example.de', access: '30d' })).refresh_token_expires_in).toBe(2_592_000);
    expect((await connect({ account: 'carlijn@example.nl', access: '180d' })).refresh_token_expires_in).toBe(
      15_552_000,
    );
  });

  fact('§6', 'doc', 'accessType.check and initiate return the type; 30 and 180 days are the same type', async () => {
    for (const [account, access, list, type] of [
      ['ada@example.com', 'once', 'oneTimeResources', 'ACCESS_TYPE_ONE_TIME'],
      ['bruno@example.de', '30d', 'timeBasedResources', 'ACCESS_TYPE_TIME_BASED'],
      ['carlijn@example.nl', '180d', 'timeBasedResources', 'ACCESS_TYPE_TIME_BASED'],
    ] as const) {
      const { access_token: token } = await connect({ account, access });
      const check = await call(emulator, token, '/v1/accessType:check', {});
      expect(check.body).toEqual({ [list]: ['myactivity.search', 'chrome.history'] });
      expect((await initiate(token, 'chrome.history')).body['accessType']).toBe(type);
    }
  });

  fact('§6', 'doc', 'With a mixed token a job is one-time if any of its resources is', async () => {
    const { access_token: token } = await connect({ access: '30d', once: ['chrome.history'] });
    const both = await initiate(token, 'myactivity.search', 'chrome.history');
    expect(both.body['accessType']).toBe('ACCESS_TYPE_ONE_TIME');
    expect((await initiate(token, 'myactivity.search')).body['accessType']).toBe('ACCESS_TYPE_TIME_BASED');
  });

  fact('§6', 'doc', 'One-time access allows one export per resource; each resource may have its own job', async () => {
    const { access_token: token } = await connect();
    expect((await initiate(token, 'myactivity.search')).status).toBe(200);
    expect((await initiate(token, 'chrome.history')).status).toBe(200);
    emulator.control.clock.advance(hour / 2);
    expect((await initiate(token, 'chrome.history')).status).toBe(429);
  });

  fact('§6', 'doc', 'Time-based exports repeat every 24 hours until the period ends', async () => {
    const { refresh_token: refreshToken = '' } = await connect({ access: '30d' }, ['chrome.history']);
    for (let count = 0; count < 30; count += 1) {
      const { access_token: token } = (await (await refresh(emulator, refreshToken)).json()) as {
        access_token: string;
      };
      expect((await initiate(token, 'chrome.history')).status).toBe(200);
      emulator.control.clock.advance(day - 1);
      const later = (await (await refresh(emulator, refreshToken)).json()) as { access_token: string };
      expect((await initiate(later.access_token, 'chrome.history')).status).toBe(429);
      emulator.control.clock.advance(1);
    }
    expect(await (await refresh(emulator, refreshToken)).json()).toMatchObject({ error: 'invalid_grant' });
  });

  fact('§6', 'field', 'The lock counts from the last start, not from a fixed hour', async () => {
    const { access_token: token } = await connect({ access: '30d' });
    await start(emulator, token, 'chrome.history');
    emulator.control.clock.advance(day + 7000);
    const { access_token: next } = await connect({ access: '30d' });
    await start(emulator, next, 'chrome.history');
    emulator.control.clock.advance(hour / 2);
    const { body } = await initiate(next, 'chrome.history');
    expect(body.error?.details?.[0]?.metadata?.['timestamp_after_24hrs']).toBe('2026-03-03T09:30:07Z');
  });

  fact(
    '§6',
    'doc',
    'A person can choose another kind of access only after the existing grant was removed',
    async () => {
      await connect({ access: 'once' });
      emulator.control.decideNext({ access: '30d' });
      const refused = await visit(authorizeUrl(emulator, ['chrome.history']));
      expect(refused.status).toBe(400);
      expect(await refused.text()).toContain('remove it first');
    },
  );

  fact('§7', 'doc*', 'Google resets a one-time consent automatically 14 days after its first start', async () => {
    const { access_token: token, refresh_token: refreshToken = '' } = await connect();
    emulator.control.clock.advance(hour / 2);
    await start(emulator, token, 'chrome.history');
    emulator.control.clock.advance(14 * day - 1);
    expect((await refresh(emulator, refreshToken)).status).toBe(200);
    emulator.control.clock.advance(1);
    expect((await refresh(emulator, refreshToken)).status).toBe(400);
    const { access_token: next } = await connect();
    expect((await initiate(next, 'chrome.history')).status).toBe(200);
  });

  fact('§8', 'doc', 'A reset ends every grant of the user in the project, and no grant of another user', async () => {
    const first = await connect({}, ['chrome.history']);
    const second = await connect({}, ['myactivity.search']);
    const other = await connect({ account: 'bruno@example.de' });
    expect((await call(emulator, first.access_token, '/v1/authorization:reset', {})).body).toEqual({});
    for (const tokens of [first, second]) {
      expect((await initiate(tokens.access_token, 'chrome.history')).status).toBe(401);
      expect(await (await refresh(emulator, tokens.refresh_token ?? '')).json()).toMatchObject({
        error: 'invalid_grant',
      });
    }
    expect((await initiate(other.access_token, 'chrome.history')).status).toBe(200);
  });

  fact('§8', 'doc', 'After a reset, a new consent can export used-up resources again', async () => {
    const { access_token: token } = await connect();
    await start(emulator, token, 'chrome.history');
    await call(emulator, token, '/v1/authorization:reset', {});
    const { access_token: next } = await connect();
    expect((await initiate(next, 'chrome.history')).status).toBe(200);
  });

  fact(
    '§8',
    'doc',
    'Without a reset, a new consent while another is active does not allow a second one-time export',
    async () => {
      const { access_token: token } = await connect();
      await start(emulator, token, 'chrome.history');
      emulator.control.clock.advance(hour / 2);
      const { access_token: next } = await connect();
      expect((await initiate(next, 'chrome.history')).status).toBe(429);
    },
  );

  fact('§8', 'doc', 'After a reset, the old archives and their links no longer work', async () => {
    const { access_token: token } = await connect();
    const jobId = await start(emulator, token, 'chrome.history');
    emulator.control.clock.advance(hour / 2);
    const { body } = await call(emulator, token, `/v1/archiveJobs/${jobId}/portabilityArchiveState`);
    const [link = ''] = body['urls'] as string[];
    await call(emulator, token, '/v1/authorization:reset', {});
    expect((await fetch(link)).status).toBe(404);
  });

  fact(
    '§9',
    'doc*',
    'Time filters work for My Activity and Chrome history, with one-time and with time-based access',
    async () => {
      const filtered = resources.filter((entry) => entry.timeFilter).map((entry) => entry.resource);
      expect(filtered.toSorted()).toEqual([
        'chrome.history',
        ...['maps', 'myadcenter', 'play', 'search', 'shopping', 'youtube'].map((name) => `myactivity.${name}`),
      ]);
      for (const [account, access] of [
        ['ada@example.com', 'once'],
        ['bruno@example.de', '30d'],
      ] as const) {
        const { access_token: token } = await connect({ account, access }, filtered);
        for (const name of filtered) await start(emulator, token, name, { startTime: '2026-01-01T00:00:00Z' });
      }
    },
  );

  fact(
    '§9',
    'doc*',
    'When a request with a time filter names a resource without one, the whole request fails',
    async () => {
      const { access_token: token } = await connect({}, ['chrome.history', 'chrome.bookmarks']);
      const { status, body } = await call(emulator, token, initiatePath, {
        resources: ['chrome.history', 'chrome.bookmarks'],
        endTime: '2026-01-01T00:00:00Z',
      });
      expect([status, body.error?.status]).toEqual([400, 'INVALID_ARGUMENT']);
      expect(emulator.control.state.jobs).toEqual([]);
    },
  );

  fact('§9', 'doc', 'A window that ends before it starts is refused', async () => {
    const { access_token: token } = await connect();
    const window = { startTime: '2026-02-01T00:00:00Z', endTime: '2026-01-01T00:00:00Z' };
    expect((await call(emulator, token, initiatePath, { resources: ['chrome.history'], ...window })).status).toBe(400);
  });

  fact('§11', 'doc', 'Resources added later give a second token, and both work', async () => {
    const first = await connect({ access: '30d' }, ['chrome.history']);
    const second = await connect({ access: '30d' }, ['myactivity.search']);
    expect((await initiate(first.access_token, 'chrome.history')).status).toBe(200);
    expect((await initiate(second.access_token, 'myactivity.search')).status).toBe(200);
    expect((await initiate(first.access_token, 'myactivity.search')).status).toBe(403);
    expect((await exchange(emulator, 'never issued')).status).toBe(400);
  });
});
