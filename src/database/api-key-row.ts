/** One row of an API key: the hash by which the key is found, and the MAC of what the key may do. */
import { createHash, createHmac } from 'node:crypto';

import { isSameText } from './audit-entry';
import type { apiKeys } from './schema';

export type ApiKeyRow = typeof apiKeys.$inferSelect;

/** `unaccepted`: of an earlier release, and nobody has accepted it; `altered`: not as Portage wrote it. */
export type ApiKeyState = 'active' | 'expired' | 'revoked' | 'unaccepted' | 'altered';

/** SHA-256, hexadecimal: what an earlier release stored, and what the HMAC is of, so that such a row can be accepted. */
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
