// The lists of the API: newest first, in pages, filtered, and never with rows of another host app.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { eq } from 'drizzle-orm';

import { connectSessions, consents, exportsTable } from '../../src/database/schema';
import { connectSessionStates, consentStates } from '../../src/domain/states';
import { resources } from '../../src/domain/resources';
import type { Problem } from '../../src/problem-details';
import { createStage, type Stage } from '../database/databases';
import { startApiServer, type ApiServer } from '../support/api-server';

let server: ApiServer;
let stage: Stage;
beforeAll(async () => {
  server = await startApiServer({ EXTRA_RESOURCES: 'new.resource' });
  stage = createStage(server.portage.database.db, server.portage.vault);
});
afterAll(() => server.stop());

interface List {
  readonly items: readonly ({ id: string } & Record<string, unknown>)[];
  readonly nextAfter: string | null;
}
async function newApp() {
  const { hostApp, key } = await server.portage.hostApps.createApiKey(`app ${crypto.randomUUID()}`);
  const ask = (path: string) => fetch(`${server.url}/v1${path}`, { headers: { authorization: `Bearer ${key}` } });
  const list = async (path: string) => {
    const answer = await ask(path);
    expect([path, answer.status]).toEqual([path, 200]);
    return (await answer.json()) as List;
  };
  return {
    hostAppId: hostApp.id,
    ask,
    list,
    ids: async (path: string) => (await list(path)).items.map(({ id }) => id),
    /** Page by page to the end. */
    async idsOfPages(path: string): Promise<string[][]> {
      const pages: string[][] = [];
      for (let after = ''; ;) {
        const { items, nextAfter } = await list(`${path}${after === '' ? '' : `&after=${after}`}`);
        pages.push(items.map(({ id }) => id));
        if (nextAfter === null) return pages;
        after = nextAfter;
      }
    },
  };
}
type App = Awaited<ReturnType<typeof newApp>>;

const soon = () => new Date(Date.now() + 3_600_000);
const sessionOf = ({ hostAppId }: App, request: Partial<Parameters<Stage['session']>[0]> = {}) =>
  stage.session({ hostAppId, at: new Date(), expiresAt: soon(), ...request });
const consentOf = async (app: App, userId = 'user-1') =>
  stage.consent({ session: await sessionOf(app, { userId }), at: new Date() });
const exportOf = async (consentId: string, resource: string, cycle: number, held = [resource]) => {
  const { id } = await server.portage.exports.begin({
    ...{ consentId, resource, resources: held, cycle, at: new Date() },
    ...{ startTime: undefined, endTime: undefined },
  });
  return id;
};

describe('the list of consents', () => {
  it('has them newest first, page by page, without their exports', async () => {
    const app = await newApp();
    const ids: string[] = [];
    for (let number = 0; number < 5; number += 1) ids.unshift(await consentOf(app));
    expect(await app.idsOfPages('/consents?limit=2')).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]);
    const { items, nextAfter } = await app.list('/consents?limit=5');
    expect([items.length, nextAfter]).toEqual([5, null]);
    const whole = (await (await app.ask(`/consents/${ids[0] ?? ''}`)).json()) as Record<string, unknown>;
    const { exports, nextBefore, waitsFor, ...without } = whole;
    expect([exports, nextBefore, waitsFor, without]).toEqual([[], null, null, items[0]]);
  });

  it('is filtered by user and by state', async () => {
    const app = await newApp();
    const [one, other, ended] = [await consentOf(app, 'a/b?'), await consentOf(app), await consentOf(app)];
    await server.portage.consents.end(ended, 'cancelled', undefined, new Date());
    expect(await app.ids(`/consents?userId=${encodeURIComponent('a/b?')}`)).toEqual([one]);
    expect(await app.ids('/consents?userId=user-1')).toEqual([ended, other]);
    expect(await app.ids('/consents?state=cancelled')).toEqual([ended]);
    expect(await app.ids('/consents?state=active&userId=user-1')).toEqual([other]);
    expect(await app.ids('/consents?userId=nobody')).toEqual([]);
  });
});

describe('the list of connect sessions', () => {
  it('is filtered by user and by the state that each one shows', async () => {
    const app = await newApp();
    const past = new Date(Date.now() - 1_000);
    const expired = await sessionOf(app, { expiresAt: past });
    const created = await sessionOf(app, { userId: 'user-2' });
    const connected = await sessionOf(app);
    await stage.consent({ session: connected });
    const late = await sessionOf(app, { requiresConfirmation: true });
    await stage.db
      .update(connectSessions)
      .set({ state: 'awaiting_confirmation', confirmBy: past })
      .where(eq(connectSessions.id, late.id));
    expect(await app.idsOfPages('/connect-sessions?limit=3')).toEqual([
      [late.id, connected.id, created.id],
      [expired.id],
    ]);
    expect(await app.ids('/connect-sessions?userId=user-2')).toEqual([created.id]);
    const shown = await app.list('/connect-sessions');
    for (const state of connectSessionStates) {
      const expected = shown.items.filter((session) => session['state'] === state).map(({ id }) => id);
      expect([state, await app.ids(`/connect-sessions?state=${state}`)]).toEqual([state, expected]);
    }
    expect(shown.items.map((session) => session['state'])).toEqual(['unconfirmed', 'connected', 'created', 'expired']);
  });
});

describe('the list of exports', () => {
  it('is filtered by consent, state and the resource that an export holds', async () => {
    const app = await newApp();
    const [one, other] = [await consentOf(app), await consentOf(app)];
    const [history, search, batch] = [
      await exportOf(one, 'chrome.history', 1),
      await exportOf(one, 'myactivity.search', 1),
      await exportOf(other, 'batch', 1, ['chrome.history', 'myactivity.search']),
    ];
    await stage.db.update(exportsTable).set({ state: 'ready' }).where(eq(exportsTable.id, search));
    expect(await app.idsOfPages('/exports?limit=2')).toEqual([[batch, search], [history]]);
    expect(await app.ids(`/exports?consentId=${one}`)).toEqual([search, history]);
    expect(await app.ids('/exports?resource=chrome.history')).toEqual([batch, history]);
    expect(await app.ids(`/exports?state=ready&consentId=${one}`)).toEqual([search]);
    expect(await app.ids(`/exports?state=ready&consentId=${other}`)).toEqual([]);
    const [item] = (await app.list(`/exports?consentId=${other}`)).items;
    expect(item).toEqual(await (await app.ask(`/exports/${batch}`)).json());
  });
});

describe('a user', () => {
  it('has counts of the consents by state, and the newest ones', async () => {
    const app = await newApp();
    const ids: string[] = [];
    for (let number = 0; number < 12; number += 1) ids.unshift(await consentOf(app));
    await consentOf(app, 'user-2');
    await server.portage.consents.end(ids[3] ?? '', 'completed', undefined, new Date());
    const none = Object.fromEntries(consentStates.map((state) => [state, 0]));
    expect(await (await app.ask('/users/user-1')).json()).toEqual({
      userId: 'user-1',
      consents: { ...none, active: 11, completed: 1 },
      newestConsentIds: ids.slice(0, 10),
    });
  });

  it('is known by a connect session alone, and unknown without any', async () => {
    const app = await newApp();
    await sessionOf(app, { userId: 'a/b?' });
    const known = await app.ask(`/users/${encodeURIComponent('a/b?')}`);
    expect([known.status, await known.json()]).toMatchObject([200, { userId: 'a/b?', newestConsentIds: [] }]);
    const unknown = await app.ask('/users/nobody');
    expect([unknown.status, ((await unknown.json()) as Problem).code]).toEqual([404, 'USER_UNKNOWN']);
  });
});

describe('the list of resources', () => {
  it('has all user ids with their data, page by page', async () => {
    const app = await newApp();
    const read: Record<string, unknown>[] = [];
    for (let after: string | null = ''; after !== null;) {
      const page: List = await app.list(`/resources?limit=30${after === '' ? '' : `&after=${after}`}`);
      read.push(...page.items);
      after = page.nextAfter;
    }
    expect(read.map(({ name }) => name)).toEqual([...resources.keys(), 'new.resource'].toSorted());
    const entryOf = (name: string) => read.find((each) => each['name'] === name);
    expect(entryOf('myactivity.search')).toEqual({
      ...{ name: 'myactivity.search', title: 'My Activity: Search', group: 'My Activity' },
      ...{ documented: true, filterable: true, kinds: ['activity', 'file'] },
    });
    expect(entryOf('new.resource')).toEqual({
      ...{ name: 'new.resource', title: 'new.resource', group: null },
      ...{ documented: false, filterable: null, kinds: ['file'] },
    });
  });

  it('names every kind that docs/records.md lists for a resource', async () => {
    const app = await newApp();
    const items = [
      ...(await app.list('/resources?limit=50')).items,
      ...(await app.list('/resources?limit=50&after=play.redemptions')).items,
    ];
    const page = readFileSync(join(__dirname, '../../docs/records.md'), 'utf8');
    const table = /<!-- resources -->([^]*?)<!-- end of resources -->/.exec(page)?.[1] ?? '';
    const rows = [...table.matchAll(/^\| `([\w.]+)` .*\|([^|]*)\|$/gm)];
    expect(rows.length).toBe(resources.size);
    for (const [, name = '', cell = ''] of rows) {
      const kinds = [...cell.matchAll(/`(\w+)`/g)].map(([, kind]) => kind);
      const listed = items.find((each) => each['name'] === name)?.['kinds'];
      expect([name, listed]).toEqual([name, expect.arrayContaining(kinds)]);
    }
  });
});

it('another host app gets nothing of all this', async () => {
  const [owner, stranger] = [await newApp(), await newApp()];
  const consentId = await consentOf(owner);
  const exportId = await exportOf(consentId, 'chrome.history', 1);
  const { id } = await sessionOf(owner);
  for (const path of [
    '/consents',
    '/consents?userId=user-1',
    `/consents?after=${consentId.replace(/.$/, 'z')}`,
    '/connect-sessions',
    '/connect-sessions?userId=user-1',
    '/exports',
    `/exports?consentId=${consentId}`,
    `/exports?after=${exportId.replace(/.$/, 'z')}`,
  ]) {
    expect([path, await stranger.ids(path)]).toEqual([path, []]);
  }
  const user = await stranger.ask('/users/user-1');
  expect([user.status, ((await user.json()) as Problem).code]).toEqual([404, 'USER_UNKNOWN']);
  // The owner has them.
  expect(await owner.ids('/connect-sessions')).toContain(id);
  expect(await owner.ids(`/exports?consentId=${consentId}`)).toEqual([exportId]);
  const [count] = await stage.db.select().from(consents).where(eq(consents.hostAppId, stranger.hostAppId));
  expect(count).toBeUndefined();
});

it.each([
  ['/consents?limit=0', 'limit'],
  ['/consents?limit=101', 'limit'],
  ['/consents?after=exp_01jd8m6n5ze3bv9d2rm4w5x6y7', 'after'],
  ['/consents?after=', 'after'],
  ['/consents?state=gone', 'state'],
  ['/consents?userId=', 'userId'],
  ['/consents?userId=a&userId=b', 'userId'],
  ['/consents?user=a', 'user'],
  ['/connect-sessions?state=active', 'state'],
  ['/connect-sessions?after=con_01jd8m6n5ze3bv9d2rm4w5x6y7', 'after'],
  ['/connect-sessions?limit=x', 'limit'],
  ['/exports?state=active', 'state'],
  ['/exports?resource=Search', 'resource'],
  ['/exports?consentId=', 'consentId'],
  ['/exports?after=1', 'after'],
  ['/resources?after=Search', 'after'],
  ['/resources?limit=1000', 'limit'],
  ['/users/user-1?full=1', 'full'],
])('%s is refused, and the answer names the parameter', async (path, parameter) => {
  const answer = await (await newApp()).ask(path);
  const { status, code, errors } = (await answer.json()) as Problem;
  expect([status, code, errors?.map((each) => each.parameter)]).toEqual([400, 'REQUEST_INVALID', [parameter]]);
});
