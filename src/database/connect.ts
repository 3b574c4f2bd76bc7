/** Opens the database: PostgreSQL by URL, else PGlite in a folder; the rest of the code sees one type. */
import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { PGlite } from '@electric-sql/pglite';
import { is } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle as drizzlePglite, PgliteDatabase } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import { Pool } from 'pg';

import { createEmbeddedClient } from './embedded-client';

export type Database = PgDatabase<PgQueryResultHKT>;

/**
 * For `prepare`, of statements that are asked for again and again: building their text takes longer than much of what
 * they ask for. They get no name on the server, since poolers in front of it may give each call to another connection.
 */
export const builtOnce = '';

/** Whether this process alone has the database, over one connection that every transaction takes for itself. */
export function isEmbedded(db: Database): boolean {
  return is(db, PgliteDatabase);
}

export interface OpenDatabase {
  readonly db: Database;
  /** Brings the tables to the newest form; safe to repeat and to run from several processes at once. */
  migrate(): Promise<void>;
  /** Rejects when the database does not answer, or its tables are older than this release. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** Thrown when there is no database to work with; the message says what to do, and holds no password. */
export class DatabaseUnusable extends Error {
  override readonly name: string = 'DatabaseUnusable';
}

/** Thrown when another process has the embedded database open. */
export class DataFolderInUse extends DatabaseUnusable {
  override readonly name = 'DataFolderInUse';
  constructor(folder: string, pid: number) {
    super(
      `The data folder ${folder} is in use by process ${pid}. Stop that process, choose another DATA_DIR, ` +
        'or set DATABASE_URL so that several processes can share a PostgreSQL database.',
    );
  }
}

const migrationsFolder = join(__dirname, '../../migrations');
/** The newest migration that ran, by the time that the journal gives it; fails where none ever did. */
const probe = 'select max(created_at)::text as newest from drizzle.__drizzle_migrations';
const newestMigration = readMigrationFiles({ migrationsFolder }).at(-1)?.folderMillis ?? 0;
/** Any number, the same in every Portage process: it keeps two of them from migrating at once. */
const migrationLock = 7_067_467;

export type DatabaseLocation =
  | { /** Connection string of a PostgreSQL database. */ readonly url: string }
  | {
      /** Where PGlite keeps its files; `null`: in memory. */
      readonly folder: string | null;
      /** PGlite's dump of a data folder, which a new database begins with instead of an empty one. */
      readonly dump?: Blob;
    };

/** @throws DataFolderInUse when another live process has the folder open, DatabaseUnusable when the server is not there */
export function openDatabase(location: DatabaseLocation): Promise<OpenDatabase> {
  return 'url' in location ? openPostgres(location.url) : openPglite(location.folder, location.dump);
}

async function openPostgres(url: string): Promise<OpenDatabase> {
  const pool = new Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 10_000 });
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  try {
    await pool.query('select 1');
  } catch (cause) {
    await pool.end();
    const { host, pathname } = new URL(url);
    const reason = (cause as NodeJS.ErrnoException).code ?? 'no answer';
    throw new DatabaseUnusable(
      `The database ${host}${pathname} of DATABASE_URL cannot be used (${reason}). Check that it runs and lets this user in.`,
      { cause },
    );
  }
  return {
    db: drizzlePostgres(pool),
    async migrate() {
      const client = await pool.connect();
      try {
        await client.query('select pg_advisory_lock($1)', [migrationLock]);
        await migratePostgres(drizzlePostgres(client), { migrationsFolder });
      } finally {
        await client.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
        client.release();
      }
    },
    async check() {
      requireNewest((await pool.query<Probed>(probe)).rows);
    },
    close: () => pool.end(),
  };
}

async function openPglite(folder: string | null, dump: Blob | undefined): Promise<OpenDatabase> {
  const unlock = folder === null ? () => undefined : lockFolder(folder);
  const client = new PGlite({
    ...(folder !== null && { dataDir: join(folder, 'database') }),
    ...(dump !== undefined && { loadDataDir: dump }),
  });
  try {
    await client.waitReady;
  } catch (error) {
    unlock();
    throw error;
  }
  const embedded = createEmbeddedClient(client);
  // drizzle asks its client for nothing else.
  const db = drizzlePglite({ client: embedded as unknown as PGlite });
  let migrated = Promise.resolve();
  return {
    db,
    migrate() {
      // One after the other: drizzle looks for what is missing before its transaction begins.
      migrated = migrated.catch(() => undefined).then(() => migratePglite(db, { migrationsFolder }));
      return migrated;
    },
    async check() {
      requireNewest((await embedded.query(probe)).rows as Probed[]);
    },
    async close() {
      await client.close();
      unlock();
    },
  };
}

interface Probed {
  readonly newest: string | null;
}

/** A database that is newer than this release passes: its tables have what is needed, and more. */
function requireNewest([probed]: readonly Probed[]): void {
  if (Number(probed?.newest ?? 0) < newestMigration) throw new Error('a migration of this release has not run yet');
}

/** Folders that this process has open. */
const openFolders = new Set<string>();

/** PGlite does not notice a second process in its folder, and both would write: a file with our process id keeps it out. */
function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(realpathSync(folder), 'database.pid');
  if (openFolders.has(path)) throw new DataFolderInUse(folder, process.pid);
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      openFolders.add(path);
      return () => {
        openFolders.delete(path);
        rmSync(path, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(readFileSync(path, 'utf8'));
      // Our own id, left by an earlier process: in a container every start has the same one.
      if (holder !== process.pid && isRunning(holder)) throw new DataFolderInUse(folder, holder);
      rmSync(path, { force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
