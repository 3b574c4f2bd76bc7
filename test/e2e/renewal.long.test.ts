/** Renewing access as a person clicks it, in a real browser: from the host app’s link or the reminder’s, over Google, and back. */
import type { Browser, BrowserContext, Page } from 'playwright-core';

import { consentWorkflowId } from '../../src/workflows/ids';
import { consentStatusQuery } from '../../src/workflows/signals-and-queries';
import { createBrowser } from '../support/browser';
import { startChromium } from '../support/chromium';
import { until } from '../support/program';
import { startTestPortage, type TestPortage } from '../support/portage';

const search = 'myactivity.search';
const starred = 'maps.starred_places';
const day = 24 * 3_600_000;
const projectNumber = '100000000001';

describe('a person who renews', () => {
  let portage: TestPortage;
  let browser: Browser | { missing: string };
  const contexts: BrowserContext[] = [];
  let users = 0;
  let user: { userId: string; account: string; name: string };

  beforeAll(async () => {
    browser = await startChromium();
    portage = await startTestPortage({ environment: { GOOGLE_PROJECT_NUMBER: projectNumber } });
    if ('missing' in browser) process.stderr.write(`Not clicked through: ${browser.missing}\n`);
  });
  afterAll(async () => {
    if (!('missing' in browser)) await browser.close();
    await portage.stop();
  });
  beforeEach(() => {
    users += 1;
    user = { userId: `user-${users}`, account: `somebody-${users}@example.com`, name: `Somebody ${users}` };
    portage.emulator.control.addAccount({ email: user.account, name: user.name });
    portage.emulator.control.setSwitches('documented');
    portage.emulator.control.clearRequests();
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });

  /** A browser of its own: another device, or another person’s. */
  const open = async (): Promise<Page> => {
    if ('missing' in browser) throw new Error(browser.missing);
    const context = await browser.newContext();
    context.setDefaultTimeout(300_000);
    contexts.push(context);
    return context.newPage();
  };
  /** On Google’s screen; unticked boxes are named by their text there. */
  const allow = async (page: Page, howLong: '30 days' | '180 days', unticked?: string): Promise<void> => {
    await page.getByRole('button', { name: 'Continue to Google' }).click();
    await page.getByLabel(user.name).check();
    if (unticked !== undefined) await page.getByLabel(unticked).uncheck();
    await page.getByLabel(howLong).first().check();
    await page.getByRole('button', { name: 'Allow' }).click();
  };
  const connect = async (page: Page, howLong: '30 days' | '180 days', resources = [search]): Promise<string> => {
    const { connectUrl } = await portage.api.createConnectSession({ userId: user.userId, resources });
    await page.goto(connectUrl);
    await allow(page, howLong);
    const consentId = await here(page);
    await until('an export exists', async () => {
      const { exports } = await portage.api.getConsent(consentId);
      return exports.filter(({ state }) => state === 'ready').length === resources.length;
    });
    return consentId;
  };
  /** The consent of the current page. */
  const here = async (page: Page): Promise<string> => {
    await page.waitForURL(/\/consents\/con_\w+$/);
    return /con_\w+$/.exec(page.url())?.[0] ?? '';
  };
  const askAgain = (renewsConsentId: string) =>
    portage.api.createConnectSession({ userId: user.userId, renewsConsentId });
  const endOf = async (consentId: string) => Date.parse((await portage.api.getConsent(consentId)).endsAt ?? '');
  const consentsOfUser = () =>
    portage.portage.consents.page({ state: undefined, userId: user.userId, before: undefined, limit: 10 });
  const countEvents = async (consentId: string, type: string) =>
    (await portage.portage.consents.listEvents(consentId)).filter((event) => event.type === type).length;
  const workflowOf = (consentId: string) => portage.temporal.workflow.getHandle(consentWorkflowId(consentId));
  const session = async (id: string) => {
    const answer = await fetch(`${portage.url}/v1/connect-sessions/${id}`, {
      headers: { authorization: `Bearer ${portage.apiKey}` },
    });
    return (await answer.json()) as Record<string, unknown>;
  };

  /** One consent, one workflow, one loop that exported once: the same as before, for longer. */
  const isTheSame = async (consentId: string, run: string, resources = [search]) => {
    expect((await consentsOfUser()).map(({ id }) => id)).toEqual([consentId]);
    expect((await workflowOf(consentId).describe()).runId).toBe(run);
    expect(await countEvents(consentId, 'consent.connected')).toBe(1);
    expect(await countEvents(consentId, 'consent.renewed')).toBe(1);
    const { exports } = await portage.api.getConsent(consentId);
    expect(exports).toHaveLength(resources.length);
    const endsAtMs = await endOf(consentId);
    await until('the workflow has the new end', async () => {
      const status = await workflowOf(consentId).query(consentStatusQuery);
      return status.endsAtMs === endsAtMs && status.loops.length === resources.length;
    });
  };

  it('by the host app’s link, on another device, extends the same consent', async () => {
    if ('missing' in browser) return;
    const consentId = await connect(await open(), '30 days');
    const { runId } = await workflowOf(consentId).describe();
    const before = await endOf(consentId);
    const old = await portage.portage.tokens.find(consentId);

    const page = await open();
    const { id, connectUrl } = await askAgain(consentId);
    await page.goto(connectUrl);
    await page.getByRole('heading', { name: 'Continue to share your Google data with Test host app' }).waitFor();
    await page.getByText(`until ${new Date(before).toISOString().slice(0, 10)}`).waitFor();
    await allow(page, '180 days');
    expect(await here(page)).toBe(consentId);
    const after = await endOf(consentId);
    expect(after - before).toBeGreaterThan(149 * day);
    await page.getByText(`You share until ${new Date(after).toISOString().slice(0, 10)}.`).waitFor();

    await isTheSame(consentId, runId);
    expect(await session(id)).toMatchObject({ state: 'connected', consentId, renewed: true });
    const fresh = await portage.portage.tokens.find(consentId);
    expect(fresh?.refreshToken).not.toBe(old?.refreshToken);
    await portage.portage.grants.refresh(consentId);
    // The link was for once.
    await page.goto(connectUrl);
    expect(await here(page)).toBe(consentId);
  });

  it('keeps the old permission where Google does not give the new one, and may try again', async () => {
    if ('missing' in browser) return;
    const page = await open();
    const consentId = await connect(page, '30 days');
    const { runId } = await workflowOf(consentId).describe();
    const before = await endOf(consentId);
    const old = await portage.portage.tokens.find(consentId);

    const refused = await askAgain(consentId);
    portage.emulator.control.addFault({ method: 'token', status: 400, body: { error: 'invalid_grant' } });
    await page.goto(refused.connectUrl);
    await allow(page, '180 days');
    await page.getByText('OAUTH_CODE_REFUSED').waitFor();
    const declined = await askAgain(consentId);
    await page.goto(declined.connectUrl);
    await page.getByRole('button', { name: 'Continue to Google' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('CONSENT_DECLINED').waitFor();
    for (const { id, state } of [
      { ...refused, state: 'failed' },
      { ...declined, state: 'declined' },
    ]) {
      expect(await session(id)).toMatchObject({ state, consentId: null });
    }
    expect(await portage.portage.tokens.find(consentId)).toEqual(old);
    await portage.portage.grants.refresh(consentId);
    expect(await endOf(consentId)).toBe(before);
    expect(await countEvents(consentId, 'consent.renewed')).toBe(0);

    await page.goto((await askAgain(consentId)).connectUrl);
    await allow(page, '180 days');
    expect(await here(page)).toBe(consentId);
    await isTheSame(consentId, runId);
  });

  it('D35: sees behind the reminder’s link that there is nothing to do yet, where that is so', async () => {
    if ('missing' in browser) return;
    const page = await open();
    const consentId = await connect(page, '180 days');
    expect(await page.getByRole('link', { name: 'renew your permission' }).count()).toBe(0);
    const { renewal } = await portage.api.getConsent(consentId);
    await page.goto(renewal.url ?? '');
    await page.getByRole('heading', { name: 'There is nothing to do yet' }).waitFor();
    const from = new Date((await endOf(consentId)) - 90 * day).toISOString().slice(0, 10);
    await page.getByText(`Google lets you renew from ${from} on`).waitFor();
    expect(await page.getByRole('link', { name: 'Renew at Google' }).count()).toBe(0);
    expect(await page.getByRole('button').count()).toBe(0);
    await page.getByRole('link', { name: 'See your exports' }).click();
    expect(await here(page)).toBe(consentId);
  });

  /** Twenty days later, by the link of the status page: Google’s own page, found by the project’s number (D34). */
  const renewAtGoogle = async (page: Page, consentId: string): Promise<void> => {
    portage.emulator.control.clock.advance(20 * day);
    await portage.portage.grants.refresh(consentId);
    await page.goto(`${portage.url}/consents/${consentId}`);
    await page.getByRole('link', { name: 'renew your permission' }).click();
    await page.getByRole('heading', { name: 'Continue to share with Test host app' }).waitFor();
    await page.getByRole('link', { name: 'Renew at Google' }).click();
    await page.waitForURL(`${portage.emulator.url}/connections/link?project_number=${projectNumber}`);
    const own = page.locator('form', { hasText: user.account });
    await own.getByRole('button', { name: 'Renew' }).click();
    await page.waitForURL(`${portage.emulator.url}/connections`);
  };

  it('D34: at Google, which keeps the token (Q6, answer A); the next refresh shows it', async () => {
    if ('missing' in browser) return;
    const page = await open();
    const consentId = await connect(page, '30 days');
    const { runId } = await workflowOf(consentId).describe();
    await renewAtGoogle(page, consentId);
    const before = await endOf(consentId);
    await portage.portage.grants.refresh(consentId);
    expect((await endOf(consentId)) - before).toBeGreaterThan(19 * day);
    expect(await countEvents(consentId, 'consent.renewed')).toBe(1);
    expect((await workflowOf(consentId).describe()).runId).toBe(runId);
    expect(await consentsOfUser()).toHaveLength(1);
    await page.goto(`${portage.url}/consents/${consentId}/renew`);
    await page.getByText(new Date(await endOf(consentId)).toISOString().slice(0, 10)).waitFor();
  });

  it('at Google, which wants a new exchange (Q6, answer B); connecting again finishes it', async () => {
    if ('missing' in browser) return;
    portage.emulator.control.setSwitches({ Q6: 'B', Q14: 'B' });
    const page = await open();
    const consentId = await connect(page, '30 days');
    const { runId } = await workflowOf(consentId).describe();
    await renewAtGoogle(page, consentId);
    const before = await endOf(consentId);
    await portage.portage.grants.refresh(consentId);
    expect(Math.abs((await endOf(consentId)) - before)).toBeLessThan(60_000);
    expect(await countEvents(consentId, 'consent.renewed')).toBe(0);

    await page.goto(`${portage.url}/consents/${consentId}/renew`);
    await page.getByRole('button', { name: 'Connect again' }).click();
    await page.getByRole('heading', { name: 'Continue to share your Google data with Test host app' }).waitFor();
    await allow(page, '30 days');
    expect(await here(page)).toBe(consentId);
    expect((await endOf(consentId)) - before).toBeGreaterThan(19 * day);
    await isTheSame(consentId, runId);
  });

  it('finds the pages closed in another browser, also in one that has a consent of its own', async () => {
    if ('missing' in browser) return;
    const own = await open();
    const consentId = await connect(own, '30 days');
    const stranger = await open();
    user = { userId: 'stranger', account: 'stranger@example.com', name: 'A stranger' };
    portage.emulator.control.addAccount({ email: user.account, name: user.name });
    await connect(stranger, '30 days');

    for (const page of [await open(), stranger]) {
      const answer = await page.goto(`${portage.url}/consents/${consentId}/renew`);
      expect(answer?.status()).toBe(403);
      await page.getByRole('heading', { name: 'This page belongs to another browser' }).waitFor();
      const posted = await page.request.post(`${portage.url}/consents/${consentId}/renew`, { maxRedirects: 0 });
      expect(posted.status()).toBe(403);
    }
    expect((await own.goto(`${portage.url}/consents/${consentId}/renew`))?.status()).toBe(200);
  });

  it('cannot have Google’s answer taken by another browser than the one that asked', async () => {
    if ('missing' in browser) return;
    const page = await open();
    const consentId = await connect(page, '30 days');
    const before = await endOf(consentId);
    const { connectUrl } = await askAgain(consentId);
    const asking = createBrowser();
    portage.emulator.control.decideNext({ account: user.account, access: '180d' });
    const toCallback = await asking.follow(await asking.continueToGoogle(connectUrl));
    await page.goto(toCallback.headers.get('location') ?? '');
    await page.getByText('STATE_INVALID').waitFor();
    expect(await endOf(consentId)).toBe(before);
    // The browser that asked can still finish.
    expect((await asking.follow(toCallback)).headers.get('location')).toBe(`/consents/${consentId}`);
  });

  it('after the end is asked to connect again, and does so with a link that was made before', async () => {
    if ('missing' in browser) return;
    const page = await open();
    const consentId = await connect(page, '30 days');
    const { connectUrl } = await askAgain(consentId);
    await portage.portage.consents.requestStop(consentId, 'cancelled');
    await workflowOf(consentId).signal('cancel');
    await portage.ended(consentId);

    await page.goto(`${portage.url}/consents/${consentId}/renew`);
    await page.getByRole('heading', { name: 'Sharing with Test host app has ended' }).waitFor();
    await page.getByText('connect again').waitFor();
    expect(await page.getByRole('link', { name: 'Renew at Google' }).count()).toBe(0);
    await expect(askAgain(consentId)).rejects.toMatchObject({ code: 'CONSENT_NOT_RENEWABLE' });

    await page.goto(connectUrl);
    await page.getByRole('heading', { name: 'Import your Google data into Test host app' }).waitFor();
    await allow(page, '30 days');
    const newer = await here(page);
    expect(newer).not.toBe(consentId);
    expect(await portage.api.getConsent(newer)).toMatchObject({ state: 'active', grantedResources: [search] });
    expect(await portage.api.getConsent(consentId)).toMatchObject({ state: 'cancelled' });
  });

  it('and allows less than before gets a second consent in addition to the first, and sees so', async () => {
    if ('missing' in browser) return;
    const page = await open();
    const consentId = await connect(page, '30 days', [search, starred]);
    const before = await endOf(consentId);
    const { id, connectUrl } = await askAgain(consentId);
    await page.goto(connectUrl);
    await page.getByText('treats that as a separate new permission').waitFor();
    await allow(page, '180 days', 'Starred places');
    const newer = await here(page);
    expect(newer).not.toBe(consentId);
    expect(await session(id)).toMatchObject({ state: 'connected', consentId: newer, renewed: false });
    const day10 = new Date(before).toISOString().slice(0, 10);
    await page
      .getByText(
        `did not extend your earlier one, because you allowed less. Until ${day10} you also share Starred places`,
      )
      .waitFor();
    expect(await page.getByText('Not shared').count()).toBe(0);

    // Each resource has one loop: the newer consent has taken over its resources, the older one keeps the rest.
    await until('the older consent has handed over', async () => {
      const { supersededResources } = await portage.api.getConsent(consentId);
      return supersededResources.includes(search);
    });
    await until('one loop each', async () => {
      const loops = async (each: string) => (await workflowOf(each).query(consentStatusQuery)).loops.join();
      return (await loops(consentId)) === starred && (await loops(newer)) === search;
    });
    expect(await endOf(consentId)).toBe(before);
    expect(await countEvents(consentId, 'consent.renewed')).toBe(0);
    await portage.portage.grants.refresh(consentId);
  });
});
