/** The client as a host app has it: packed, and installed from the tarball into a folder of its own. */
import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(__dirname, '..', '..');

/** Packages of this repository that an example uses in addition to the client. */
const linked = ['express', 'node-sqlite3-wasm', 'typescript', '@types/node', 'undici-types'];

/**
 * @param folder an empty one; then a package whose files are ES modules unless they end in `.cjs`
 * @returns the paths of the files in the tarball
 */
export async function installClient(folder: string): Promise<string[]> {
  const packing = ['pack', '--json', '--loglevel=error', '--pack-destination', folder];
  const { stdout } = await run('npm', packing, { cwd: join(root, 'client') });
  // A script of the package may write before the JSON.
  const [packed] = JSON.parse(stdout.slice(stdout.search(/^\[/m))) as [{ filename: string; files: { path: string }[] }];
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const options = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['install', ...options, join(folder, packed.filename)], { cwd: folder });
  mkdirSync(join(folder, 'node_modules', '@types'), { recursive: true });
  for (const name of linked) symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  return packed.files.map(({ path }) => path);
}
