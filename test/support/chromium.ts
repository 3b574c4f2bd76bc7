/** A real browser for tests that click, where one is installed. */
import { existsSync } from 'node:fs';

import { chromium, type Browser } from 'playwright-core';

const places = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** @returns a browser, or what is missing */
export async function startChromium(): Promise<Browser | { missing: string }> {
  const executablePath = places.find((place) => place !== undefined && existsSync(place));
  if (executablePath === undefined) return { missing: 'no Chromium; install it, or name one in CHROMIUM' };
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
  });
}
