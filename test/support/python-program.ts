/** Python with the packages that a test needs, in the cache folder, which pip fills the first time. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { ask, isExecutable, onPath } from '../../src/dev/executable';
import { cacheDir } from './cache-dir';

const installLimitMs = 10 * 60_000;

/**
 * @param name of the folder in `tools` that holds `requirements.txt`
 * @param its purpose, at the beginning of a sentence
 * @returns the path of python
 * @throws Error naming what is missing
 */
export async function pythonProgram(name: string, what: string): Promise<string> {
  const requirements = join(__dirname, '..', '..', 'tools', name, 'requirements.txt');
  const pinned = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 12);
  const home = join(cacheDir, `${name}-${pinned}`);
  const program = join(home, 'bin', 'python');
  if (await isExecutable(program)) return program;
  const python = await onPath('python3', process.env['PATH']);
  if (python === undefined) throw new Error(`${what}, is installed with Python, and there is no python3 on the PATH.`);
  await mkdir(dirname(home), { recursive: true });
  const folder = await mkdtemp(join(cacheDir, `${name}-install-`));
  try {
    // Run as a module, so that it works wherever the folder is moved to.
    for (const step of [
      [python, ['-m', 'venv', '--copies', folder]],
      [join(folder, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--requirement', requirements]],
    ] as const) {
      const answer = await ask(step[0], [...step[1]], installLimitMs);
      if ('failure' in answer) throw new Error(`${what}, could not be installed:\n${answer.failure}`);
    }
    await rename(folder, home).catch(async (error: unknown) => {
      // Another test file was faster.
      if (!(await isExecutable(program))) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return program;
}
