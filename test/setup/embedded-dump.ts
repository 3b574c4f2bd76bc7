/** The dump of a migrated PGlite database, from which tests open theirs: a fresh one costs several seconds of CPU. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';

import type { SharedServer } from './shared-servers';

const migrationsFolder = join(__dirname, '..', '..', 'migrations');

export async function dumpEmbeddedDatabase(): Promise<SharedServer<{ file: string }>> {
  // Of the 128 MB that a server takes for itself otherwise, tests need little.
  const client = await PGlite.create({ postgresqlconf: ['shared_buffers=4MB'] });
  await migrate(drizzle({ client }), { migrationsFolder });
  const dump = await client.dumpDataDir('none');
  await client.close();
  const folder = await mkdtemp(join(tmpdir(), 'portage-test-pglite-'));
  const file = join(folder, 'migrated.tar');
  await writeFile(file, Buffer.from(await dump.arrayBuffer()));
  return { facts: { file }, stop: () => rm(folder, { recursive: true, force: true }) };
}
