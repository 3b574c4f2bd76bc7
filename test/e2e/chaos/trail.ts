/**
 * The times of all writes to the database, kept by triggers: Portage's state at any moment, from an independent source.
 */
import { Client } from 'pg';

/** A row as it was left by an insert or an update. */
export interface TrailEntry {
  readonly at: Date;
  readonly table: 'consents' | 'exports' | 'archive_jobs';
  readonly id: string;
  readonly row: Readonly<Record<string, unknown>>;
}

const watched: readonly TrailEntry['table'][] = ['consents', 'exports', 'archive_jobs'];

/** Works on the database from now on; the trail is in a schema of its own. */
export async function recordTrail(databaseUrl: string): Promise<void> {
  await query(
    databaseUrl,
    `create schema chaos;
     create table chaos.trail (
       number bigserial primary key, at timestamptz not null, name text not null, id text not null, row_after jsonb not null
     );
     create function chaos.keep() returns trigger language plpgsql as $$
       begin
         insert into chaos.trail (at, name, id, row_after) values (clock_timestamp(), tg_table_name, new.id, to_jsonb(new));
         return new;
       end
     $$;
     ${watched.map((name) => `create trigger keep after insert or update on ${name} for each row execute function chaos.keep();`).join('\n')}`,
  );
}

export async function readTrail(databaseUrl: string): Promise<TrailEntry[]> {
  const rows = await query(databaseUrl, 'select at, name, id, row_after from chaos.trail order by number');
  return rows.map(({ at, name, id, row_after: row }) => ({ at, table: name, id, row }) as TrailEntry);
}

/** Every row of every table, as text. */
export async function everyRow(databaseUrl: string): Promise<string> {
  const tables = await query(databaseUrl, `select tablename from pg_tables where schemaname in ('public', 'drizzle')`);
  const texts = await Promise.all(
    tables.map(({ tablename }) => query(databaseUrl, `select t::text as row from ${relation(String(tablename))} t`)),
  );
  return texts
    .flat()
    .map(({ row }) => String(row))
    .join('\n');
}

const relation = (name: string) => (name.startsWith('__') ? `drizzle."${name}"` : `public."${name}"`);

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}
