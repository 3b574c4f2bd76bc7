// Makes the README's pictures from a running `npm start`: node tools/screenshots.mjs [folder] [--all]
// Needs Chromium (CHROMIUM, default /usr/bin/chromium). With --all also dark and narrow pictures, for review.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [folder = 'docs/images'] = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const all = process.argv.includes('--all');
const demo = process.env.DEMO_URL ?? 'http://localhost:3001';
const temporalUi = process.env.TEMPORAL_UI_URL ?? 'http://127.0.0.1:8233';
mkdirSync(folder, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
});

async function tour({ colorScheme, width, suffix }) {
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height: all ? 900 : 540 },
    deviceScaleFactor: 1,
  });
  const page = await context.newPage();
  const shot = (name) => page.screenshot({ path: join(folder, `${name}${suffix}.png`), fullPage: true });
  await page.goto(`${demo}/connect`);
  if (all) await shot('demo');
  await page.getByRole('button', { name: 'Connect Google' }).click();
  await page.waitForURL(/\/connect\//);
  const portage = new URL(page.url()).origin;
  if (all) await shot('connect');
  await page.getByRole('button', { name: 'Continue to Google' }).click();
  await page.waitForURL(/\/o\/oauth2\/v2\/auth|\/consent/);
  if (all) await shot('consent');
  await page
    .getByLabel(/once|one time/i)
    .first()
    .check()
    .catch(() => undefined);
  await page
    .getByRole('button', { name: /continue|allow/i })
    .last()
    .click();
  // The demo app confirms the session, and shows its own page.
  await page.waitForURL(/\/connections\/cns_/);
  const consentId = await page.getByText(/^con_/).textContent();
  await page.goto(`${portage}/consents/${consentId}`);
  if (all) await shot('status-running');
  await page.getByText('Your data is here').waitFor({ timeout: 60_000 });
  await page.getByText('Portage has ended the permission at Google').waitFor({ timeout: 60_000 });
  await shot('status');
  if (all) {
    await page.getByRole('link', { name: 'Back to the app' }).click();
    await page.getByText('Your data is here').waitFor();
    await shot('records');
    for (const [name, address] of [
      ['error', new URL('/connect/unknown', portage)],
      ['home', new URL('/', portage)],
      ['emulator', process.env.EMULATOR_URL ?? 'http://127.0.0.1:3200'],
    ]) {
      await page.goto(String(address));
      await shot(name);
    }
  }
  await context.close();
  return consentId;
}

const consentId = await tour({ colorScheme: 'light', width: 900, suffix: '' });
if (all) {
  await tour({ colorScheme: 'dark', width: 900, suffix: '-dark' });
  await tour({ colorScheme: 'light', width: 390, suffix: '-narrow' });
}

const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
await page.goto(`${temporalUi}/namespaces/default/workflows?query=${encodeURIComponent(`ConsentId="${consentId}"`)}`);
await page.getByText('exportWorkflow').first().waitFor();
await page.screenshot({ path: join(folder, 'temporal-workflows.png') });
await page
  .getByRole('link', { name: /^export\// })
  .first()
  .click();
await page.getByText('verifyExport').first().waitFor();
await page.waitForTimeout(1_500);
await page.screenshot({ path: join(folder, 'temporal-export.png') });
await browser.close();
