// src/database/schema.ts agrees with the tables of the migrations; otherwise the types of the code would be wrong.
import { is, sql, type SQL } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';

import type { OpenDatabase } from '../../src/database/database';
import { openDatabase } from '../../src/database/open-database';
import * as schema from '../../src/database/schema';
import { embeddedDatabase } from '../support/database';

interface Table {
  /** By name: the type as PostgreSQL writes it, whether null is refused, and whether a value is made up for a missing one. */
  readonly columns: Record<string, { type: string; notNull: boolean; hasDefault: boolean }>;
  readonly primaryKey: string[];
  /** Such as `host_app_id → host_apps.id`. */
  readonly foreignKeys: string[];
  /** Names of indexes and of unique constraints, without that of the primary key. */
  readonly indexes: string[];
}

const tables = Object.values(schema).filter((each) => is(each, PgTable));

function described(table: PgTable): Table {
  const { columns, primaryKeys, foreignKeys, indexes, uniqueConstraints } = getTableConfig(table);
  const named = columns.map((column) => {
    const { name, notNull, hasDefault } = column;
    return [name, { type: column.getSQLType(), notNull, hasDefault }] as const;
  });
  const keyed = foreignKeys.map((key) => {
    const { columns: own, foreignTable, foreignColumns } = key.reference();
    const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).join(', ');
    return `${names(own)} → ${getTableConfig(foreignTable).name}.${names(foreignColumns)}`;
  });
  const unique = columns.flatMap(({ isUnique, uniqueName }) => (isUnique ? [uniqueName] : []));
  return {
    columns: Object.fromEntries(named),
    primaryKey: [
      ...columns.filter(({ primary }) => primary),
      ...primaryKeys.flatMap(({ columns: together }) => together),
    ].map(({ name }) => name),
    foreignKeys: keyed.toSorted(),
    indexes: [...indexes.map(({ config }) => config.name), ...uniqueConstraints.map(({ name }) => name), ...unique]
      .map(String)
      .toSorted(),
  };
}

describe('the tables that the migrations make', () => {
  let database: OpenDatabase;
  let made: Map<string, Table>;

  const rowsOf = async <T>(query: SQL): Promise<T[]> => {
    const { rows } = (await database.db.execute(query)) as { rows: unknown[] };
    return rows as T[];
  };

  beforeAll(async () => {
    database = await openDatabase(await embeddedDatabase());
    const columns = await rowsOf<{
      table: string;
      name: string;
      type: string;
      not_null: boolean;
      has_default: boolean;
    }>(
      sql`select relname as table, attname as name, format_type(atttypid, atttypmod) as type,
            attnotnull as not_null, atthasdef as has_default
          from pg_attribute join pg_class on pg_class.oid = attrelid
          where relnamespace = 'public'::regnamespace and relkind = 'r' and attnum > 0 and not attisdropped`,
    );
    const keys = await rowsOf<{ table: string; kind: string; own: string[]; other: string; others: string[] }>(
      sql`select conrelid::regclass::text as table, contype as kind, confrelid::regclass::text as other,
            array(select attname::text from unnest(conkey) with ordinality as k(num, place)
              join pg_attribute on attrelid = conrelid and attnum = num order by place) as own,
            array(select attname::text from unnest(confkey) with ordinality as k(num, place)
              join pg_attribute on attrelid = confrelid and attnum = num order by place) as others
          from pg_constraint where connamespace = 'public'::regnamespace`,
    );
    const indexes = await rowsOf<{ table: string; name: string }>(
      sql`select indrelid::regclass::text as table, indexrelid::regclass::text as name
          from pg_index join pg_class on pg_class.oid = indexrelid
          where relnamespace = 'public'::regnamespace and not indisprimary`,
    );
    const inTable = <T extends { table: string }>(rows: readonly T[], table: string) =>
      rows.filter((row) => row.table === table);
    made = new Map(
      [...new Set(columns.map(({ table }) => table))].map((table) => [
        table,
        {
          columns: Object.fromEntries(
            inTable(columns, table).map(({ name, type, not_null: notNull, has_default: hasDefault }) => [
              name,
              { type, notNull, hasDefault },
            ]),
          ),
          primaryKey: inTable(keys, table).flatMap(({ kind, own }) => (kind === 'p' ? own : [])),
          foreignKeys: inTable(keys, table)
            .filter(({ kind }) => kind === 'f')
            .map(({ own, other, others }) => `${own.join(', ')} → ${other}.${others.join(', ')}`)
            .toSorted(),
          indexes: inTable(indexes, table)
            .map(({ name }) => name)
            .toSorted(),
        },
      ]),
    );
  });
  afterAll(() => database.close());

  it('are those of the schema', () => {
    expect(tables.length).toBeGreaterThan(10);
    expect([...made.keys()].toSorted()).toEqual(tables.map((table) => getTableConfig(table).name).toSorted());
  });

  it.each(tables.map((table) => [getTableConfig(table).name, table] as const))('agree on %s', (name, table) => {
    expect(made.get(name)).toEqual(described(table));
  });
});
