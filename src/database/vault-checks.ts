/** Proves that the configured keys are those that sealed the stored values, not others under the same ids. */
import { eq, like, sql } from 'drizzle-orm';

import { PortageError } from '../domain/error-codes';
import { createVault, type Sealer, type VaultKey } from '../vault';
import type { Database } from './database';
import { sealedColumns } from './key-rotation';
import { vaultChecks } from './schema';

/** Not a secret: any text works. */
const known = 'portage';
/** The place to which a check value is bound. */
const placeOf = (keyId: string) => `vault_checks/${keyId}/sealed`;

export interface CheckedKeys {
  readonly vaultKeys: readonly VaultKey[];
  /** ARN of the key of AWS KMS that seals data keys, if there is one. */
  readonly kmsKeyArn: string | undefined;
  readonly dataKeySealer: Sealer;
}

/**
 * Opens the stored check value of every key. For a key without one, it opens one secret that is sealed under its id, if
 * there is one. Writes nothing.
 *
 * @throws PortageError `VAULT_KEY_WRONG` naming the id of the key with different bytes, `KMS_UNAVAILABLE`
 */
export async function verifyKeys(db: Database, keys: CheckedKeys): Promise<void> {
  for (const { keyId, sealer } of sealersOf(keys)) {
    const sealed = await storedCheck(db, keyId);
    if (sealed === undefined) await openStoredSecret(db, keyId, sealer);
    else await openWith(sealer, keyId, sealed, placeOf(keyId));
  }
}

/**
 * Verifies every key, and then stores the missing check values.
 *
 * @throws as {@link verifyKeys}; then nothing is written, unless another process was first with other bytes
 */
export async function proveKeys(db: Database, keys: CheckedKeys): Promise<void> {
  await verifyKeys(db, keys);
  for (const { keyId, sealer } of sealersOf(keys)) {
    if ((await storedCheck(db, keyId)) !== undefined) continue;
    const fresh = await sealer.seal(known, placeOf(keyId));
    await db.insert(vaultChecks).values({ keyId, sealed: fresh }).onConflictDoNothing();
    await openWith(sealer, keyId, (await storedCheck(db, keyId)) ?? fresh, placeOf(keyId));
  }
}

function sealersOf({ vaultKeys, kmsKeyArn, dataKeySealer }: CheckedKeys): { keyId: string; sealer: Sealer }[] {
  return [
    ...vaultKeys.map((key) => ({ keyId: key.id, sealer: createVault([key]) })),
    ...(kmsKeyArn === undefined ? [] : [{ keyId: kmsKeyId(kmsKeyArn), sealer: dataKeySealer }]),
  ];
}

/** The id under which stored values name a key of AWS KMS. */
export const kmsKeyId = (arn: string) => `kms/${arn}`;
export const isKmsKeyId = (keyId: string) => keyId.startsWith('kms/');

async function storedCheck(db: Database, keyId: string): Promise<string | undefined> {
  const [row] = await db.select().from(vaultChecks).where(eq(vaultChecks.keyId, keyId));
  return row?.sealed;
}

/** Opens one value of each column that was sealed under this id before check values existed. */
async function openStoredSecret(db: Database, keyId: string, sealer: Sealer): Promise<void> {
  const escaped = keyId.replace(/[\\%_]/g, '\\$&');
  for (const { id, column, place } of sealedColumns) {
    const [row] = await db
      .select({ id: sql<string>`${id}`, value: sql<string>`${column}` })
      .from(id.table)
      .where(like(column, `${escaped}.%`))
      .limit(1);
    if (row !== undefined) await openWith(sealer, keyId, row.value, place(row.id));
  }
}

async function openWith(sealer: Sealer, keyId: string, sealed: string, place: string): Promise<void> {
  try {
    await sealer.open(sealed, place);
  } catch (cause) {
    if (!(cause instanceof PortageError) || cause.code !== 'VAULT_SEAL_BROKEN') throw cause;
    throw new PortageError('VAULT_KEY_WRONG', { detail: `key id "${keyId}"`, cause });
  }
}
