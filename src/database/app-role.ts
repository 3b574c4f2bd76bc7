/**
 * The role in `DATABASE_URL` where another role owns the tables: it may read and write rows, and erase the remains of
 * deleted ones, and cannot change tables (docs/postgresql.md).
 */
import { getTableName } from 'drizzle-orm';
import { escapeIdentifier } from 'pg';

import type { Connection } from './connections';
import { maintainSince, rewrittenTables } from './data-deletion/rewritten-tables';
import { databaseErrorCode, DatabaseUnusable } from './failure';
import * as schema from './schema';

/** What the role may do after a migration, and what the owner of the tables could not arrange. */
export interface AppGrants {
  readonly role: string;
  /** Whether the role may nevertheless change tables or make some: as a superuser, say, or as a member of the owner. */
  readonly mayChangeTables: boolean;
  /** Whether the role may rewrite tables, which removes the bytes of deleted rows. */
  readonly mayRewrite: boolean;
  /** Statements that the owner may not run, and a superuser may. */
  readonly left: readonly string[];
}

/** SQLSTATE `insufficient_privilege` (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const insufficientPrivilege = '42501';
/** The first version with the role `pg_checkpoint`, as `server_version_num`. */
const checkpointRoleSince = 150_000;

interface Target {
  readonly role: string;
  readonly database: string;
  readonly started: string;
}

async function targetOf(connection: Connection): Promise<Target> {
  const { rows } = await connection.query(
    `select current_user as role, current_database() as database,
       extract(epoch from pg_postmaster_start_time())::text as started`,
  );
  return rows[0] as Target;
}

/**
 * @returns the app's role
 * @throws DatabaseUnusable when both connections have the same role, or lead to different databases or servers
 */
export async function requireSeparateOwner(owner: Connection, app: Connection): Promise<string> {
  const [ofOwner, ofApp] = [await targetOf(owner), await targetOf(app)];
  if (ofOwner.database !== ofApp.database || ofOwner.started !== ofApp.started) {
    throw new DatabaseUnusable(
      `DATABASE_OWNER_URL leads to another database ("${ofOwner.database}") than DATABASE_URL ("${ofApp.database}"), ` +
        'or to another server. Write the same host and database into both.',
    );
  }
  if (ofOwner.role === ofApp.role) {
    throw new DatabaseUnusable(
      `DATABASE_OWNER_URL and DATABASE_URL both connect as the role "${ofApp.role}". Write the role that owns the tables ` +
        'into DATABASE_OWNER_URL and another one into DATABASE_URL, or unset DATABASE_OWNER_URL.',
    );
  }
  return ofApp.role;
}

/**
 * @param error why a migration failed
 * @param variable names the connection string that was used
 * @param role connected with it
 * @returns the same in words, when the role may not change the database; else undefined
 */
export function migrationRefused(
  error: unknown,
  variable: 'DATABASE_URL' | 'DATABASE_OWNER_URL',
  role: string,
): DatabaseUnusable | undefined {
  if (databaseErrorCode(error) !== insufficientPrivilege) return undefined;
  const { cause, message } = error as { cause?: { message?: unknown }; message?: unknown };
  const remedy =
    variable === 'DATABASE_URL'
      ? 'Set DATABASE_OWNER_URL for "portage migrate" to a connection string of the role that owns the tables'
      : 'Write the role that owns the database, the schemas "public" and "drizzle", and the tables in them into ' +
        'DATABASE_OWNER_URL, and another one into DATABASE_URL';
  return new DatabaseUnusable(
    `The role "${role}" in ${variable} may not migrate the database (${String(cause?.message ?? message)}). ${remedy} (docs/postgresql.md).`,
    { cause: error },
  );
}

const tables = Object.values(schema).map(getTableName);
const audit = getTableName(schema.auditLog);
const listed = (names: readonly string[]) => names.map((name) => `public.${escapeIdentifier(name)}`).join(', ');

/** Grants the role what this release needs, and takes away what an earlier one granted in addition. */
const rowGrants = (app: string, version: number): readonly string[] => [
  `revoke all on schema public, drizzle from ${app}`,
  `grant usage on schema public, drizzle to ${app}`,
  `revoke all on drizzle.__drizzle_migrations from ${app}`,
  `grant select on drizzle.__drizzle_migrations to ${app}`,
  `revoke all on ${listed(tables)} from ${app}`,
  `grant select, insert, update, delete on ${listed(tables.filter((name) => name !== audit))} to ${app}`,
  // An entry never changes: only its place in the chain is set later. Servers delete entries after AUDIT_RETENTION.
  `grant select, insert, update (mac, number, hash), delete on ${listed([audit])} to ${app}`,
  ...(version >= maintainSince ? [`grant maintain on ${listed(rewrittenTables)} to ${app}`] : []),
];

/** What often only a superuser may arrange, each with the condition that makes it unnecessary. */
const furtherGrants = (app: string, version: number): readonly { statement: string; isDone: string }[] => [
  {
    statement: 'REVOKE CREATE ON SCHEMA public FROM PUBLIC',
    isDone: `not has_schema_privilege('public', 'public', 'CREATE')`,
  },
  ...['pg_ls_waldir()', 'pg_switch_wal()'].map((name) => ({
    statement: `GRANT EXECUTE ON FUNCTION ${name} TO ${app}`,
    isDone: `has_function_privilege(app_role, '${name}', 'EXECUTE')`,
  })),
  ...(version >= checkpointRoleSince
    ? [{ statement: `GRANT pg_checkpoint TO ${app}`, isDone: `pg_has_role(app_role, 'pg_checkpoint', 'USAGE')` }]
    : []),
];

/**
 * @param owner connected as the owner of the migrated tables
 * @param role the app's role
 */
export async function grantApp(owner: Connection, role: string): Promise<AppGrants> {
  const app = escapeIdentifier(role);
  const answer = async <T>(expression: string): Promise<T> => {
    const { rows } = await owner.query(`select ${expression} as answer from (select $1::name as app_role) as app`, [
      role,
    ]);
    return (rows[0] as { answer: T }).answer;
  };
  const version = await answer<number>(`current_setting('server_version_num')::int`);

  // One message is one transaction.
  await owner.query(rowGrants(app, version).join('; '));
  const left: string[] = [];
  for (const { statement, isDone } of furtherGrants(app, version)) {
    if (await answer<boolean>(isDone)) continue;
    // Some refusals are only warnings, so the condition decides.
    await owner.query(statement).catch((error: unknown) => {
      if (databaseErrorCode(error) !== insufficientPrivilege) throw error;
    });
    if (!(await answer<boolean>(isDone))) left.push(`${statement};`);
  }
  return {
    role,
    mayChangeTables: await answer<boolean>(
      `has_database_privilege(app_role, current_database(), 'CREATE') or
       has_schema_privilege(app_role, 'public', 'CREATE') or has_schema_privilege(app_role, 'drizzle', 'CREATE') or exists (
         select from pg_class where relkind = 'r' and relnamespace in ('public'::regnamespace, 'drizzle'::regnamespace)
           and pg_has_role(app_role, relowner, 'USAGE'))`,
    ),
    mayRewrite: version >= maintainSince,
    left,
  };
}
