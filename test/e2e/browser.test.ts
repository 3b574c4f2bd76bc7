/** The whole journey as a person clicks it, in a real browser: demo app, connect page, Google's screen, live status. */
import type { Browser } from 'playwright-core';

import { startHostApp } from '../../src/dev/host-app';
import { createPortageApi } from '../../src/dev/portage-api';
import { bindListener } from '../../src/listener';
import { startChromium } from '../support/chromium';
import { startTestPortage, type TestPortage } from '../support/portage';
import { longIt } from '../support/long';

describe('a person with a browser', () => {
  let portage: TestPortage;
  let hostApp: ReturnType<typeof startHostApp>;
  let browser: Browser | { missing: string };

  beforeAll(async () => {
    browser = await startChromium();
    portage = await startTestPortage({ emulator: { jobDurationMs: 3_000 } });
    hostApp = startHostApp({
      api: portage.api,
      listener: await bindListener({ host: '127.0.0.1', port: 0 }),
      suggested: ['myactivity.search', 'maps.starred_places'],
      usesEmulator: true,
    });
  });
  afterAll(async () => {
    if (!('missing' in browser)) await browser.close();
    await hostApp.stop();
    await portage.stop();
  });

  /** Playwright's own limit of 30 seconds a step is for idle machines; the test's limit still holds. */
  const openPage = async (opened: Browser) => {
    const page = await opened.newPage();
    page.setDefaultTimeout(300_000);
    return page;
  };

  it('connects by clicking, sees the import to its end without reloading, and then the records in the app', async () => {
    if ('missing' in browser) {
      process.stderr.write(`Not clicked through: ${browser.missing}\n`);
      return;
    }
    const page = await openPage(browser);
    const complaints: string[] = [];
    page.on('console', (message) => {
      const { url } = message.location();
      if (message.type() === 'error' && !url.startsWith(portage.emulator.url))
        complaints.push(`${url} ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(error.message));

    await page.goto(hostApp.url);
    await page.getByRole('button', { name: 'Connect Google' }).click();
    await page.getByRole('heading', { name: 'Import your Google data into Test host app' }).waitFor();
    await page.getByRole('button', { name: 'Continue to Google' }).click();
    await page.getByLabel('Starred places').uncheck();
    await page.getByLabel('One time').check();
    await page.getByRole('button', { name: 'Allow' }).click();

    await page.waitForURL(/\/consents\/con_/);
    await page.getByText('Google prepares the data').waitFor();
    expect(await page.getByText('Not shared: Starred places').count()).toBe(1);
    await page.getByText('Complete', { exact: true }).waitFor();
    await page.getByText('Portage has ended the permission at Google').waitFor();
    await page.getByRole('link', { name: 'Back to the app' }).click();
    await page.getByRole('heading', { name: 'Your Google data' }).waitFor();
    await page.getByText('Your data is here.').waitFor();
    expect(await page.getByRole('region', { name: 'First records of My Activity: Search' }).count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  longIt('D61: connects in two tabs at once, and the app confirms', async () => {
    if ('missing' in browser) return;
    const { key } = await portage.portage.hostApps.createApiKey('An app that confirms', { confirmation: true });
    const app = startHostApp({
      api: createPortageApi({ url: portage.url, apiKey: key }),
      listener: await bindListener({ host: '127.0.0.1', port: 0 }),
      suggested: ['myactivity.search'],
      usesEmulator: true,
    });
    try {
      const context = await browser.newContext();
      context.setDefaultTimeout(300_000);
      const page = await context.newPage();
      await page.goto(app.url);
      await page.getByRole('button', { name: 'Connect Google' }).click();
      await page.getByText('Demo user').waitFor();
      const tab = await context.newPage();
      await tab.goto(page.url());
      for (const each of [page, tab]) {
        await each.getByRole('button', { name: 'Continue to Google' }).click();
        await each.getByLabel('One time').check();
      }
      await page.getByRole('button', { name: 'Allow' }).click();
      await page.waitForURL(/\/connections\/cns_/);
      await tab.getByRole('button', { name: 'Allow' }).click();
      await tab.waitForURL(/\/consents\/con_/);
      await tab.getByText('Complete', { exact: true }).waitFor();
      await page.getByText('Your data is here.').waitFor();
    } finally {
      await app.stop();
    }
  });

  it('opens a connect link whose secret is in no address that is asked for, again, and in a second tab', async () => {
    if ('missing' in browser) return;
    const { connectUrl } = await portage.api.createConnectSession({
      userId: 'user-l',
      resources: ['myactivity.search'],
    });
    const secret = new URL(connectUrl).hash.slice(1);
    const context = await browser.newContext();
    context.setDefaultTimeout(300_000);
    const asked: string[] = [];
    context.on('request', (request) => {
      // The headers that a page gives away, and the address as it is sent.
      asked.push(request.url().split('#')[0] ?? '', request.headers()['referer'] ?? '');
    });
    const heading = { name: 'Import your Google data into Test host app' };
    const page = await context.newPage();
    await page.goto(hostApp.url);
    await page.goto(connectUrl);
    await page.getByRole('heading', heading).waitFor();
    expect(page.url()).toMatch(/\/connect\/cns_\w+$/);
    await page.reload();
    await page.getByRole('heading', heading).waitFor();
    const tab = await context.newPage();
    await tab.goto(connectUrl);
    await tab.getByRole('heading', heading).waitFor();
    // The page of the link itself is not in the history, where it would lead on again.
    await page.goBack();
    expect(page.url()).toBe(`${hostApp.url}/`);
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((text) => text.includes(secret))).toEqual([]);
    await context.close();
  });

  longIt('without scripts pastes the connect link', async () => {
    if ('missing' in browser) return;
    const { connectUrl } = await portage.api.createConnectSession({
      userId: 'user-n',
      resources: ['myactivity.search'],
    });
    const context = await browser.newContext({ javaScriptEnabled: false });
    context.setDefaultTimeout(300_000);
    const page = await context.newPage();
    await page.goto(connectUrl);
    await page.getByLabel('Link').fill(page.url());
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('heading', { name: 'Import your Google data into Test host app' }).waitFor();
    await context.close();
  });

  longIt('declines by clicking and sees what happened', async () => {
    if ('missing' in browser) return;
    const page = await openPage(browser);
    await page.goto(`${hostApp.url}/connect`);
    await page.getByRole('button', { name: 'Connect Google' }).click();
    await page.getByRole('button', { name: 'Continue to Google' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('CONSENT_DECLINED').waitFor();
    await page.getByRole('link', { name: 'Back to the app' }).click();
    await page.getByText('Nothing was shared').waitFor();
    await page.getByRole('link', { name: 'Start again' }).click();
    await page.getByRole('button', { name: 'Connect Google' }).waitFor();
  });
});
