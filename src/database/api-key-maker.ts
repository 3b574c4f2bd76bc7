/** What applies to an API key that is made with another key of its host app, and not to one that an operator makes. */
import { and, desc, eq, gt, inArray, isNotNull, isNull, lte, or } from 'drizzle-orm';

import { apiKeysPerHostApp, endedKeysKept } from '../domain/api-key-limits';
import type { AuditActor } from '../domain/audit';
import { PortageError } from '../domain/error-codes';
import { stateOf } from './api-key-row';
import type { Database } from './database';
import { apiKeys, hostApps } from './schema';

interface Making {
  readonly hostAppId: string;
  readonly by: AuditActor;
  readonly at: Date;
}

/**
 * Refuses a key that has ended since its request was authenticated: a request may hold its body back until its key is
 * revoked, and a key that it then makes would outlive the revocation.
 *
 * @param secret the secret of the HMACs
 * @throws PortageError `API_KEY_INVALID`, `API_KEY_EXPIRED`
 */
export async function requireActiveMaker(tx: Database, secret: Buffer, { hostAppId, by, at }: Making): Promise<void> {
  if (by.kind !== 'api_key') return;
  // Locked first, so that two keys that replace each other do not wait for each other, and none is made beyond the bound.
  await tx.select({ id: hostApps.id }).from(hostApps).where(eq(hostApps.id, hostAppId)).for('no key update');
  const [maker] = await tx
    .select()
    .from(apiKeys)
    .where(eq(apiKeys.id, by.id ?? ''))
    .for('share');
  const state = maker === undefined ? 'revoked' : stateOf(secret, maker, at);
  if (state !== 'active') throw new PortageError(state === 'expired' ? 'API_KEY_EXPIRED' : 'API_KEY_INVALID');
}

/** Goes after {@link requireActiveMaker}, which locks the host app. @throws PortageError `API_KEYS_TOO_MANY` */
export async function requireRoomForKey(tx: Database, { hostAppId, by, at }: Making): Promise<void> {
  if (by.kind !== 'api_key') return;
  const isUnexpired = or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, at));
  const isInUse = and(eq(apiKeys.hostAppId, hostAppId), isNull(apiKeys.revokedAt), isUnexpired);
  const count = await tx.$count(apiKeys, isInUse);
  if (count >= apiKeysPerHostApp) throw new PortageError('API_KEYS_TOO_MANY', { detail: `it has ${count}` });
}

/** Removes the oldest keys that have ended: a key that makes and revokes others must not fill the table. */
export async function removeOldKeys(tx: Database, { hostAppId, by, at }: Making): Promise<void> {
  if (by.kind !== 'api_key') return;
  const hasEnded = and(eq(apiKeys.hostAppId, hostAppId), or(isNotNull(apiKeys.revokedAt), lte(apiKeys.expiresAt, at)));
  const { id } = apiKeys;
  const old = tx.select({ id }).from(apiKeys).where(hasEnded).orderBy(desc(id)).offset(endedKeysKept);
  await tx.delete(apiKeys).where(inArray(id, old));
}
