/** The database as the rest of the code sees it, whether PostgreSQL or PGlite is behind it. */
import { is } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { PgliteDatabase } from 'drizzle-orm/pglite';

import type { AppGrants } from './app-role';
import type { MigrationState } from './migrations';

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
  /**
   * Brings the tables to the newest form; safe to repeat and to run from several processes at once.
   *
   * @returns what the app's role may do, where another role owns the tables
   * @throws DatabaseUnusable also where the role may not change tables
   */
  migrate(): Promise<AppGrants | undefined>;
  /**
   * @param withinMs how long the answer may take; as long as a connection unless told
   * @throws PortageError `DATABASE_UNAVAILABLE` or `DATABASE_BUSY` when no answer, or no connection, is to be had in
   * time; DatabaseOutdated when its tables are not there, or older than this release; DatabaseUnusable when it does not
   * tell
   */
  check(withinMs?: number): Promise<MigrationState>;
  close(): Promise<void>;
}
