/** Seals every secret of the database anew with the vault's first key; the bytes in the storage are not touched. */
import { and, asc, gt, isNotNull, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

import { PortageError } from '../domain/errors';
import type { Sealer, Vault } from '../vault';
import type { Database } from './database';
import { grantPlace, verifierPlace } from './connect-sessions';
import { dataKeyPlace } from './data-keys';
import { connectAttempts, connectSessions, dataKeys, tokens } from './schema';
import { accessTokenPlace, refreshTokenPlace } from './tokens/sealed-tokens';

/** A column of sealed values, and what the vault binds each of them to. */
interface SealedColumn {
  readonly name: string;
  readonly id: PgColumn;
  readonly column: PgColumn;
  readonly place: (id: string) => string;
  readonly sealer: Sealer;
}

/** Every column that holds something sealed; keys of exports are sealed with data keys, so they stay as they are. */
export const sealedColumns = (vault: Sealer, dataKeySealer: Sealer): SealedColumn[] => [
  {
    name: 'data keys',
    id: dataKeys.consentId,
    column: dataKeys.sealedKey,
    place: dataKeyPlace,
    sealer: dataKeySealer,
  },
  {
    name: 'access tokens',
    id: tokens.consentId,
    column: tokens.sealedAccessToken,
    place: accessTokenPlace,
    sealer: vault,
  },
  {
    name: 'refresh tokens',
    id: tokens.consentId,
    column: tokens.sealedRefreshToken,
    place: refreshTokenPlace,
    sealer: vault,
  },
  {
    name: 'code verifiers',
    id: connectAttempts.stateHash,
    column: connectAttempts.sealedCodeVerifier,
    place: verifierPlace,
    sealer: vault,
  },
  {
    name: 'held grants',
    id: connectSessions.id,
    column: connectSessions.sealedGrant,
    place: grantPlace,
    sealer: vault,
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
 *
 * @throws PortageError `KMS_UNAVAILABLE`: what was sealed anew stays so, and a repeat goes on with the rest
 */
export async function rotateKeys(db: Database, vault: Vault, dataKeySealer: Sealer): Promise<RotatedColumn[]> {
  const rotated: RotatedColumn[] = [];
  for (const column of sealedColumns(vault, dataKeySealer)) rotated.push(await rotateColumn(db, column));
  return rotated;
}

async function rotateColumn(db: Database, sealed: SealedColumn): Promise<RotatedColumn> {
  const first = await passThrough(db, sealed);
  let { resealed, unopened } = first;
  // A further pass meets what was changed during this one; the last one finds nothing to do.
  for (let pass = first; pass.resealed > 0; resealed += pass.resealed) {
    pass = await passThrough(db, sealed);
    ({ unopened } = pass);
  }
  return { ...first, resealed, unopened };
}

/** Looks at every value once. */
async function passThrough(db: Database, sealed: SealedColumn): Promise<RotatedColumn> {
  const { name, id, column, place, sealer } = sealed;
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
      if (sealer.isCurrent(row.value)) current += 1;
      else {
        try {
          const fresh = await sealer.seal(await sealer.open(row.value, place(row.id)), place(row.id));
          await db.execute(
            sql`update ${id.table} set ${sql.identifier(column.name)} = ${fresh} where ${id} = ${row.id} and ${column} = ${row.value}`,
          );
          resealed += 1;
        } catch (error) {
          if (!(error instanceof PortageError) || error.code === 'KMS_UNAVAILABLE') throw error;
          unopened.push({ id: row.id, reason: error.message });
        }
      }
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsPerPage) return { name, resealed, current, unopened };
    after = last.id;
  }
}
