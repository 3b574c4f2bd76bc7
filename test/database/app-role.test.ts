// The roles of deploy/database/roles.sql: what servers and workers do works as the role that cannot change tables.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { readMigrationFiles } from 'drizzle-orm/migrator';
import { Client } from 'pg';

import { createDataDeletionStore } from '../../src/database/data-deletion';
import { createDataKeys } from '../../src/database/data-keys';
import { migrationsFolder } from '../../src/database/migrations';
import { openDatabase } from '../../src/database/open-database';
import { onPath } from '../../src/dev/executable';
import { newVaultKeys } from '../../src/dev/data-folder';
import { runCommand } from '../support/command';
import { freePort } from '../support/free-port';
import { startTestPostgres, type TestDatabase } from '../support/postgres';
import { createRoles, type RoleUrls } from '../support/postgres-roles';
import { makePostgresFolder, postgresUrl } from '../support/postgres-server';
import { createStage, later } from './databases';

const prefix = `roles_${randomUUID().slice(0, 8)}`;
let postgres: TestDatabase | undefined;
let urls: RoleUrls;
let version: number;

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

const migrate = (environment: Readonly<Record<string, string>>) =>
  runCommand(['migrate'], {
    ...{ VAULT_KEYS: newVaultKeys(), GOOGLE_CLIENT_ID: 'client', GOOGLE_CLIENT_SECRET: 'client-secret' },
    ...environment,
  });
const asOwner = ({ url, ownerUrl }: RoleUrls) => ({ DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl });

beforeAll(async () => {
  const started = await startTestPostgres();
  if ('missing' in started) {
    process.stderr.write(`The roles of the database are not tested. ${started.missing}\n`);
    return;
  }
  postgres = started;
  urls = await createRoles(postgres.superuserUrl, prefix);
  version = Number((await query(postgres.superuserUrl, 'show server_version_num'))[0]?.['server_version_num']);
});

afterAll(async () => {
  if (postgres === undefined) return;
  await query(postgres.superuserUrl, `drop owned by ${prefix}_app`);
  await query(postgres.superuserUrl, `reassign owned by ${prefix}_owner to current_user`);
  await query(postgres.superuserUrl, `drop role ${prefix}_app; drop role ${prefix}_owner`);
  await postgres.stop();
});

const onPostgres = (sentence: string, run: (database: TestDatabase) => Promise<void>) =>
  it(sentence, async () => {
    if (postgres !== undefined) await run(postgres);
  });

onPostgres('the app’s role alone cannot migrate, and is sent to DATABASE_OWNER_URL', async () => {
  const { code, output } = await migrate({ DATABASE_URL: urls.url });
  expect(code).toBe(1);
  expect(output).toMatch(
    /^The role "\w+_app" in DATABASE_URL may not migrate the database \(permission denied for database \w+\)\. Set DATABASE_OWNER_URL for "portage migrate"/,
  );
  expect(output).not.toContain('the-app');
});

onPostgres('migrate connects as the owner and grants the app’s role what it needs', async () => {
  const { code, output } = await migrate(asOwner(urls));
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output).toContain(
    `The database is up to date.\nThe role "${prefix}_app" may read and write rows, and may not change tables.\n`,
  );
  expect(output).not.toContain('A superuser');
  expect(output.includes('Before PostgreSQL 17')).toBe(version < 170_000);
});

onPostgres('the app’s role stores, reads and deletes what a consent has, and erases the remains', async () => {
  const database = await openDatabase(urls);
  const { db } = database;
  try {
    const stage = createStage(db);
    const session = await stage.session();
    const consentId = await stage.consent({ session });
    const keys = createDataKeys(db, stage.vault, stage.audit);
    await keys.create(consentId, later(1));
    expect((await stage.eventsOf(consentId)).length).toBeGreaterThan(0);
    await stage.audit.append({ action: 'records.read', actor: { kind: 'api_key', id: 'key_1' }, at: later(1) });
    await stage.audit.link();

    const store = createDataDeletionStore(db, stage.audit);
    await stage.consents.end(consentId, 'deleted', undefined, later(2));
    await store.beginConsent(consentId, later(2));
    await keys.destroy(consentId, later(2));
    await store.concludeConsent(consentId, later(2));
    expect(await stage.connectSessions.find(session.id)).toMatchObject({ userId: null });
    const erased = await store.eraseRemains(later(3));
    // Others write to the log of this server at the same time.
    expect(erased?.log).not.toBe('not_permitted');
    const all = ['data_keys', 'export_keys', 'tokens', 'connect_sessions', 'consents', 'events'];
    expect(erased).toMatchObject(
      version >= 170_000 ? { rewritten: all, notPermitted: [] } : { rewritten: [], notPermitted: all },
    );

    await stage.audit.link();
    const tomorrow = new Date(Date.now() + 86_400_000);
    expect(await stage.audit.prune(tomorrow, tomorrow)).toBeGreaterThan(0);
    await stage.audit.link();
    expect((await stage.audit.verify()).fault).toBeUndefined();
  } finally {
    await database.close();
  }
});

onPostgres('the app’s role may not change a table, the list of migrations, or an entry of the audit log', async () => {
  const refused = [
    'create table public.another ()',
    'create temporary table another ()',
    'create schema another',
    'alter table consents add column another text',
    'alter table tokens disable trigger all',
    'drop table tokens',
    'truncate events',
    'create index another on consents (id)',
    'delete from drizzle.__drizzle_migrations',
    'insert into drizzle.__drizzle_migrations (hash, created_at) values (1, 1)',
    `update audit_log set action = 'part.read'`,
    'select rolpassword from pg_authid',
    `select pg_read_file('PG_VERSION')`,
    `copy tokens to program 'cat'`,
    `set role ${prefix}_owner`,
  ];
  for (const statement of refused) {
    const outcome = await query(urls.url, statement).catch((error: unknown) => (error as { code?: unknown }).code);
    expect([statement, outcome]).toEqual([statement, '42501']);
  }
});

onPostgres(
  'PUBLIC may not connect to the database, or create anything in the schema public',
  async ({ superuserUrl }) => {
    const rights = `select has_schema_privilege('public', 'public', 'CREATE') as creates,
    has_database_privilege('public', current_database(), 'CONNECT') as connects`;
    expect(await query(superuserUrl, rights)).toEqual([{ creates: false, connects: false }]);
  },
);

onPostgres('a table of a later migration is granted too', async ({ superuserUrl }) => {
  // Undoes the migration 0016, which made this table.
  const { folderMillis } = readMigrationFiles({ migrationsFolder })[16] ?? {};
  await query(superuserUrl, 'drop table google_clients cascade; drop index connect_sessions_by_creation');
  for (const table of ['connect_attempts', 'consents', 'host_apps'])
    await query(superuserUrl, `alter table ${table} drop column google_client_id`);
  await query(superuserUrl, 'alter table host_apps drop column settings');
  await query(superuserUrl, `delete from drizzle.__drizzle_migrations where created_at >= ${folderMillis ?? 0}`);
  // A schema with the owner's name comes first in PostgreSQL's usual search path.
  await query(superuserUrl, `create schema ${prefix}_owner; grant all on schema ${prefix}_owner to public`);
  expect((await migrate(asOwner(urls))).code).toBe(0);
  expect(await query(urls.url, 'select * from public.google_clients')).toEqual([]);
});

onPostgres('migrate takes rights away that another role gave, and names one that it may not', async (own) => {
  const rights = `select has_schema_privilege('${prefix}_app', 'drizzle', 'CREATE') as creates,
    has_table_privilege('${prefix}_app', 'drizzle.__drizzle_migrations', 'INSERT') as inserts`;
  const all = `grant all on schema drizzle to ${prefix}_app; grant all on drizzle.__drizzle_migrations to ${prefix}_app`;
  await query(own.superuserUrl, all);
  expect(await query(urls.url, rights)).toEqual([{ creates: true, inserts: true }]);
  expect((await migrate(asOwner(urls))).output).toContain('and may not change tables');
  expect(await query(urls.url, rights)).toEqual([{ creates: false, inserts: false }]);

  const create = (word: string) =>
    query(
      own.superuserUrl,
      `${word} ${prefix}_app`.replace('DATABASE', `database ${new URL(own.superuserUrl).pathname.slice(1)}`),
    );
  await create('grant create on DATABASE to');
  expect((await migrate(asOwner(urls))).output).toContain('may still make or change tables');
  await create('revoke create on DATABASE from');
});

onPostgres('migrate names the statements that only a superuser may run, and works without them', async (own) => {
  const other = await startTestPostgres();
  if ('missing' in other) return;
  const [owner, app] = [`${prefix}_plain_owner`, `${prefix}_plain_app`];
  const name = new URL(other.superuserUrl).pathname.slice(1);
  await query(own.superuserUrl, `create role ${owner} login password 'x'; create role ${app} login password 'x'`);
  await query(own.superuserUrl, `alter database ${name} owner to ${owner}`);
  const as = (username: string) => Object.assign(new URL(other.superuserUrl), { username, password: 'x' }).href;
  const plain = { url: as(app), ownerUrl: as(owner) };
  try {
    const first = await migrate(asOwner(plain));
    expect(first.code).toBe(0);
    const statements = /A superuser can run them in this database:\n((?:.+;\n)+)/.exec(first.output)?.[1] ?? '';
    expect(statements).toBe(
      ['EXECUTE ON FUNCTION pg_ls_waldir()', 'EXECUTE ON FUNCTION pg_switch_wal()', 'pg_checkpoint']
        .map((right) => `GRANT ${right} TO "${app}";\n`)
        .join(''),
    );
    await query(other.superuserUrl, statements);
    expect((await migrate(asOwner(plain))).output).not.toContain('A superuser');

    // A role that owns a table may change it.
    await query(other.superuserUrl, `alter table tokens owner to ${app}`);
    const owning = await query(other.superuserUrl, `grant ${app} to ${owner}`).then(() => migrate(asOwner(plain)));
    expect(owning.output).toContain(`The role "${app}" of DATABASE_URL may still make or change tables`);
  } finally {
    await other.stop();
    await query(own.superuserUrl, `drop role ${app}; drop role ${owner}`);
  }
});

onPostgres('a database in which one role owns everything is changed to two roles', async (own) => {
  const other = await startTestPostgres();
  if ('missing' in other) return;
  const former = `${prefix}_former`;
  try {
    await query(other.superuserUrl, `create role ${former} login password 'x'`);
    const name = new URL(other.superuserUrl).pathname.slice(1);
    await query(other.superuserUrl, `alter database ${name} owner to ${former}`);
    const one = Object.assign(new URL(other.superuserUrl), { username: former, password: 'x' }).href;
    expect((await migrate({ DATABASE_URL: one })).code).toBe(0);

    // As docs/postgresql.md has it.
    const two = await createRoles(other.superuserUrl, prefix);
    await query(other.superuserUrl, `reassign owned by ${former} to ${prefix}_owner`);
    const { code, output } = await migrate(asOwner(two));
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toContain(`The role "${prefix}_app" may read and write rows, and may not change tables.`);
    expect(await query(two.url, 'select * from api_keys')).toEqual([]);
    await expect(query(one, 'select')).rejects.toMatchObject({ code: '42501' });
  } finally {
    await other.stop();
    await query(own.superuserUrl, `drop role ${former}`);
  }
});

onPostgres('migrate refuses an owner of another database, without rights, or that is the app’s role', async (own) => {
  const superuser = new URL(own.superuserUrl);
  const elsewhere = Object.assign(new URL(superuser), { pathname: '/postgres' }).href;
  const wrongDatabase = await migrate({ DATABASE_URL: urls.url, DATABASE_OWNER_URL: elsewhere });
  expect(wrongDatabase).toMatchObject({ code: 1 });
  expect(wrongDatabase.output).toMatch(/^DATABASE_OWNER_URL leads to another database \("postgres"\)/);

  const same = await migrate({ DATABASE_URL: urls.url, DATABASE_OWNER_URL: urls.url });
  expect(same.output).toContain(`DATABASE_OWNER_URL and DATABASE_URL both connect as the role "${prefix}_app"`);

  const swapped = await migrate({ DATABASE_URL: urls.ownerUrl, DATABASE_OWNER_URL: urls.url });
  expect(swapped.output).toMatch(/^The role "\w+_app" in DATABASE_OWNER_URL may not migrate the database \(permission/);
  expect(swapped.output).toContain('into DATABASE_OWNER_URL, and another one into DATABASE_URL');

  const nobody = Object.assign(new URL(superuser), { username: 'nobody_of_portage' }).href;
  const unknown = await migrate({ DATABASE_URL: urls.url, DATABASE_OWNER_URL: nobody });
  expect(unknown.output).toMatch(/of DATABASE_OWNER_URL refuses the user "nobody_of_portage"/);
});

it('psql runs the files of deploy/database, after which the superuser has no password', async () => {
  const psql = await onPath('psql', process.env['PATH']);
  const server = psql === undefined ? { missing: 'psql is not here.' } : await makePostgresFolder();
  if ('missing' in server) {
    process.stderr.write(`The files of deploy/database were not run. ${server.missing}\n`);
    return;
  }
  const port = await freePort();
  const running = await server.launch(port);
  try {
    const url = postgresUrl(port);
    await query(url, `alter role current_user password 'first'`);
    const runFile = (name: string, passwords: Readonly<Record<string, string>>) => {
      const file = join(__dirname, '../../deploy/database', name);
      execFileSync(psql ?? '', ['-X', '-1', '-v', 'ON_ERROR_STOP=1', '-d', url, '-f', file], {
        env: { ...process.env, ...passwords },
        stdio: 'pipe',
      });
    };
    for (const passwords of [{}, { PORTAGE_DB_OWNER_PASSWORD: 'owner', PORTAGE_DB_PASSWORD: '' }]) {
      expect(() => runFile('roles.sql', passwords)).toThrow('Set PORTAGE_DB_OWNER_PASSWORD and PORTAGE_DB_PASSWORD');
    }
    for (const name of ['roles.sql', 'superuser.sql']) {
      runFile(name, { PORTAGE_DB_OWNER_PASSWORD: `o'wner`, PORTAGE_DB_PASSWORD: 'app' });
    }
    const roles = `select rolname, rolcanlogin, rolsuper or rolcreatedb or rolcreaterole as mighty, rolpassword is not null as password
      from pg_authid where rolname !~ '^pg_' order by 1`;
    expect(await query(url, roles)).toEqual([
      { rolname: 'portage', rolcanlogin: true, mighty: true, password: false },
      { rolname: 'portage_app', rolcanlogin: true, mighty: false, password: true },
      { rolname: 'portage_owner', rolcanlogin: true, mighty: false, password: true },
    ]);
  } finally {
    await running.stop();
    await server.remove();
  }
});
