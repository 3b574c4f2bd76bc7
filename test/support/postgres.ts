/** Databases on the PostgreSQL server that the tests of a run share. */
import { randomUUID } from 'node:crypto';

import { Client } from 'pg';

import { shared } from './shared';

export interface TestDatabase {
  /** Connection string. */
  readonly url: string;
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
  return createDatabase(server.serverUrl, migrated ? server.template : undefined);
}

/** Creates a database on a server, as a copy of the template if one is named. */
export async function createDatabase(serverUrl: string, template?: string): Promise<TestDatabase & { name: string }> {
  const name = `portage_test_${randomUUID().replaceAll('-', '')}`;
  await run(serverUrl, `CREATE DATABASE ${name}${template === undefined ? '' : ` TEMPLATE ${template}`}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { name, url: url.href, stop: () => run(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function run(serverUrl: string, statement: string): Promise<void> {
  const client = new Client(serverUrl);
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
