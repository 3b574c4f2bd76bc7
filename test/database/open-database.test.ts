// Opening the database: migrations that may run twice, and a folder that only one process may have.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { sql } from 'drizzle-orm';

import type { OpenDatabase } from '../../src/database/database';
import { DatabaseUnusable, DataFolderInUse, openDatabase, requireUnused } from '../../src/database/open-database';
import { hostAppsOf } from './databases';
import { embeddedDatabase } from '../support/database';
import { requireBuilt, startNodeProgram } from '../support/node-program';
import { startTestPostgres } from '../support/postgres';
import '../support/built';
import { longIt } from '../support/long';

const namesOf = async ({ db }: OpenDatabase) =>
  JSON.stringify(
    await db.execute(sql`select table_name from information_schema.tables where table_schema = 'public' order by 1`),
  );

/** The number of migrations in the database. */
const migrationsOf = async ({ db }: OpenDatabase) =>
  JSON.stringify(await db.execute(sql`select count(*)::int as n from drizzle.__drizzle_migrations`));

/** One process that opens the same database several times, as several processes would. */
async function migrateOften(databases: OpenDatabase[]): Promise<void> {
  const [first] = databases;
  if (first === undefined) throw new Error('a database is needed');
  await Promise.all(databases.flatMap((database) => [database.migrate(), database.migrate()]));
  const [tables, migrations] = [await namesOf(first), await migrationsOf(first)];
  expect(tables).toContain('consents');
  const { hostApp } = await hostAppsOf(first.db).createApiKey('kept');
  await first.migrate();
  expect([await namesOf(first), await migrationsOf(first)]).toEqual([tables, migrations]);
  expect(await hostAppsOf(first.db).find(hostApp.id)).toMatchObject({ name: 'kept' });
  await first.check();
}

describe('migrations', () => {
  longIt('run on PGlite at once and again, and keep stored rows', async () => {
    const database = await openDatabase({ folder: null });
    try {
      await expect(database.check()).rejects.toThrow(DatabaseUnusable);
      await expect(database.check()).rejects.toThrow('has no tables yet. Run "portage migrate" first.');
      await migrateOften([database]);
    } finally {
      await database.close();
    }
  });

  it('run on PostgreSQL from several processes at once and again, where there is a PostgreSQL', async () => {
    const postgres = await startTestPostgres();
    if ('missing' in postgres) {
      process.stderr.write(`Migrations ran on PGlite only. ${postgres.missing}\n`);
      return;
    }
    const databases = await Promise.all([openDatabase(postgres), openDatabase(postgres), openDatabase(postgres)]);
    try {
      await migrateOften(databases);
    } finally {
      for (const database of databases) await database.close();
      await postgres.stop();
    }
  });

  it('are reported as missing by a check before they ran, and one of a newer release is reported', async () => {
    const database = await openDatabase(await embeddedDatabase());
    const { db } = database;
    try {
      expect(await database.check()).toEqual({ isNewer: false });
      // As before an update, where another release has migrated already.
      await db.execute(sql`update drizzle.__drizzle_migrations set created_at = created_at + 1
        where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`);
      expect(await database.check()).toEqual({ isNewer: true });
      // As after an update, before the migrations of the new release ran.
      await db.execute(sql`delete from drizzle.__drizzle_migrations
        where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`);
      await expect(database.check()).rejects.toThrow(/lacks migrations of this release: .* Run "portage migrate"/);
      await db.execute(sql`alter table drizzle.__drizzle_migrations rename column created_at to elsewhere`);
      await expect(database.check()).rejects.toThrow('refuses to list its migrations (42703). Run "portage migrate"');
    } finally {
      await database.close();
    }
  });
});

describe('a PostgreSQL that is not there', () => {
  it('is named with the remedy, and without its password', async () => {
    const attempt = openDatabase({ url: 'postgres://portage:pass-word@127.0.0.1:9/of-portage' });
    await expect(attempt).rejects.toThrow(DatabaseUnusable);
    await expect(attempt).rejects.toThrow(
      /127\.0\.0\.1:9\/of-portage of DATABASE_URL cannot be reached .ECONNREFUSED.\. Check that it runs/,
    );
    await expect(attempt).rejects.not.toThrow('pass-word');
  });
});

describe('a PostgreSQL that refuses every connection', () => {
  /** @returns the message, and whether commands wait for it; undefined without a PostgreSQL */
  const refused = async (change: (url: URL) => void) => {
    const postgres = await startTestPostgres();
    if ('missing' in postgres) return undefined;
    try {
      const url = new URL(postgres.url);
      change(url);
      const error: unknown = await openDatabase({ url: url.href }).then(
        (database) => database.close(),
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(DatabaseUnusable);
      expect((error as Error).message).not.toContain('pass-word');
      return { text: (error as Error).message, canRecover: (error as DatabaseUnusable).canRecover };
    } finally {
      await postgres.stop();
    }
  };

  it('distinguishes a refused user from a missing database; neither is waited for', async () => {
    const unknownUser = await refused((url) => {
      [url.username, url.password] = ['somebody', 'pass-word'];
    });
    const noDatabase = await refused((url) => {
      url.pathname = '/elsewhere';
    });
    if (unknownUser === undefined || noDatabase === undefined) return;
    expect(unknownUser.text).toMatch(/refuses the user "somebody" or its password \(28\w+\)\. Correct them/);
    expect(noDatabase.text).toMatch(/\/elsewhere of DATABASE_URL does not exist \(3D000\)\. Create it/);
    expect([unknownUser.canRecover, noDatabase.canRecover]).toEqual([false, false]);
  });
});

describe('the folder of an embedded database', () => {
  let folder: string;
  // One for all, since making the database takes time.
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portage-test-folder-'));
    const begun = await openDatabase({ ...(await embeddedDatabase()), folder });
    await begun.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const opened: OpenDatabase[] = [];
  afterEach(async () => {
    // One that a test has closed refuses to be closed again.
    for (const database of opened.splice(0)) await database.close().catch(() => undefined);
  });

  const open = async () => {
    const database = await openDatabase({ folder });
    opened.push(database);
    return database;
  };

  /** The output of another process that tries to open the folder. */
  async function openElsewhere(): Promise<string> {
    const modulePath = join(__dirname, '..', '..', 'dist', 'database', 'open-database.js');
    const program = `
      const { openDatabase } = require(${JSON.stringify(modulePath)});
      openDatabase({ folder: ${JSON.stringify(folder)} })
        .then(() => console.log('opened'), (error) => console.log(error.name + ': ' + error.message));`;
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    await once(child, 'close');
    return output.trim();
  }

  it('keeps stored rows', async () => {
    const first = await open();
    await first.migrate();
    const { key, hostApp } = await hostAppsOf(first.db).createApiKey('kept');
    await first.close();
    const second = await open();
    expect(await hostAppsOf(second.db).findByApiKey(key)).toMatchObject({ id: hostApp.id, name: 'kept' });
  });

  it('is refused to a second process, with the owner and the remedy in the message', async () => {
    const database = await open();
    expect(await openElsewhere()).toBe(
      `DataFolderInUse: The data folder ${folder} is in use by process ${process.pid}. Stop that process, choose ` +
        'another DATA_DIR, or set DATABASE_URL so that several processes can share a PostgreSQL database.',
    );
    await database.check();
    await database.close();
    expect(await openElsewhere()).toBe('opened');
  });

  it('is refused to a second opener in the same process, by any path', async () => {
    await open();
    await expect(openDatabase({ folder })).rejects.toThrow(DataFolderInUse);
    await expect(openDatabase({ folder: `${folder}/../${basename(folder)}` })).rejects.toThrow(DataFolderInUse);
  });

  it('is taken over when the process that had it was killed', async () => {
    const killed = await startNodeProgram(`
      ${requireBuilt('database/open-database')}.openDatabase({ folder: ${JSON.stringify(folder)} })
        .then(() => console.log('opened'));`);
    expect(killed.line).toBe('opened');
    expect(() => requireUnused(folder)).toThrow(`in use by process ${killed.pid}.`);
    await killed.kill('SIGKILL');
    requireUnused(folder);
    await (await open()).check();
  });
});
