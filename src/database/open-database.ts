/** Opens the database: PostgreSQL by URL, else PGlite in a folder; the rest of the code sees one type. */
import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { PGlite } from '@electric-sql/pglite';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';

import { usualLimits } from '../domain/timeouts';
import { isLocked, lockFile, lockHolder } from '../file-lock';
import type { OpenDatabase } from './database';
import { createEmbeddedClient } from './embedded-client';
import { DatabaseUnusable } from './failure';
import { checkMigrations, migrationsFolder, newestRan, type NewestRan } from './migrations';
import { openPostgres } from './postgres';

export { DatabaseUnusable };

/** Thrown when another process has the embedded database open. */
export class DataFolderInUse extends DatabaseUnusable {
  override readonly name = 'DataFolderInUse';
  constructor(folder: string) {
    const pid = lockHolder(lockOf(folder));
    const holder = pid === undefined ? 'another process' : `process ${pid}`;
    super(
      `The data folder ${folder} is in use by ${holder}. Stop that process, choose another DATA_DIR, ` +
        'or set DATABASE_URL so that several processes can share a PostgreSQL database.',
    );
  }
}

const lockOf = (folder: string) => join(folder, 'database.lock');

export type DatabaseLocation =
  | {
      /** Connection string of a PostgreSQL database. */
      readonly url: string;
      /** Connection string of the role that owns its tables, for migrations; not set: the role of `url` owns them. */
      readonly ownerUrl?: string | undefined;
    }
  | {
      /** Where PGlite keeps its files; `null`: in memory. */
      readonly folder: string | null;
      /** PGlite's dump of a data folder; a new database starts with it instead of empty. */
      readonly dump?: Blob;
    };

/**
 * @param limits time limits for PostgreSQL
 * @throws DataFolderInUse when another live process has the folder open, DatabaseUnusable when the server cannot be
 * reached
 */
export function openDatabase(location: DatabaseLocation, limits = usualLimits.database): Promise<OpenDatabase> {
  return 'url' in location
    ? openPostgres(location.url, limits, location.ownerUrl)
    : openPglite(location.folder, location.dump);
}

/** @throws DataFolderInUse while a process has the folder's embedded database open; changes nothing in the folder */
export function requireUnused(folder: string): void {
  if (isLocked(lockOf(folder))) throw new DataFolderInUse(folder);
}

/** An existing data folder may be readable by other users of the machine. */
function closeToOthers(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(folder);
  if (uid === process.geteuid?.() && (mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/** PGlite unpacks a new database with files that every user may write, whatever the umask is. */
function closeFilesToOthers(folder: string): void {
  const version = join(folder, 'PG_VERSION');
  const { uid, mode } = statSync(version);
  // Only its owner may change the mode of a file; a database may work with the rights of others.
  if (uid !== process.geteuid?.() || (mode & 0o077) === 0) return;
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  // The version comes last, because it shows that all the others are done.
  for (const file of [...files.filter((each) => each !== version), version]) chmodSync(file, 0o600);
}

async function openPglite(folder: string | null, dump: Blob | undefined): Promise<OpenDatabase> {
  // PGlite does not notice a second process in its folder, and both would write.
  if (folder !== null) closeToOthers(folder);
  const lock = folder === null ? undefined : await lockFile(lockOf(folder));
  if (folder !== null && lock === undefined) throw new DataFolderInUse(folder);
  const client = new PGlite({
    ...(folder !== null && { dataDir: join(folder, 'database') }),
    ...(dump !== undefined && { loadDataDir: dump }),
  });
  try {
    await client.waitReady;
    if (folder !== null) closeFilesToOthers(join(folder, 'database'));
  } catch (error) {
    lock?.release();
    throw error;
  }
  const embedded = createEmbeddedClient(client);
  // Drizzle uses nothing else of its client.
  const db = drizzlePglite({ client: embedded as unknown as PGlite });
  let migrated = Promise.resolve();
  return {
    db,
    migrate() {
      // One at a time: Drizzle looks for missing migrations before its transaction begins.
      migrated = migrated.catch(() => undefined).then(() => migratePglite(db, { migrationsFolder }));
      return migrated.then(() => undefined);
    },
    check: () => checkMigrations(async () => (await embedded.query(newestRan)).rows as NewestRan[]),
    async close() {
      await client.close();
      lock?.release();
    },
  };
}
