/** The demo app as its user sees it, over a whole Portage: choosing, coming back, records; and the printed request. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { connectSessions } from '../../src/database/schema';
import { startHostApp } from '../../src/dev/host-app';
import { bindListener } from '../../src/listener';
import { startOutput } from '../../src/dev/start-output';
import { resources } from '../../src/domain/resources';
import type { ConsentDecision } from '../../src/emulator';
import { createBrowser, type Browser } from '../support/browser';
import { startTestPortage, type TestPortage } from '../support/portage';
import { until } from '../support/program';

const suggested = ['myactivity.search', 'maps.starred_places'];
type HostApp = Awaited<ReturnType<typeof startHostApp>>;

describe('the demo app', () => {
  let portage: TestPortage;
  let folder: string;
  const running: HostApp[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portage-test-demo-'));
    portage = await startTestPortage();
  });
  afterEach(async () => {
    for (const app of running.splice(0)) await app.stop();
  });
  afterAll(async () => {
    await portage.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (options: { keptIn?: string; now?: () => Date } = {}): Promise<HostApp> => {
    const listener = await bindListener({ host: '127.0.0.1', port: 0 });
    const { api } = portage;
    const app = startHostApp({ api, listener, suggested, usesEmulator: true, ...options });
    running.push(app);
    return app;
  };
  const textOf = async (url: string) => (await fetch(url)).text();
  const post = (app: HostApp, chosen: readonly string[]) =>
    fetch(`${app.url}/connect`, {
      method: 'POST',
      body: new URLSearchParams(chosen.map((resource): [string, string] => ['resource', resource])),
      redirect: 'manual',
    });
  const tickedIn = (page: string) =>
    [...page.matchAll(/<input type="checkbox" name="resource" value="([^"]+)" checked/g)].map(([, name]) => name);
  /** Chooses, decides on Google's screen and ends where Portage sends the browser. */
  const connect = async (app: HostApp, chosen: readonly string[], decision: ConsentDecision) => {
    const browser: Browser = createBrowser();
    portage.emulator.control.decideNext(decision);
    const toConnectPage = await post(app, chosen);
    const toGoogle = await browser.continueToGoogle(toConnectPage.headers.get('location') ?? '');
    return browser.get((await browser.follow(await browser.follow(toGoogle))).url);
  };
  const shown = (app: HostApp, text: string) =>
    until(
      `"${text}" on the demo’s page`,
      async () => {
        const page = await textOf(`${app.url}/`);
        return page.includes(text) ? page : undefined;
      },
      500_000,
    );
  /** Everything that was streamed until the import ended; opens a broken stream again, as a browser does. */
  const follow = async (url: string) => {
    let streamed = '';
    return until(
      'the end of the stream',
      async () => {
        streamed += await textOf(url);
        return streamed.endsWith('event: end\ndata: ended\n\n') ? streamed : undefined;
      },
      500_000,
    );
  };

  it('begins with a form, and keeps ticked boxes when the choice is refused', async () => {
    const app = await open();
    expect(tickedIn(await textOf(`${app.url}/`))).toEqual(suggested);

    const nothing = await post(app, []);
    expect([nothing.status, await nothing.text()]).toEqual([400, expect.stringContaining('Tick at least one')]);

    const all = [...resources.keys()];
    const everything = await post(app, all);
    const page = await everything.text();
    expect(everything.status).toBe(400);
    expect(page).toMatch(
      /role="alert">The request names more resources than Portage asks Google for at once: .*youtube\.unlisted_videos/,
    );
    expect(tickedIn(page).toSorted()).toEqual(all.toSorted());
    expect(tickedIn(await textOf(`${app.url}/`))).toEqual(suggested);
  });

  it('shows that nothing was shared, or that the link expired, and starts again with the same choice', async () => {
    const app = await open();
    await connect(app, ['chrome.history'], { decline: true });
    const declined = await textOf(`${app.url}/`);
    expect(declined).toContain('Nothing was shared: the request was declined at Google.');
    expect(declined).toContain('CONSENT_DECLINED');
    const again = /href="(\/connect\?again=[^"]+)"/.exec(declined)?.[1] ?? '';
    expect(tickedIn(await textOf(app.url + again))).toEqual(['chrome.history']);

    const keptIn = join(folder, 'expired.json');
    const early = await open({ keptIn });
    await post(early, suggested);
    expect(await textOf(`${early.url}/`)).toContain('you have not come back');
    await portage.portage.database.db.update(connectSessions).set({ expiresAt: new Date() });
    expect(await textOf(`${early.url}/`)).toContain('the link to connect has expired');
  });

  it('follows an import and shows records, counts and parts, after a restart too', async () => {
    const keptIn = join(folder, 'kept.json');
    const app = await open({ keptIn });
    await connect(app, suggested, { access: 'once' });
    const followed = /data-follow="([^"]+)"/.exec(await textOf(`${app.url}/`))?.[1];
    expect(await follow(app.url + (followed ?? ''))).toContain('Your data is being imported.');

    const restarted = await open({ keptIn });
    const page = await textOf(`${restarted.url}/`);
    expect(page).toContain('Your data is here.');
    const consentId = /con_\w+/.exec(page)?.[0] ?? '';
    const counts = await portage.api.countRecords(consentId);
    for (const resource of suggested) {
      const count = counts.get(resource) ?? 0;
      expect(count).toBeGreaterThan(3);
      expect(page).toContain(`${count} records</span>`);
    }
    const records = (await textOf(`${restarted.url}${/\/connections\/\w+\/records/.exec(page)?.[0] ?? ''}`))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { resource?: string; data?: { title?: string } });
    const first = records.find(({ resource }) => resource === 'myactivity.search');
    expect(first?.data?.title).toBeTruthy();
    expect(page.match(/<td class="long">[^<]+<\/td>/g)).toHaveLength(6);

    const [part = ''] = /\/exports\/exp_\w+\/parts\/1/.exec(page) ?? [];
    const direct = await portage.api.open(`/v1${part}`);
    const passedOn = Buffer.from(await (await fetch(restarted.url + part)).arrayBuffer());
    expect(passedOn.equals(Buffer.from(await direct.arrayBuffer()))).toBe(true);
    expect(passedOn.subarray(0, 2).toString()).toBe('PK');
  });

  it('gives its user no other user’s parts, and has readable pages for missing ones', async () => {
    const app = await open();
    const other = await portage.import({ resources: ['myactivity.search'], userId: 'somebody else' });
    const path = `/exports/${other.exports[0]?.id ?? ''}/parts/1`;
    await (await portage.api.open(`/v1${path}`)).body?.cancel();
    for (const each of [
      path,
      '/exports/exp_none/parts/1',
      '/exports/..%2F..%2Fx/parts/1',
      '/connections/x',
      '/nothing',
    ]) {
      const answer = await fetch(app.url + each);
      expect([each, answer.status]).toEqual([each, 404]);
      expect(await answer.text()).toContain('There is no such page');
    }
  });

  it('is called by the request that npm start prints, pasted into a shell', async () => {
    const dataDir = join(folder, "a data folder, Ada’s and 'quoted' $HOME");
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'api.key'), `${portage.apiKey}\n`);
    const printed = startOutput({
      config: { ...portage.config, dataDir },
      hostAppUrl: 'http://localhost:3001',
      temporalUiUrl: undefined,
    });
    const lines = printed.split('\n').filter((line) => line.startsWith('    '));
    const { stdout } = await promisify(execFile)('sh', ['-c', lines.join('\n')]);
    const { connectUrl } = JSON.parse(stdout) as { connectUrl: string };
    const page = await createBrowser().get(connectUrl);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('My Activity: Search')]);
  });

  // Last: in addition to a time-based grant, Google refuses the same account's one-time access.
  it('shows until when data is fetched every day', async () => {
    const app = await open();
    await connect(app, ['myactivity.search'], { access: '30d' });
    const page = await shown(app, 'Complete');
    expect(page).toMatch(/Your data is fetched every day until \d{4}-\d\d-\d\d\./);
    expect(page).toContain('data-follow');
  });
});
