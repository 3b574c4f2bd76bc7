/** One row of an API key: the hash by which the key is looked up, and the MAC over the key's rights. */
import { createHash, createHmac } from 'node:crypto';

import { isSameText } from './audit-entry';
import type { apiKeys } from './schema';

export type ApiKeyRow = typeof apiKeys.$inferSelect;

/**
 * `unaccepted`: made by an earlier release and not accepted since; `altered`: the row differs from what Portage wrote.
 */
export type ApiKeyState = 'active' | 'expired' | 'revoked' | 'unaccepted' | 'altered';

/**
 * SHA-256, hexadecimal: the stored value of an earlier release, and the input of the HMAC, so that such a row can be
 * accepted.
 */
export const plainHash = (key: string) => createHash('sha256').update(key).digest('hex');

export const keyHashOf = (secret: Buffer, hash: string) =>
  createHmac('sha256', secret).update(`key ${hash}`).digest('hex');

export function rowMacOf(
  secret: Buffer,
  row: Pick<ApiKeyRow, 'id' | 'hostAppId' | 'keyHash' | 'scopes' | 'expiresAt' | 'revokedAt'>,
): string {
  const { id, hostAppId, keyHash, scopes, expiresAt, revokedAt } = row;
  const content = [id, hostAppId, keyHash, scopes, expiresAt?.toISOString(), revokedAt?.toISOString()];
  return createHmac('sha256', secret)
    .update(`row ${JSON.stringify(content)}`)
    .digest('hex');
}

export function stateOf(secret: Buffer, row: ApiKeyRow, at: Date): ApiKeyState {
  const isGenuine = row.rowMac !== null && isSameText(row.rowMac, rowMacOf(secret, row));
  if (row.revokedAt !== null) return 'revoked';
  if (row.rowMac === null) return 'unaccepted';
  if (!isGenuine) return 'altered';
  return row.expiresAt !== null && row.expiresAt <= at ? 'expired' : 'active';
}
