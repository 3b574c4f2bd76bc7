// Too many requests of one address, one host app or one browser are refused, and no other caller is delayed by them.
import { loadConfig } from '../../src/config';
import { bindListener } from '../../src/listener';
import { createLogger } from '../../src/log';
import { openPortage, type Portage } from '../../src/portage';
import { createStreamPlaces } from '../../src/server/rate-limits';
import { startServer, type RunningServer } from '../../src/server/start';
import { databaseSettings } from '../support/database';

const browserPage = { accept: 'text/html' };

interface Started {
  readonly portage: Portage;
  readonly server: RunningServer;
  ask(path: string, headers?: Record<string, string>): Promise<Response>;
  stop(): Promise<void>;
}

async function start(environment: Record<string, string>): Promise<Started> {
  const listener = await bindListener({ host: '127.0.0.1', port: 0 });
  const database = await databaseSettings();
  const config = loadConfig({
    ...database.settings,
    PUBLIC_URL: listener.url,
    PORT: String(listener.port),
    VAULT_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    GOOGLE_CLIENT_ID: 'an-id',
    GOOGLE_CLIENT_SECRET: 'a-secret',
    TEMPORAL_ADDRESS: '127.0.0.1:9',
    ...environment,
  });
  const portage = await openPortage(config);
  await portage.database.migrate();
  const server = await startServer(portage, createLogger('error', { write: () => undefined }), { listener });
  return {
    portage,
    server,
    ask: (path, headers = {}) => fetch(server.url + path, { headers, redirect: 'manual' }),
    async stop() {
      await server.stop();
      await portage.close();
      await database.remove();
    },
  };
}

describe('behind a trusted proxy', () => {
  let started: Started;
  beforeAll(async () => {
    started = await start({
      TRUSTED_PROXIES: 'loopback',
      PAGE_REQUESTS_PER_MINUTE: '5',
      API_REQUESTS_PER_MINUTE: '5',
    });
  });
  afterAll(() => started.stop());

  const statusesOf = async (times: number, path: string, headers: Record<string, string>) => {
    const statuses: number[] = [];
    for (let time = 0; time < times; time += 1) statuses.push((await started.ask(path, headers)).status);
    return statuses;
  };

  it('pages of one address have a limit, and another address is served', async () => {
    const from = (address: string) => ({ ...browserPage, 'x-forwarded-for': address });
    expect(await statusesOf(5, '/connect/unknown', from('203.0.113.7'))).toEqual([404, 404, 404, 404, 404]);
    const refused = await started.ask('/connect/unknown', from('203.0.113.7'));
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.text()).toContain('There were too many requests');
    expect(await statusesOf(1, '/connect/unknown', from('203.0.113.8'))).toEqual([404]);
    // Addresses of one IPv6 network are one caller's.
    expect(await statusesOf(5, '/connect/unknown', from('2001:db8:1:1::1'))).toEqual([404, 404, 404, 404, 404]);
    expect(await statusesOf(1, '/connect/unknown', from('2001:db8:1:1::2'))).toEqual([429]);
  });

  it('a caller that puts an address before the proxy’s is counted by the proxy’s', async () => {
    const spoofed = (number: number) => ({ ...browserPage, 'x-forwarded-for': `198.51.100.${number}, 203.0.113.20` });
    for (let number = 1; number <= 5; number += 1) await started.ask('/connect/unknown', spoofed(number));
    expect((await started.ask('/connect/unknown', spoofed(6))).status).toBe(429);
  });

  it('the API has a limit for each host app, and shows how much of it is left', async () => {
    const keys = [];
    for (const name of ['One app', 'Another app']) keys.push((await started.portage.hostApps.createApiKey(name)).key);
    const [one = '', another = ''] = keys.map((key) => `Bearer ${key}`);
    expect(await statusesOf(5, '/v1/exports/none', { authorization: one })).toEqual([404, 404, 404, 404, 404]);
    const refused = await started.ask('/v1/exports/none', { authorization: one });
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    const served = await started.ask('/v1/exports/none', { authorization: another });
    expect(served.status).toBe(404);
    expect(served.headers.get('ratelimit')).toContain('r=4');
  });

  it('callers that try keys have a limit, which valid keys of the same address do not share', async () => {
    const { key } = await started.portage.hostApps.createApiKey('A third app');
    const from = { 'x-forwarded-for': '203.0.113.30' };
    const tryKey = () => statusesOf(1, '/v1/health', { ...from, authorization: 'Bearer pk_wrong' });
    // At the same time, so that they are within the minute that the limit counts.
    const allowed = await Promise.all(Array.from({ length: 60 }, tryKey));
    expect(new Set(allowed.flat())).toEqual(new Set([401]));
    expect(await tryKey()).toEqual([429]);
    const other = { 'x-forwarded-for': '203.0.113.31', authorization: `Bearer ${key}` };
    expect(await statusesOf(1, '/v1/exports/none', other)).toEqual([404]);
  });

  it('answers are not cached, and pages may not use the device', async () => {
    for (const path of ['/', '/connect/unknown', '/v1/health', '/healthz', '/oauth/callback']) {
      const { headers } = await started.ask(path, { 'x-forwarded-for': '203.0.113.40', ...browserPage });
      expect([path, headers.get('cache-control')]).toEqual([path, 'no-store']);
      expect(headers.get('permissions-policy')).toContain('camera=()');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    }
  });
});

it('without a trusted proxy, callers of private networks are not taken for one: their headers are ignored', async () => {
  const started = await start({ PAGE_REQUESTS_PER_MINUTE: '2' });
  try {
    for (let time = 0; time < 4; time += 1) {
      const { status } = await started.ask('/connect/unknown', { ...browserPage, 'x-forwarded-for': '203.0.113.7' });
      expect(status).toBe(404);
    }
  } finally {
    await started.stop();
  }
});

it('a host app with a valid key may ask many times at once from one address', async () => {
  const started = await start({ TRUSTED_PROXIES: 'loopback' });
  try {
    const { key } = await started.portage.hostApps.createApiKey('A busy app');
    const headers = { 'x-forwarded-for': '203.0.113.50', authorization: `Bearer ${key}` };
    const answers = await Promise.all(Array.from({ length: 100 }, () => started.ask('/v1/exports/none', headers)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
  } finally {
    await started.stop();
  }
});

describe('status pages that are followed', () => {
  it('have a limit for each browser and one for all, and release their places', () => {
    const places = createStreamPlaces({ perOwner: 2, all: 3 });
    const leave = places.take('a');
    places.take('a');
    expect(() => places.take('a')).toThrow(/more than 2 status pages of one browser/);
    places.take('b');
    expect(() => places.take('c')).toThrow(/more than 3 status pages at once/);
    leave();
    places.take('c');
    expect(() => places.take('a')).toThrow(/more than 3/);
  });
});
