/** Whether a database has the tables of this release, by the newest migration that ran in it. */
import { join } from 'node:path';

import { readMigrationFiles } from 'drizzle-orm/migrator';

import { PortageError } from '../domain/error-codes';
import { DatabaseOutdated, DatabaseUnusable, isTableMissing } from './failure';

export const migrationsFolder = join(__dirname, '../../migrations');

/** Selects the newest migration that ran, by its time in the journal; fails when none ever ran. */
export const newestRan = 'select max(created_at)::text as newest from drizzle.__drizzle_migrations';

export interface NewestRan {
  readonly newest: string | null;
}

export interface MigrationState {
  /** A newer release migrated it: its tables have everything needed, and more. */
  readonly isNewer: boolean;
}

const newestOfRelease = readMigrationFiles({ migrationsFolder }).at(-1)?.folderMillis ?? 0;

/**
 * @param ask sends {@link newestRan}
 * @throws DatabaseOutdated when nothing was migrated yet, or a migration of this release is missing; DatabaseUnusable
 * when the database refuses the query; PortageError `DATABASE_…` when it does not answer
 */
export async function checkMigrations(ask: () => Promise<readonly NewestRan[]>): Promise<MigrationState> {
  const newest = Number((await asked(ask))[0]?.newest ?? 0);
  if (newest === 0) throw new DatabaseOutdated('has no tables yet');
  if (newest < newestOfRelease) {
    throw new DatabaseOutdated(
      `lacks migrations of this release: its newest is of ${dayOf(newest)}, that of this release of ` +
        dayOf(newestOfRelease),
    );
  }
  return { isNewer: newest > newestOfRelease };
}

async function asked(ask: () => Promise<readonly NewestRan[]>): Promise<readonly NewestRan[]> {
  try {
    return await ask();
  } catch (cause) {
    if (cause instanceof PortageError) throw cause;
    if (isTableMissing(cause)) return [];
    const { code } = cause as { code?: unknown };
    throw new DatabaseUnusable(
      `The database refuses to list its migrations (${String(code)}). Run "portage migrate", ` +
        'with DATABASE_OWNER_URL when another role owns the tables; it lets this role read them.',
      { cause },
    );
  }
}

const dayOf = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10);
