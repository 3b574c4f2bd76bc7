// A connect link is opened by a form, so that its secret is in no address that a server is asked for.
import { startApiServer, type ApiServer } from '../support/api-server';
import { createBrowser } from '../support/browser';

let server: ApiServer;
beforeAll(async () => {
  server = await startApiServer();
});
afterAll(() => server.stop());

async function session() {
  const body = { userId: `user-${crypto.randomUUID()}`, resources: ['myactivity.search'] };
  const { id, connectUrl } = (await (await server.post('/v1/connect-sessions', body)).json()) as {
    id: string;
    connectUrl: string;
  };
  return { id, connectUrl, secret: new URL(connectUrl).hash.slice(1) };
}
const open = (link: string) => createBrowser().post(`${server.url}/connect/open`, { link });
const stored = async (id: string) => server.portage.connectSessions.find(id);

describe('a connect link', () => {
  it('has its secret behind the #, and leads to an address that has only an id', async () => {
    const { id, connectUrl, secret } = await session();
    expect(connectUrl).toBe(`${server.url}/connect#${secret}`);
    expect(secret).toMatch(/^[\w-]{43}$/);
    const page = await (await fetch(connectUrl)).text();
    expect(page).toMatch(/<form [^>]*method="post" action="\/connect\/open"/);
    expect(page).toContain('<input name="link"');
    expect(page).toContain('src="/public/open-link.js"');
    expect((await fetch(`${server.url}/public/open-link.js`)).status).toBe(200);

    const browser = createBrowser();
    const opened = await browser.post(`${server.url}/connect/open`, { link: secret });
    expect([opened.status, opened.headers.get('location')]).toEqual([303, `/connect/${id}`]);
    const shown = await browser.follow(opened);
    const text = await shown.text();
    expect([shown.status, text.includes(`action="/connect/${id}/start"`)]).toEqual([200, true]);
    expect(text).not.toContain(secret);
    expect((await browser.get(shown.url)).status).toBe(200);
  });

  it('is not used up by a program that looks at it', async () => {
    const { id, connectUrl } = await session();
    for (const method of ['GET', 'HEAD']) {
      const looked = await fetch(connectUrl, { method });
      expect([looked.status, looked.headers.getSetCookie()]).toEqual([200, []]);
    }
    for (const method of ['GET', 'POST']) {
      const asked = await fetch(`${server.url}/connect/${id}${method === 'POST' ? '/start' : ''}`, { method });
      expect([asked.status, await asked.text()]).toEqual([403, expect.stringContaining('CONNECT_LINK_OTHER_BROWSER')]);
    }
    expect(await stored(id)).toMatchObject({ state: 'created', browserHash: null });
    expect((await createBrowser().get(connectUrl)).status).toBe(200);
  });

  it('may be pasted as a whole; a text that is none is unknown', async () => {
    const { id, connectUrl } = await session();
    expect((await open(` ${connectUrl}\n`)).headers.get('location')).toBe(`/connect/${id}`);
    for (const text of ['', 'short', `${server.url}/connect`, 'x'.repeat(43)])
      expect((await open(text)).status).toBe(404);
    const twice = [
      ['link', 'a'],
      ['link', 'b'],
    ];
    expect((await createBrowser().post(`${server.url}/connect/open`, twice)).status).toBe(404);
    expect((await fetch(`${server.url}/connect/open`, { method: 'POST' })).status).toBe(404);
  });

  it('leaves a browser that comes second without a cookie, which could take the place of the first one’s', async () => {
    const { connectUrl } = await session();
    expect((await open(connectUrl)).headers.getSetCookie()).toHaveLength(1);
    const second = await open(connectUrl);
    expect([second.status, second.headers.getSetCookie()]).toEqual([403, []]);
  });

  it('of an earlier release, with the secret in the path, leads to the same address', async () => {
    const { id, secret } = await session();
    const [old, browser] = [`${server.url}/connect/${secret}`, createBrowser()];
    expect((await fetch(old, { method: 'HEAD' })).status).toBe(200);
    const opened = await browser.get(old);
    expect([opened.status, opened.headers.get('location')]).toEqual([303, `/connect/${id}`]);
    expect((await browser.follow(opened)).status).toBe(200);
    expect((await createBrowser().get(old)).status).toBe(403);
    // The form of a page that was open during the update.
    const started = await browser.post(`${old}/start`);
    expect(started.headers.get('location')).toMatch(/^https:\/\/accounts\.google\.com\//);
  });
});
