/** One PostgreSQL server for a test run; databases are copies of a template in which the migrations ran. */
import { openDatabase } from '../../src/database/open-database';
import { createDatabase, testRoles } from '../support/postgres';
import { createRoles } from '../support/postgres-roles';
import { startPostgresServer } from '../support/postgres-server';
import type { SharedServer } from './shared-servers';

export type PostgresFacts =
  | {
      /** Connection string of a superuser. */
      readonly serverUrl: string;
      /** Name of the migrated database; its tables belong to a role of their own. */
      readonly template: string;
    }
  | { /** Why there is no PostgreSQL. */ readonly missing: string };

/** Uses the server that TEST_DATABASE_URL names, else one of its own. */
export async function startSharedPostgres(): Promise<SharedServer<PostgresFacts>> {
  const given = process.env['TEST_DATABASE_URL'];
  const none = () => Promise.resolve();
  const server = given !== undefined && given !== '' ? { url: given, stop: none } : await startPostgresServer();
  if ('missing' in server) return { facts: server, stop: none };
  const template = await createDatabase(server.url);
  const database = await openDatabase(await createRoles(template.superuserUrl, testRoles));
  await database.migrate();
  await database.close();
  return {
    facts: { serverUrl: server.url, template: template.name },
    async stop() {
      await template.stop();
      await server.stop();
    },
  };
}
