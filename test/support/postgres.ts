/** Databases on the PostgreSQL server that the tests of a run share. */
import { randomUUID } from 'node:crypto';

import { Client } from 'pg';

import { roleUrls } from './postgres-roles';
import { shared } from './shared';

export interface TestDatabase {
  /** Connection string: in a migrated database of the role that cannot change tables, else of a superuser. */
  readonly url: string;
  /** Connection string of the role that owns the tables of a migrated database. */
  readonly ownerUrl?: string;
  /** Connection string of a superuser. */
  readonly superuserUrl: string;
  /** Removes the database, also with open connections. */
  stop(): Promise<void>;
}

/**
 * @param options `migrated`: whether the tables are to be there already; else the database is empty
 * @returns a database of one's own, or the reason why there is no PostgreSQL
 */
export async function startTestPostgres({ migrated = false } = {}): Promise<
  TestDatabase | { readonly missing: string }
> {
  const server = await shared('postgres');
  if ('missing' in server) return server;
  if (!migrated) return createDatabase(server.serverUrl);
  const database = await createDatabase(server.serverUrl, server.template);
  return { ...database, ...roleUrls(database.superuserUrl, testRoles) };
}

/** The prefix of the names of the roles on the shared server. */
export const testRoles = 'portage_test';

/** Creates a database on a server, as a copy of the template if one is named; it then belongs to the role that owns the tables. */
export async function createDatabase(serverUrl: string, template?: string): Promise<TestDatabase & { name: string }> {
  const name = `portage_test_${randomUUID().replaceAll('-', '')}`;
  await run(
    serverUrl,
    `CREATE DATABASE ${name}${template === undefined ? '' : ` OWNER ${testRoles}_owner TEMPLATE ${template}`}`,
  );
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    name,
    url: url.href,
    superuserUrl: url.href,
    stop: () => run(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function run(serverUrl: string, statement: string): Promise<void> {
  const client = new Client(serverUrl);
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
