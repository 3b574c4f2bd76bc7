// The cookie by which a browser is recognised: made by Portage alone, new with every connection, and deleted on
// request.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import cookieParser from 'cookie-parser';
import express from 'express';

import { browserOf, knownOrNewBrowser, rememberBrowser } from '../../src/server/authentication/browser';
import { createBrowser, type Browser } from '../support/browser';
import { startTestPortage, type TestPortage } from '../support/portage';

const resources = ['myactivity.search'];
const name = 'portage_browser';

const cookieOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((line) => /^portage_browser=([\w-]*)/.exec(line)?.[1])
    .at(-1);
const withCookie = (url: string, value: string) =>
  fetch(url, { redirect: 'manual', headers: { cookie: `${name}=${value}` } });
/** The request of the script of the link's page. */
const linkForm = (connectUrl: string) => {
  const { origin, hash } = new URL(connectUrl);
  return { address: `${origin}/connect/open`, form: { link: hash.slice(1) } };
};
const openWithCookie = (connectUrl: string, value: string) => {
  const { address, form } = linkForm(connectUrl);
  const headers = { cookie: `${name}=${value}` };
  return fetch(address, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(form) });
};
const openLink = (browser: Browser, connectUrl: string) => {
  const { address, form } = linkForm(connectUrl);
  return browser.post(address, form);
};

describe('the cookie of a browser', () => {
  let portage: TestPortage;
  beforeAll(async () => {
    portage = await startTestPortage({ worker: false });
  });
  afterAll(() => portage.stop());

  let users = 0;
  const session = () => portage.api.createConnectSession({ userId: `user-${++users}`, resources });
  /** From the connect page over Google to the callback, whose answer is not followed. */
  const connected = async (browser: Browser, connectUrl: string) => {
    portage.emulator.control.decideNext({ access: 'once' });
    const callback = await browser.follow(await browser.continueToGoogle(connectUrl));
    const address = callback.headers.get('location') ?? '';
    const answer = await browser.get(address);
    return { address, answer, page: portage.url + (answer.headers.get('location') ?? '') };
  };

  it('is replaced when Portage did not make it', async () => {
    const planted = 'A'.repeat(43);
    const answer = await openWithCookie((await session()).connectUrl, planted);
    expect(answer.status).toBe(303);
    expect(cookieOf(answer)).toMatch(/^[\w-]{43}$/);
    expect(cookieOf(answer)).not.toBe(planted);
  });

  it('opens no page to an attacker who had set it before the connection', async () => {
    const attackers = cookieOf(await openLink(createBrowser(), (await session()).connectUrl)) ?? '';
    const { id, connectUrl } = await session();
    // The victim’s browser has the attacker's cookie when it opens its own link.
    const opened = await openWithCookie(connectUrl, attackers);
    expect(cookieOf(opened)).toBe(attackers);
    const victim = createBrowser({ cookie: `${name}=${attackers}`, url: portage.url });
    const { page, answer } = await connected(victim, connectUrl);
    expect(cookieOf(answer)).not.toBe(attackers);
    expect((await victim.get(page)).status).toBe(200);
    expect((await withCookie(page, attackers)).status).toBe(403);
    expect((await withCookie(`${page}/status`, attackers)).status).toBe(403);
    // Nor a new cookie: the id of the session is no secret.
    const again = await withCookie(`${portage.url}/connect/${id}`, attackers);
    expect([again.status, cookieOf(again)]).toEqual([403, undefined]);
  });

  it('is renewed by the address of Google’s answer, not by that of an attacker’s parallel attempt', async () => {
    const attackers = cookieOf(await openLink(createBrowser(), (await session()).connectUrl)) ?? '';
    const { id, connectUrl } = await session();
    await openWithCookie(connectUrl, attackers);
    const begun = await fetch(`${portage.url}/connect/${id}/start`, {
      ...{ method: 'POST', redirect: 'manual', headers: { cookie: `${name}=${attackers}` } },
    });
    const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const { address, page } = await connected(
      createBrowser({ cookie: `${name}=${attackers}`, url: portage.url }),
      connectUrl,
    );
    const again = await withCookie(`${portage.url}/oauth/callback?state=${state}&code=any`, attackers);
    expect([again.status, cookieOf(again)]).toEqual([303, undefined]);
    // A browser that did not get the cookie has the address of the answer.
    expect((await withCookie(page, cookieOf(await withCookie(address, attackers)) ?? '')).status).toBe(200);
  });

  it('is new with each connection, and opens the pages of the earlier ones, in every tab', async () => {
    const browser = createBrowser();
    const [first, open] = [await session(), await session()];
    const before = cookieOf(await openLink(browser, open.connectUrl));
    const one = await connected(browser, first.connectUrl);
    expect(cookieOf(one.answer)).not.toBe(before);
    // A link that is open in the other tab still works, and both answers of Google lead to a page that opens.
    const two = await connected(browser, open.connectUrl);
    for (const page of [one.page, two.page]) expect((await browser.get(page)).status).toBe(200);
    // The first answer's cookie was lost on its way: a reload of the callback gives another one.
    const lost = createBrowser({ cookie: `${name}=${before ?? ''}`, url: portage.url });
    expect((await lost.get(one.page)).status).toBe(403);
    expect((await lost.follow(await lost.get(one.address))).status).toBe(200);
    expect((await browser.get(one.page)).status).toBe(200);
  });

  it('is deleted with "This is not my device", on the server too', async () => {
    const browser = createBrowser();
    const { page, answer, address } = await connected(browser, (await session()).connectUrl);
    const cookie = cookieOf(answer) ?? '';
    expect(await (await browser.get(page)).text()).toContain('This is not my device');
    const elsewhere = await browser.post(`${page}/leave`, {}, { 'sec-fetch-site': 'cross-site' });
    expect(elsewhere.status).toBe(403);
    expect((await browser.get(page)).status).toBe(200);
    const left = await browser.post(`${page}/leave`, {}, { 'sec-fetch-site': 'same-origin', origin: portage.url });
    expect([left.status, await left.text()]).toEqual([200, expect.stringContaining('no longer shows your import')]);
    expect(left.headers.getSetCookie().join()).toMatch(/portage_browser=;.*Expires=Thu, 01 Jan 1970/);
    for (const url of [page, `${page}/status`]) {
      expect((await browser.get(url)).status).toBe(403);
      expect((await withCookie(url, cookie)).status).toBe(403);
    }
    expect((await withCookie(address, cookie)).status).toBe(400);
    // The next person at the browser connects with a cookie of their own.
    const next = await connected(browser, (await session()).connectUrl);
    expect((await browser.get(next.page)).status).toBe(200);
    expect((await browser.get(page)).status).toBe(403);
  });
});

it.each([
  [
    'https://portage.example',
    /^__Host-portage_browser=[\w-]{43}; Max-Age=2592000; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/,
  ],
  ['http://localhost:3000', /^portage_browser=[\w-]{43}; Max-Age=2592000; Path=\/; .*HttpOnly; SameSite=Lax$/],
])('has a name under %s that no other host can write', async (publicUrl, form) => {
  const app = express();
  const config = { publicUrl } as TestPortage['config'];
  const connectSessions = { isKnownBrowser: () => Promise.resolve(false) } as unknown as Parameters<
    typeof knownOrNewBrowser
  >[0]['connectSessions'];
  app.use(cookieParser(), async (request, response) => {
    const before = browserOf(request, config);
    rememberBrowser(response, config, await knownOrNewBrowser({ config, connectSessions }, request));
    response.send(before ?? 'none');
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}`, { headers: { cookie: `${name}=${'A'.repeat(43)}` } });
  expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(form)]);
  expect(await answer.text()).toBe(publicUrl.startsWith('https') ? 'none' : 'A'.repeat(43));
  server.close();
});
