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

type SignedColumns = Pick<ApiKeyRow, 'id' | 'hostAppId' | 'keyHash' | 'scopes' | 'expiresAt' | 'revokedAt'>;

/** @param isReplaced a key that was replaced has another MAC: its expiry is the end of the overlap */
export function rowMacOf(secret: Buffer, row: SignedColumns, isReplaced = false): string {
  const { id, hostAppId, keyHash, scopes, expiresAt, revokedAt } = row;
  const signed = [id, hostAppId, keyHash, scopes, expiresAt?.toISOString(), revokedAt?.toISOString()];
  const content = isReplaced ? [...signed, 'replaced'] : signed;
  return createHmac('sha256', secret)
    .update(`row ${JSON.stringify(content)}`)
    .digest('hex');
}

/** Whether the key was replaced by another one; it may still work until the overlap ends. */
export const isReplaced = (secret: Buffer, row: ApiKeyRow): boolean =>
  row.rowMac !== null && isSameText(row.rowMac, rowMacOf(secret, row, true));

export function stateOf(secret: Buffer, row: ApiKeyRow, at: Date): ApiKeyState {
  if (row.revokedAt !== null) return 'revoked';
  if (row.rowMac === null) return 'unaccepted';
  if (!isSameText(row.rowMac, rowMacOf(secret, row)) && !isReplaced(secret, row)) return 'altered';
  return row.expiresAt !== null && row.expiresAt <= at ? 'expired' : 'active';
}
