/** The keys in use: when a process last sealed with each, and how many stored values are sealed under it. */
import { eq, sql } from 'drizzle-orm';

import type { Database } from './database';
import { isSealed, sealedColumns } from './key-rotation';
import { vaultChecks } from './schema';

/** To be called at least once a minute by every process that seals with this key, the first one of its VAULT_KEYS. */
export async function recordSealing(db: Database, keyId: string): Promise<void> {
  await db
    .update(vaultChecks)
    .set({ lastSealedAt: sql`now()` })
    .where(eq(vaultChecks.keyId, keyId));
}

/** When each key was last reported to seal, by the database's clock. */
export interface SealingTimes {
  readonly now: Date;
  readonly lastSealedAt: ReadonlyMap<string, Date>;
}

export async function sealingTimes(db: Database): Promise<SealingTimes> {
  const rows = await db.select({ keyId: vaultChecks.keyId, at: vaultChecks.lastSealedAt }).from(vaultChecks);
  const [clock] = await db
    .select({ ms: sql<number>`(extract(epoch from now()) * 1000)::float8` })
    .from(sql`(select 1) as one`);
  return { now: new Date(clock?.ms ?? 0), lastSealedAt: new Map(rows.map(({ keyId, at }) => [keyId, at])) };
}

/** The number of values of each column that are sealed under a key, by the names of the columns. */
export type SealedCounts = Readonly<Record<string, number>>;

export const sealedColumnNames = sealedColumns.map(({ name }) => name);

/** @returns the counts by key id, for every id that a stored value names */
export async function countSealed(db: Database): Promise<ReadonlyMap<string, SealedCounts>> {
  const counts = new Map<string, Record<string, number>>();
  for (const { name, id, column } of sealedColumns) {
    const keyId = sql<string>`split_part(${column}, '.', 1)`;
    const rows = await db
      .select({ keyId, count: sql<number>`count(*)::int` })
      .from(id.table)
      .where(isSealed(column))
      .groupBy(keyId);
    for (const row of rows) {
      const own = counts.get(row.keyId) ?? {};
      own[name] = row.count;
      counts.set(row.keyId, own);
    }
  }
  return counts;
}
