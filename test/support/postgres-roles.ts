/** The two roles of deploy/database/roles.sql, made without psql, which not every machine has. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Client, escapeIdentifier, escapeLiteral } from 'pg';

const file = join(__dirname, '../../deploy/database/roles.sql');

/** SQLSTATE `duplicate_object`, and `unique_violation` when another test run makes the role at the same time. */
const isThere = new Set<unknown>(['42710', '23505']);

export interface RoleUrls {
  /** Connection string of the role that servers and workers use. */
  readonly url: string;
  /** Connection string of the role that owns the tables. */
  readonly ownerUrl: string;
}

/**
 * Runs the file's statements in a database, and accepts roles that exist.
 *
 * @param superuserUrl connection string for the database
 * @param prefix stands in the names of the roles in place of `portage`
 */
export async function createRoles(superuserUrl: string, prefix = 'portage'): Promise<RoleUrls> {
  const values = {
    owner_password: 'the-owner',
    app_password: 'the-app',
    DBNAME: new URL(superuserUrl).pathname.slice(1),
  };
  const sql = readFileSync(file, 'utf8')
    .replace(/^SELECT .*\\gset\n\\if[^]*?^\\endif$/gm, '')
    .replace(/^(--|\\).*$/gm, '')
    .replace(/:'(\w+)'/g, (_all, name: keyof typeof values) => escapeLiteral(values[name]))
    .replace(/:"(\w+)"/g, (_all, name: keyof typeof values) => escapeIdentifier(values[name]))
    .replace(/\bportage_(?=owner|app)/g, `${prefix}_`);
  const client = new Client(superuserUrl);
  await client.connect();
  try {
    for (const statement of sql.split(';')) {
      await client.query(statement).catch((error: unknown) => {
        if (!isThere.has((error as { code?: unknown }).code)) throw error;
      });
    }
  } finally {
    await client.end();
  }
  return roleUrls(superuserUrl, prefix);
}

/** The connection strings of the roles for a database. */
export function roleUrls(superuserUrl: string, prefix = 'portage'): RoleUrls {
  const as = (role: string, password: string) =>
    Object.assign(new URL(superuserUrl), { username: `${prefix}_${role}`, password }).href;
  return { url: as('app', 'the-app'), ownerUrl: as('owner', 'the-owner') };
}
