/** The pages a person uses, driven by their forms as a browser would send them. */
import type { Emulator } from '../../src/emulator';
import {
  authorizeUrl,
  clientId,
  clientSecret,
  exchange,
  redirectUri,
  scopeOf,
  startTestEmulator,
  visit,
} from './harness';

/** The fields that a browser would post: ticked boxes, chosen radio buttons, hidden values; in page order. */
function formOf(page: string): { action: string; fields: [string, string][] } {
  const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const inputs = [...page.matchAll(/<input ([^>]*)>/g)].map(([, attributes = '']) => attributes);
  const sent = inputs.filter((attributes) => attributes.includes('checked') || attributes.includes('type="hidden"'));
  const value = (attributes: string, name: string) => new RegExp(`${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
  return { action, fields: sent.map((attributes) => [value(attributes, 'name'), value(attributes, 'value')]) };
}

describe('the consent screen', () => {
  let emulator: Emulator;
  let page: string;
  const url = () => authorizeUrl(emulator, ['myactivity.search', 'chrome.history']);
  beforeEach(async () => {
    emulator = await startTestEmulator();
    page = await (await visit(url())).text();
  });
  const submit = (fields: [string, string][]) =>
    fetch(new URL(formOf(page).action, emulator.url), {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });

  it('shows that it is an emulator and labels every control', () => {
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('imitates Google');
    const inputs = page.match(/<input /g)?.length ?? 0;
    expect(page.match(/<label [^>]*><input /g)?.length).toBe(inputs);
    expect(page.match(/<legend>/g)?.length).toBe(3);
  });

  it('takes a person who just agrees to one-time access to everything', async () => {
    const { fields } = formOf(page);
    expect(fields).toEqual([
      ['account', '1'],
      ['granted', 'myactivity.search'],
      ['granted', 'chrome.history'],
      ['access', 'once'],
    ]);
    const response = await submit([...fields, ['action', 'allow']]);
    expect(response.status).toBe(303);
    const callback = new URL(response.headers.get('location') ?? '').searchParams;
    expect(callback.get('state')).toBe('state-of-the-test');
    const tokens = (await (await exchange(emulator, callback.get('code') ?? '')).json()) as Record<string, unknown>;
    expect(tokens['scope']).toBe(`${scopeOf('myactivity.search')} ${scopeOf('chrome.history')}`);
    expect(tokens).not.toHaveProperty('refresh_token_expires_in');
  });

  it('takes another account, fewer resources and a longer time', async () => {
    const response = await submit([
      ['account', '2'],
      ['granted', 'chrome.history'],
      ['access', '180d'],
      ['action', 'allow'],
    ]);
    const code = new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const tokens = (await (await exchange(emulator, code)).json()) as Record<string, unknown>;
    expect([tokens['scope'], tokens['refresh_token_expires_in']]).toEqual([scopeOf('chrome.history'), 15_552_000]);
    expect(emulator.control.state.grants[0]?.accountId).toBe('2');
  });

  it('lets a person cancel, and refuses a form that is no form', async () => {
    const declined = await submit([...formOf(page).fields, ['action', 'decline']]);
    expect(declined.headers.get('location')).toContain('error=access_denied');
    expect((await submit([['account', '1']])).status).toBe(400);
  });

  it('shows names as text, for any content', async () => {
    const name = '<script>alert(1)</script>';
    emulator = await startTestEmulator({ accounts: [{ email: 'eve@example.com', name }] });
    page = await (await visit(url())).text();
    expect(page).not.toContain(name);
    expect(page).toContain('&lt;script');
  });
});

describe('the overview', () => {
  it('shows clock, grants, jobs and locks, and moves the clock', async () => {
    const emulator = await startTestEmulator();
    const page = await (await visit(`${emulator.url}/_emulator/`)).text();
    for (const heading of ['Jobs', 'Grants', '24-hour locks', 'Accounts', 'Faults that no call has triggered yet']) {
      expect(page).toContain(`<h2>${heading}</h2>`);
    }
    expect(page).toContain('2026-03-01 09:30:00.000 UTC');
    const moved = await fetch(`${emulator.url}/_emulator/clock/advance`, {
      method: 'POST',
      body: new URLSearchParams({ milliseconds: '3600000' }),
    });
    expect(await moved.text()).toContain('2026-03-01 10:30:00.000 UTC');
  });
});

/** The headers of a browser that opens a page. */
const browserAccepts = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

describe('the page at the emulator’s own address', () => {
  it('describes the emulator, and leads to the control plane and to the person’s pages', async () => {
    const emulator = await startTestEmulator();
    const response = await visit(`${emulator.url}/`);
    const page = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    for (const text of ['imitates Google', `${emulator.url}/_emulator/`, 'docs/emulator.md', clientId, redirectUri]) {
      expect(page).toContain(text);
    }
    const links = [...page.matchAll(/<a href="([^"]+)"/g)].map(([, path = '']) => path);
    expect(links).toEqual(['/connections', '/_emulator/']);
    for (const path of links) expect([path, (await visit(emulator.url + path)).status]).toEqual([path, 200]);
    expect(page).not.toContain(clientSecret);
    expect(emulator.control.requests().map(({ method }) => method)).toEqual(['connections']);
  });

  it('names no control plane where there is none', async () => {
    const emulator = await startTestEmulator({ control: false });
    const page = await (await visit(`${emulator.url}/`)).text();
    expect(page).toContain('The control plane is off');
    expect(page).not.toContain('_emulator');
  });
});

describe('an address that leads nowhere', () => {
  it('shows a person a page with the way back, and a program the same as Google does', async () => {
    const emulator = await startTestEmulator();
    const look = async (path: string, accept: string) => {
      const response = await fetch(emulator.url + path, { headers: { accept } });
      return { status: response.status, text: await response.text() };
    };
    const person = await look('/nothing/<b>', browserAccepts.accept);
    expect(person.status).toBe(404);
    expect(person.text).toContain('<a href="/">');
    expect(person.text).not.toContain('<b>');
    for (const accept of ['*/*', 'application/json']) {
      const program = await look('/v1/nothing', accept);
      expect(program).toEqual({ status: 404, text: expect.stringContaining('Error 404 (Not Found)') as string });
    }
    expect((await look('/_emulator/nothing', browserAccepts.accept)).text).toContain('<a href="/">');
    const control = await look('/_emulator/nothing', '*/*');
    expect(control.status).toBe(404);
    expect(JSON.parse(control.text)).toEqual({ error: expect.stringContaining('docs/emulator.md') as string });
  });
});

describe('requests that cannot be read', () => {
  it('get a page without any detail of the program', async () => {
    const emulator = await startTestEmulator();
    for (const [path, body] of [
      ['/v1/archiveJobs/%E0%A4%A/portabilityArchiveState', undefined],
      ['/_emulator/clock', '{"advanceMs": '],
      ['/v1/portabilityArchive:initiate', 'x'.repeat(2_000_000)],
    ] as const) {
      const response = await fetch(emulator.url + path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json' },
        ...(body !== undefined && { body }),
      });
      const text = await response.text();
      expect([path, response.status >= 400 && response.status < 500, /node_modules| at /.test(text)]).toEqual([
        path,
        true,
        false,
      ]);
    }
  });
});
