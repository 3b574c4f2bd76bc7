/** Seals every secret of the database again with the vault's first key; the bytes in the storage are not changed. */
import { and, asc, gt, isNotNull, ne, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

import { PortageError } from '../domain/error-codes';
import type { Sealer, Vault } from '../vault';
import type { Database } from './database';
import { grantPlace, verifierPlace } from './connect-sessions';
import { dataKeyPlace } from './data-keys';
import { forgottenSecret, googleClientPlace } from './google-clients';
import { ownSecretPlace } from './own-secrets';
import {
  connectAttempts,
  connectSessions,
  dataKeys,
  googleClients,
  ownSecrets,
  tokens,
  webhookEndpoints,
} from './schema';
import { accessTokenPlace, refreshTokenPlace } from './tokens/sealed-tokens';
import { formerSecretsPlace, secretsPlace } from './webhooks/places';

/** A column of sealed values, and the place to which the vault binds each value. */
interface SealedColumn {
  readonly name: string;
  readonly id: PgColumn;
  readonly column: PgColumn;
  readonly place: (id: string) => string;
  /** Whether the sealer of data keys seals it, possibly AWS KMS; otherwise the vault does. */
  readonly isDataKey?: true;
}

/** Every column with sealed values; export keys are sealed with data keys, so they do not change. */
export const sealedColumns: readonly SealedColumn[] = [
  {
    name: 'data keys',
    id: dataKeys.consentId,
    column: dataKeys.sealedKey,
    place: dataKeyPlace,
    isDataKey: true,
  },
  {
    name: 'access tokens',
    id: tokens.consentId,
    column: tokens.sealedAccessToken,
    place: accessTokenPlace,
  },
  {
    name: 'refresh tokens',
    id: tokens.consentId,
    column: tokens.sealedRefreshToken,
    place: refreshTokenPlace,
  },
  {
    name: 'code verifiers',
    id: connectAttempts.stateHash,
    column: connectAttempts.sealedCodeVerifier,
    place: verifierPlace,
  },
  {
    name: 'held grants',
    id: connectSessions.id,
    column: connectSessions.sealedGrant,
    place: grantPlace,
  },
  {
    name: 'own secrets',
    id: ownSecrets.name,
    column: ownSecrets.sealed,
    place: ownSecretPlace,
  },
  {
    name: 'secrets of Google clients',
    id: googleClients.clientId,
    column: googleClients.sealedSecret,
    place: googleClientPlace,
  },
  {
    name: 'webhook secrets',
    id: webhookEndpoints.id,
    column: webhookEndpoints.sealedSecrets,
    place: secretsPlace,
  },
  {
    name: 'former webhook secrets',
    id: webhookEndpoints.id,
    column: webhookEndpoints.sealedFormerSecrets,
    place: formerSecretsPlace,
  },
];

/** Whether the column has a value. */
export const isSealed = (column: PgColumn) => and(isNotNull(column), ne(column, forgottenSecret));

export interface RotatedColumn {
  readonly name: string;
  /** The number of values that were sealed again. */
  readonly resealed: number;
  /** The number of values that were already sealed with the first key. */
  readonly current: number;
  /** Values that cannot be opened, with the reason: their key is not configured, or they were altered. */
  readonly unopened: readonly { readonly id: string; readonly reason: string }[];
}

const rowsPerPage = 500;

/**
 * May run while servers and workers run, and may be repeated at any time: a value that changes in the meantime is
 * skipped and looked at again.
 *
 * @throws PortageError `KMS_UNAVAILABLE`: values that were sealed again stay so, and a repeat continues with the rest
 */
export async function rotateKeys(db: Database, vault: Vault, dataKeySealer: Sealer): Promise<RotatedColumn[]> {
  const rotated: RotatedColumn[] = [];
  for (const column of sealedColumns) {
    rotated.push(await rotateColumn(db, column, column.isDataKey ? dataKeySealer : vault));
  }
  return rotated;
}

async function rotateColumn(db: Database, sealed: SealedColumn, sealer: Sealer): Promise<RotatedColumn> {
  const first = await passThrough(db, sealed, sealer);
  let { resealed, unopened } = first;
  // A further pass covers the values that changed during this one; the last pass has nothing to do.
  for (let pass = first; pass.resealed > 0; resealed += pass.resealed) {
    pass = await passThrough(db, sealed, sealer);
    ({ unopened } = pass);
  }
  return { ...first, resealed, unopened };
}

/** Looks at every value once. */
async function passThrough(db: Database, sealed: SealedColumn, sealer: Sealer): Promise<RotatedColumn> {
  const { name, id, column, place } = sealed;
  const unopened: { id: string; reason: string }[] = [];
  let [resealed, current] = [0, 0];
  for (let after = ''; ;) {
    const rows = await db
      .select({ id: sql<string>`${id}`, value: sql<string>`${column}` })
      .from(id.table)
      .where(and(gt(id, after), isSealed(column)))
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
