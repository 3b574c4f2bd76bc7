/** A migrated database for tests that are not about the kind of database. */
import { openAsBlob } from 'node:fs';

import type { OpenDatabase } from '../../src/database/database';
import { openDatabase, type DatabaseLocation } from '../../src/database/open-database';
import { startTestPostgres } from './postgres';
import { shared } from './shared';

export interface TestDatabaseLocation {
  readonly location: DatabaseLocation;
  /** Removes its files; to be called after the last connection was closed. */
  remove(): Promise<void>;
}

/** @returns a database on the shared PostgreSQL server, else, where there is none, an embedded one in memory */
export async function migratedDatabase(): Promise<TestDatabaseLocation> {
  const postgres = await startTestPostgres({ migrated: true });
  if (!('missing' in postgres)) return { location: postgres, remove: () => postgres.stop() };
  return { location: await embeddedDatabase(), remove: () => Promise.resolve() };
}

/** @returns the location of a migrated PGlite in memory */
export async function embeddedDatabase(): Promise<{ readonly folder: null; readonly dump: Blob }> {
  const { file } = await shared('embeddedDump');
  return { folder: null, dump: await openAsBlob(file) };
}

/** Puts a migrated embedded database into a data folder that has none. */
export async function fillDataFolder(folder: string): Promise<void> {
  const database = await openDatabase({ ...(await embeddedDatabase()), folder });
  await database.close();
}

/**
 * The configuration's variables for a {@link migratedDatabase}, or for one without tables: none where there is no PostgreSQL, so that the embedded
 * database of the data folder is used.
 */
export async function databaseSettings({ migrated = true } = {}): Promise<{
  readonly settings: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}> {
  const postgres = await startTestPostgres({ migrated });
  if ('missing' in postgres) return { settings: {}, remove: () => Promise.resolve() };
  const { url, ownerUrl = '' } = postgres;
  return { settings: { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl }, remove: () => postgres.stop() };
}

/** Opens a {@link migratedDatabase}; its `close` removes it as well. */
export async function openTestDatabase(): Promise<OpenDatabase> {
  const own = await migratedDatabase();
  const database = await openDatabase(own.location);
  return {
    ...database,
    async close() {
      await database.close();
      await own.remove();
    },
  };
}
