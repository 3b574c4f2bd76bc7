/** PostgreSQL over a pool of connections, each of which may break or stop answering at any time. */
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client, type ClientConfig, type Pool } from 'pg';

import type { DatabaseLimits } from '../domain/timeouts';
import { grantApp, migrationRefused, requireSeparateOwner } from './app-role';
import type { Database, OpenDatabase } from './database';
import { createConnections, type Connection, type Connections } from './connections';
import { databaseFailure, DatabaseUnusable, translatingFailures } from './failure';
import { checkMigrations, migrationsFolder, newestRan, type NewestRan } from './migrations';

/**
 * An arbitrary number, the same in every Portage process: the lock that prevents two of them from migrating at the same
 * time.
 */
const migrationLock = 7_067_467;

/**
 * @param ownerUrl connects as the role that owns the tables, for migrations; the role of `url` does when it is not given
 * @throws DatabaseUnusable when the server cannot be reached, or refuses this user; its cause has the reason
 */
export async function openPostgres(url: string, limits: DatabaseLimits, ownerUrl?: string): Promise<OpenDatabase> {
  const reach: ClientConfig = {
    connectionString: url,
    connectionTimeoutMillis: limits.connectMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: limits.keepAliveMs,
  };
  const pool = createConnections({
    ...reach,
    max: limits.connections,
    idleTimeoutMillis: limits.idleMs,
    maxLifetimeSeconds: Math.ceil(limits.lifetimeMs / 1_000),
    statement_timeout: limits.statementMs,
    query_timeout: limits.queryMs,
    idle_in_transaction_session_timeout: limits.idleInTransactionMs,
  });
  try {
    await pool.use((client) => client.query('select 1'));
  } catch (cause) {
    await pool.close();
    throw unusable(url, cause);
  }
  return {
    db: pooled(pool),
    async migrate() {
      // On a connection without limits: a migration may take any time, and others wait for it.
      const client = new Client({ ...reach, connectionString: ownerUrl ?? url });
      client.on('error', () => undefined);
      return translatingFailures(async () => {
        try {
          await client.connect().catch((cause: unknown) => {
            throw ownerUrl === undefined ? cause : unusable(ownerUrl, cause, 'DATABASE_OWNER_URL');
          });
          const appRole =
            ownerUrl === undefined ? undefined : await pool.use((app) => requireSeparateOwner(client, app));
          // A schema with the name of the owner comes before "public" otherwise, no matter which role made it.
          if (appRole !== undefined) await client.query('set search_path to public');
          await client.query('select pg_advisory_lock($1)', [migrationLock]);
          await migrate(drizzle(client), { migrationsFolder });
          return appRole === undefined ? undefined : await grantApp(client, appRole);
        } catch (error) {
          const variable = ownerUrl === undefined ? 'DATABASE_URL' : 'DATABASE_OWNER_URL';
          throw migrationRefused(error, variable, client.user ?? '') ?? error;
        } finally {
          // The lock is released with the connection.
          await client.end().catch(() => undefined);
        }
      });
    },
    check: (withinMs = limits.connectMs) =>
      checkMigrations(() =>
        translatingFailures(
          async () => (await pool.use((client) => client.query(newestRan), withinMs)).rows as NewestRan[],
        ),
      ),
    close: () => pool.close(),
  };
}

/**
 * SQLSTATE codes (https://www.postgresql.org/docs/current/errcodes-appendix.html) of a server that answers with a
 * refusal.
 */
const invalidAuthorization = /^28/;
const invalidCatalogName = '3D000';

function unusable(url: string, cause: unknown, variable = 'DATABASE_URL'): DatabaseUnusable {
  const { host, pathname, username } = new URL(url);
  const { code } = cause as { code?: unknown };
  const reason = typeof code === 'string' ? code : 'no answer';
  const database = `The database ${host}${pathname} of ${variable}`;
  const words = invalidAuthorization.test(reason)
    ? `refuses the user "${decodeURIComponent(username)}" or its password (${reason}). Correct them in ${variable}.`
    : reason === invalidCatalogName
      ? `does not exist (${reason}). Create it, or correct its name.`
      : databaseFailure(cause) === undefined
        ? `cannot be used (${reason}). Check that it runs and lets this user in.`
        : `cannot be reached (${reason}). Check that it runs, and the host and port.`;
  return new DatabaseUnusable(`${database} ${words}`, { cause });
}

/** Drizzle over the pool, with failures translated and transactions that always release their connection. */
function pooled(pool: Connections): Database {
  const db = translated({ query: (asked, values) => pool.use((client) => client.query(asked, values)) });
  /**
   * Drizzle's own transaction would keep a connection forever whose `begin` fails, and wait for a rollback on a silent
   * one.
   *
   * @throws PortageError `DATABASE_UNAVAILABLE`: everything was undone, or, if only the answer to the commit was lost,
   * everything was done
   */
  const transaction: Database['transaction'] = (work, config) =>
    translatingFailures(() => pool.use((connection) => translated(connection).transaction(work, config)));
  return Object.assign(db, { transaction });
}

/** Drizzle wraps all errors of its client; this unwraps the failures of connection and server. */
function translated(connection: Connection) {
  // Drizzle uses nothing else of its client.
  const db = drizzle(connection as unknown as Pool);
  const { session } = db._;
  const prepare = session.prepareQuery.bind(session);
  session.prepareQuery = ((...asked: Parameters<typeof prepare>) => {
    const prepared = prepare(...asked);
    const execute = prepared.execute.bind(prepared);
    prepared.execute = (...values: Parameters<typeof execute>) => translatingFailures(() => execute(...values));
    return prepared;
  }) as typeof prepare;
  return db;
}
