/**
 * Erases the remains of deleted rows in the database's files: old row versions in the tables, and the write-ahead log.
 */
import { getTableName, sql, type SQL } from 'drizzle-orm';

import type { LogRemains } from '../../domain/erased-remains';
import type { Database } from '../database';
import { databaseErrorCode } from '../failure';
import { erasures } from '../schema';
import { maintainSince, secretTables, userTables } from './rewritten-tables';

export interface Erased {
  /** Tables that were rewritten without the deleted rows. */
  readonly rewritten: readonly string[];
  /** Tables that were not rewritten, because the role of the database may not do it. */
  readonly notPermitted: readonly string[];
  readonly log: LogRemains;
}

/** Each switch writes up to 16 MiB; later writes of the database overwrite the rest. */
const mostSwitches = 8;
/** During each rewrite, the tables are locked for a moment. */
const pauseMs = 3_600_000;
/** SQLSTATE `insufficient_privilege` (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const insufficientPrivilege = '42501';

export function remainsQueries(db: Database) {
  const rowsOf = async <T>(query: SQL): Promise<T[]> => {
    const { rows } = (await db.execute(query)) as { rows: unknown[] };
    return rows as T[];
  };

  /** A plain VACUUM leaves the bytes of a deleted row in the free space of its page. */
  const rewrite = async (names: readonly string[]): Promise<Pick<Erased, 'rewritten' | 'notPermitted'>> => {
    const rewritten: string[] = [];
    const notPermitted: string[] = [];
    for (const name of names) {
      // PostgreSQL only warns when it skips a table.
      const [right] = await rowsOf<{ mayRewrite: boolean }>(
        sql`select case when current_setting('server_version_num')::int >= ${maintainSince}
              then has_table_privilege(oid, 'MAINTAIN') else pg_has_role(relowner, 'USAGE') end as "mayRewrite"
            from pg_class where oid = ${name}::regclass`,
      );
      if (right?.mayRewrite !== true) notPermitted.push(name);
      else {
        await db.execute(sql`vacuum full ${sql.identifier(name)}`);
        rewritten.push(name);
      }
    }
    return { rewritten, notPermitted };
  };

  /**
   * Overwrites the write-ahead log. A switch fills the rest of the current segment with zeros and begins the next
   * segment. The first switch and checkpoint release the segment that was current. PostgreSQL removes released
   * segments, or keeps them under a later name, with their old bytes, to write to them again. So no old bytes are left
   * once PostgreSQL writes to a segment that is later than all that existed after the first switch.
   */
  const overwriteLog = async (): Promise<LogRemains> => {
    const lastAndCurrent = async () => {
      const [row] = await rowsOf<{ last: string; now: string }>(
        sql`select max(name) as last, pg_walfile_name(pg_current_wal_insert_lsn()) as now from pg_ls_waldir()
            where name ~ '^[0-9A-F]{24}$'`,
      );
      return row ?? { last: '', now: '' };
    };
    try {
      const switchSegment = async (): Promise<void> => {
        await db.execute(sql`select pg_switch_wal()`);
        await db.execute(sql`checkpoint`);
      };
      await db.execute(sql`checkpoint`);
      await switchSegment();
      const { last: until } = await lastAndCurrent();
      for (let switches = 1; ; switches += 1) {
        const { now } = await lastAndCurrent();
        if (now > until) return 'none';
        if (switches === mostSwitches) return 'some';
        await switchSegment();
      }
    } catch (error) {
      if (databaseErrorCode(error) === insufficientPrivilege) return 'not_permitted';
      throw error;
    }
  };

  return {
    /**
     * Erases the remains of deleted keys, tokens and grants and of forgotten users, unless nothing was deleted since
     * the last time, or the last time was less than an hour ago.
     *
     * @param options `atOnce`: also within the hour
     * @returns undefined when nothing was due
     */
    async eraseRemains(at: Date, { atOnce = false } = {}): Promise<Erased | undefined> {
      const [last] = await db.select().from(erasures);
      if (last !== undefined && !atOnce && at.getTime() - last.erasedAt.getTime() < pauseMs) return undefined;
      const since = last?.erasedAt.toISOString() ?? '-infinity';
      const [row] = await rowsOf<{ isDue: boolean; areUsersForgotten: boolean }>(sql`
        select exists (select from data_keys where destroyed_at >= ${since})
          or exists (select from export_keys where destroyed_at >= ${since})
          or exists (select from consents where ended_at >= ${since}) as "isDue",
          exists (select from consents where user_forgotten_at >= ${since})
          or exists (select from connect_sessions where user_deletion_at >= ${since}) as "areUsersForgotten"`);
      const areUsersForgotten = row?.areUsersForgotten === true;
      if (row?.isDue !== true && !areUsersForgotten && last?.log !== 'some') return undefined;
      const due = areUsersForgotten ? [...secretTables, ...userTables] : secretTables;
      const tables = await rewrite(due.map(getTableName));
      const log = await overwriteLog();
      const values = { erasedAt: at, log };
      await db
        .insert(erasures)
        .values({ id: 'last', ...values })
        .onConflictDoUpdate({ target: erasures.id, set: values });
      return { ...tables, log };
    },
  };
}
