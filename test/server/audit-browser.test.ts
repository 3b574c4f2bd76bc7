// A user's actions on Portage's pages are in the audit log, with the network that the browser came from.
import { createStage } from '../database/databases';
import { startApiServer, type ApiServer } from '../support/api-server';
import { createBrowser } from '../support/browser';

let server: ApiServer;
beforeAll(async () => {
  server = await startApiServer();
});
afterAll(() => server.stop());

async function session() {
  const body = { userId: `user-${crypto.randomUUID()}`, resources: ['myactivity.search'] };
  return (await (await server.post('/v1/connect-sessions', body)).json()) as { id: string; connectUrl: string };
}

async function entriesOf(subject: string) {
  const entries = await server.portage.auditLog.page({ consentId: undefined, after: '', limit: 10_000 });
  return entries
    .filter(({ actorKind, object, consentId }) => actorKind === 'browser' && [object, consentId].includes(subject))
    .map(({ action, outcome, address, actorId }) => ({ action, outcome, address, actorId }));
}

const byBrowser = (action: string) => ({ action, outcome: 'done', address: '127.0.0.0/24', actorId: null });

it('the first browser that opens a connect link leaves an entry; a reload and another browser leave none', async () => {
  const { id, connectUrl } = await session();
  expect((await fetch(connectUrl, { method: 'HEAD' })).status).toBe(200);
  expect(await entriesOf(id)).toEqual([]);
  const browser = createBrowser();
  expect((await browser.get(connectUrl)).status).toBe(200);
  expect(await entriesOf(id)).toEqual([byBrowser('connect_session.opened')]);
  expect((await browser.get(connectUrl)).status).toBe(200);
  expect((await createBrowser().get(connectUrl)).status).toBe(403);
  expect(await entriesOf(id)).toEqual([byBrowser('connect_session.opened')]);
});

it('"This is not my device" leaves an entry, and none in a browser that has nothing to leave', async () => {
  const { id, connectUrl } = await session();
  const browser = createBrowser();
  await browser.get(connectUrl);
  const { connectSessions, database, vault } = server.portage;
  const connectSession = await connectSessions.find(id);
  if (connectSession === undefined) throw new Error('the session that was just made is not there');
  const consentId = await createStage(database.db, vault).consent({ session: connectSession });
  const page = `${server.url}/consents/${consentId}`;
  expect((await createBrowser().post(`${page}/leave`)).status).toBe(403);
  expect(await entriesOf(consentId)).toEqual([]);
  expect((await browser.post(`${page}/leave`)).status).toBe(200);
  expect(await entriesOf(consentId)).toEqual([byBrowser('browser.forgotten')]);
});
