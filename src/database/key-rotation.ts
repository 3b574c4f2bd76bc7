/** Seals every secret of the database anew with the vault's first key; the bytes in the storage are not touched. */
import { and, asc, gt, isNotNull, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

import { isErrorCode, PortageError } from '../domain/errors';
import type { Vault } from '../vault';
import type { Database } from './connect';
import { verifierPlace } from './connect-sessions';
import { dataKeyPlace } from './data-keys';
import { connectSessions, dataKeys, tokens } from './schema';
import { accessTokenPlace, refreshTokenPlace } from './tokens';

/** A column of sealed values, and what the vault binds each of them to. */
interface SealedColumn {
  readonly name: string;
  readonly id: PgColumn;
  readonly column: PgColumn;
  readonly place: (id: string) => string;
}

/** Every column that holds something sealed. */
const sealedColumns: readonly SealedColumn[] = [
  { name: 'data keys', id: dataKeys.consentId, column: dataKeys.sealedKey, place: dataKeyPlace },
  { name: 'access tokens', id: tokens.consentId, column: tokens.sealedAccessToken, place: accessTokenPlace },
  { name: 'refresh tokens', id: tokens.consentId, column: tokens.sealedRefreshToken, place: refreshTokenPlace },
  {
    name: 'code verifiers',
    id: connectSessions.id,
    column: connectSessions.sealedCodeVerifier,
    place: verifierPlace,
  },
];

export interface RotatedColumn {
  readonly name: string;
  /** How many values were sealed anew. */
  readonly resealed: number;
  /** How many were sealed with the first key already. */
  readonly current: number;
  /** Those that cannot be opened, with the reason: their key is not configured, or they were altered. */
  readonly unopened: readonly { readonly id: string; readonly reason: string }[];
}

const rowsPerPage = 500;

/**
 * May run while servers and workers do, and again at any time: a value that one of them changes meanwhile is left as it
 * is and looked at again.
 */
export async function rotateKeys(db: Database, vault: Vault): Promise<RotatedColumn[]> {
  const rotated: RotatedColumn[] = [];
  for (const column of sealedColumns) rotated.push(await rotateColumn(db, vault, column));
  return rotated;
}

async function rotateColumn(db: Database, vault: Vault, sealed: SealedColumn): Promise<RotatedColumn> {
  const first = await passThrough(db, vault, sealed);
  let { resealed, unopened } = first;
  // A further pass meets what was changed during this one; the last one finds nothing to do.
  for (let pass = first; pass.resealed > 0; resealed += pass.resealed) {
    pass = await passThrough(db, vault, sealed);
    ({ unopened } = pass);
  }
  return { ...first, resealed, unopened };
}

/** Looks at every value once. */
async function passThrough(db: Database, vault: Vault, sealed: SealedColumn): Promise<RotatedColumn> {
  const { name, id, column, place } = sealed;
  const unopened: { id: string; reason: string }[] = [];
  let [resealed, current] = [0, 0];
  for (let after = ''; ;) {
    const rows = await db
      .select({ id: sql<string>`${id}`, value: sql<string>`${column}` })
      .from(id.table)
      .where(and(gt(id, after), isNotNull(column)))
      .orderBy(asc(id))
      .limit(rowsPerPage);
    for (const row of rows) {
      if (vault.isCurrent(row.value)) current += 1;
      else {
        try {
          const fresh = vault.seal(vault.open(row.value, place(row.id)), place(row.id));
          await db.execute(
            sql`update ${id.table} set ${sql.identifier(column.name)} = ${fresh} where ${id} = ${row.id} and ${column} = ${row.value}`,
          );
          resealed += 1;
        } catch (error) {
          if (!(error instanceof PortageError && isErrorCode(error.code))) throw error;
          unopened.push({ id: row.id, reason: error.message });
        }
      }
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsPerPage) return { name, resealed, current, unopened };
    after = last.id;
  }
}
