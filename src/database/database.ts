/** The database as the rest of the code sees it: the same for PostgreSQL and PGlite. */
import { is } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { PgliteDatabase } from 'drizzle-orm/pglite';

import type { AppGrants } from './app-role';
import type { MigrationState } from './migrations';

export type Database = PgDatabase<PgQueryResultHKT>;

/**
 * Passed to `prepare` for statements that run very often: building their text can take longer than running them. They
 * get no name on the server, since a pooler may send each call to another connection.
 */
export const builtOnce = '';

/** Whether this process has the database alone, over one connection that each transaction holds exclusively. */
export function isEmbedded(db: Database): boolean {
  return is(db, PgliteDatabase);
}

export interface OpenDatabase {
  readonly db: Database;
  /**
   * Migrates the tables to the newest version; safe to repeat and to run from several processes at the same time.
   *
   * @returns what the app's role may do, where another role owns the tables
   * @throws DatabaseUnusable also where the role may not change tables
   */
  migrate(): Promise<AppGrants | undefined>;
  /**
   * @param withinMs time limit for the answer; by default, that of a connection
   * @throws PortageError `DATABASE_UNAVAILABLE` or `DATABASE_BUSY` without an answer, or a connection, in time;
   * DatabaseOutdated when its tables are missing, or older than this release; DatabaseUnusable when their version
   * cannot be read
   */
  check(withinMs?: number): Promise<MigrationState>;
  close(): Promise<void>;
}
