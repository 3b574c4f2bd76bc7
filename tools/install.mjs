// Installs the packages of package-lock.json when they are missing or stale.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.mjs';
import { withLock } from './lock.mjs';
import { startStep } from './progress.mjs';

const stampOf = (root) => join(root, 'node_modules', '.portage-lock-hash');
const hashOf = (root) =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {};

/** True when node_modules matches package-lock.json. */
export function isInstalled(root) {
  const stamp = stampOf(root);
  const hash = hashOf(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return true;
  if (!holdsTheSame(root)) return false;
  writeFileSync(stamp, hash);
  return true;
}

/**
 * Compares npm's own list of installed packages with the lock file, so that packages which a person installed with
 * npm directly are not installed again. Optional packages may be left out: they depend on the platform.
 */
function holdsTheSame(root) {
  const note = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const installed = packagesOf(note);
  const wanted = Object.entries(packagesOf(join(root, 'package-lock.json'))).filter(([path]) => path !== '');
  const paths = new Set(wanted.map(([path]) => path));
  return (
    wanted.every(([path, lock]) =>
      installed[path] === undefined
        ? lock.optional === true || lock.devOptional === true
        : installed[path].version === lock.version && installed[path].integrity === lock.integrity,
    ) && Object.keys(installed).every((path) => paths.has(path))
  );
}

/**
 * Runs `npm ci` unless the packages are installed. Throws an error with npm's output and a remedy when npm fails.
 */
export async function install(root) {
  if (isInstalled(root)) return;
  await withLock(join(root, '.portage', 'install.lock'), async () => {
    if (isInstalled(root)) return;
    const wanted = Object.keys(packagesOf(join(root, 'package-lock.json'))).filter((path) => path !== '');
    const step = startStep('Installing packages', {
      expected: 'the first time about a minute',
      howFar: () => {
        const there = wanted.filter((path) => existsSync(join(root, path, 'package.json'))).length;
        return `${there} of ${wanted.length}`;
      },
    });
    const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    // npm passes its own path to the programs that it starts; without npm, the one on the PATH is used.
    const npm = process.env.npm_execpath;
    const [command, ...rest] = npm?.endsWith('.js') ? [process.execPath, npm, ...args] : ['npm', ...args];
    const { code, output } = await run(command, rest, { cwd: root, quiet: true }).catch((error) => ({
      code: 1,
      output: error.code === 'ENOENT' ? 'There is no npm on the PATH.' : String(error),
    }));
    if (code !== 0) {
      step.failed();
      throw new Error(
        `npm could not install the packages (exit code ${code}):\n\n${output.trim()}\n\n` +
          'Remedy: see that this machine reaches the package registry (npm ping), then run the command again. ' +
          'If package.json and package-lock.json differ, run npm install and review its changes.',
      );
    }
    writeFileSync(stampOf(root), hashOf(root));
    step.done();
  });
}
