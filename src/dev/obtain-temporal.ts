/** Obtains the `temporal` program when the machine has none: with the SDK's download, or with a build in Go. */
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { ask, lastLines, onPath } from './executable';
import { withProgress, type Report } from './progress';
import { startSupervised } from './supervised-process';

/** The release that tools/temporal/wheels.json pins and that the SDK downloads. */
export const temporalVersion = '1.9.1';
/** The release that tools/temporal/go.mod pins; that file gives the reason for an older one. */
export const goBuildVersion = '1.8.2';

const oldestGo = '1.26.4';
/**
 * Since this release, Go automatically downloads the newer toolchain that a go.mod requires
 * (https://go.dev/doc/toolchain).
 */
const oldestSelfUpdatingGo = '1.21.0';
const downloadLimitMs = 180_000;
const buildLimitMs = 30 * 60_000;
const abandonedAfterMs = 24 * 60 * 60_000;

export interface FindTemporalOptions {
  /** The value of the variable PATH. */
  readonly path: string | undefined;
  /** Where finished programs are kept between runs. */
  readonly cacheDir: string;
  /** The project's folder tools/temporal. */
  readonly toolDir: string;
  readonly report: Report;
  /** Cancels the download or the build. */
  readonly signal?: AbortSignal;
}

/** The result of one way to the program: its path, or what the way lacked. */
export type Attempt = { readonly program: string } | { readonly lacked: string };

/** Where the program of a release is kept between runs. */
export function cachedTemporal(cacheDir: string, version = temporalVersion): string {
  return join(cacheDir, `temporal-${version}`, 'temporal');
}

/** Refuses a program that cannot print its version, such as one for another processor or an incomplete copy. */
export async function working(program: string): Promise<Attempt> {
  const answer = await ask(program, ['--version']);
  return 'output' in answer ? { program } : { lacked: `${program} does not run: ${answer.failure}` };
}

/** Has the SDK download the release; without a network it fails at once. */
export function bySdkDownload({ cacheDir, toolDir, report, signal }: FindTemporalOptions): Promise<Attempt> {
  const step = { what: 'Downloading Temporal’s server', expected: 'usually under a minute', report };
  const place = cachedTemporal(cacheDir);
  return obtain({ purpose: 'download', cacheDir, place }, step, async (folder) => {
    const args = [join(toolDir, 'sdk-download.mjs'), folder, `v${temporalVersion}`];
    await runToEnd(process.execPath, args, { cwd: folder, limitMs: downloadLimitMs, signal });
    const name = (await readdir(folder)).find((file) => file.startsWith('temporal'));
    if (name === undefined) throw new Error('the SDK reported success but left no program behind');
    return join(folder, name);
  });
}

/** Builds the pinned release from tools/temporal; needs Go and its module proxy. */
export async function byGoBuild({ path, cacheDir, toolDir, report, signal }: FindTemporalOptions): Promise<Attempt> {
  const go = await onPath('go', path);
  if (go === undefined) return { lacked: `there is no go on the PATH (Go ${oldestGo} or newer, https://go.dev/dl)` };
  const version = await ask(go, ['version']);
  const number = 'output' in version ? /go(\d+\.\d+(?:\.\d+)?)/.exec(version.output)?.[1] : undefined;
  if (number === undefined) return { lacked: `${go} does not print its version` };
  if (isOlder(number, oldestSelfUpdatingGo)) {
    return { lacked: `Go ${oldestGo} or newer is needed; ${go} is ${number} (https://go.dev/dl)` };
  }

  const expected = 'usually 5 to 8 minutes the first time on a machine, never again after that';
  const step = { what: 'Building Temporal’s server with Go', expected, report };
  const place = cachedTemporal(cacheDir, goBuildVersion);
  return obtain({ purpose: 'build', cacheDir, place }, step, async (folder) => {
    // A copy, because Go may change go.sum, and the project's own files must stay unchanged.
    for (const file of ['go.mod', 'go.sum']) await cp(join(toolDir, file), join(folder, file));
    const program = join(folder, 'temporal');
    // Pure Go runs with any C library. A user's own GOFLAGS or workspace could break the build.
    const settings = ['CGO_ENABLED=0', 'GOFLAGS=', 'GOWORK=off'];
    const ldflags = `-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=${goBuildVersion}`;
    const build = ['build', '-mod=mod', '-ldflags', ldflags, '-o', program, 'github.com/temporalio/cli/cmd/temporal'];
    await runToEnd('env', [...settings, go, ...build], { cwd: folder, limitMs: buildLimitMs, signal });
    return program;
  });
}

/**
 * Runs `work`, which produces the program in a folder of its own, then checks the program and moves it into the cache
 * folder.
 *
 * @param purpose begins the name of the folder for unfinished work
 */
export async function obtain(
  { purpose, cacheDir, place }: { readonly purpose: string; readonly cacheDir: string; readonly place: string },
  step: Parameters<typeof withProgress>[0],
  work: (folder: string) => Promise<string>,
): Promise<Attempt> {
  let folder: string | undefined;
  try {
    const own = (folder = await unfinishedFolder(cacheDir, purpose));
    return await withProgress(step, async () => {
      const checked = await working(await work(own));
      if ('lacked' in checked) throw new Error(checked.lacked);
      await mkdir(dirname(place), { recursive: true });
      // Both paths are in the cache folder, so the rename is atomic.
      await rename(checked.program, place);
      return { program: place };
    });
  } catch (error) {
    return { lacked: error instanceof Error ? error.message : String(error) };
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** A new folder for unfinished work; folders that a killed process left behind are deleted. */
async function unfinishedFolder(cacheDir: string, purpose: string): Promise<string> {
  await mkdir(cacheDir, { recursive: true });
  for (const name of await readdir(cacheDir)) {
    const folder = join(cacheDir, name);
    if (!name.startsWith(`${purpose}-`)) continue;
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > abandonedAfterMs) await rm(folder, { recursive: true, force: true });
  }
  return mkdtemp(join(cacheDir, `${purpose}-`));
}

/** Runs a command in a folder to its end; throws an error with the end of its output unless it succeeds in time. */
export async function runToEnd(
  command: string,
  args: readonly string[],
  {
    cwd,
    limitMs,
    signal,
  }: { readonly cwd: string; readonly limitMs: number; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const logFile = join(cwd, 'log.txt');
  const child = await startSupervised(command, args, { logFile, cwd });
  const late = AbortSignal.timeout(limitMs);
  const enough = signal === undefined ? late : AbortSignal.any([late, signal]);
  const givenUp = new Promise<'late'>((resolve) => {
    if (enough.aborted) resolve('late');
    else enough.addEventListener('abort', () => resolve('late'), { once: true });
  });
  const exit = await Promise.race([child.exited, givenUp]);
  await child.stop();
  signal?.throwIfAborted();
  if (exit === 'late') throw new Error(`not finished after ${Math.round(limitMs / 60_000)} minutes`);
  if (exit.code === 0) return;
  const output = lastLines(await readFile(logFile, 'utf8'), 8);
  throw new Error(output === '' ? `ended with ${exit.signal ?? `exit code ${String(exit.code)}`}` : output);
}

function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number)) as [number[], number[]];
  const index = [0, 1, 2].find((position) => (a[position] ?? 0) !== (b[position] ?? 0));
  return index !== undefined && (a[index] ?? 0) < (b[index] ?? 0);
}
