/** Seals secrets for the database: AES-256-GCM under a key from configuration, bound to the row they belong to. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

import { PortageError } from './domain/error-codes';

/** A key that seals secrets, with the id under which sealed values name it. */
export interface VaultKey {
  readonly id: string;
  readonly key: Buffer;
}

/** NIST SP 800-38D: 96-bit nonces, and full-length tags. */
const nonceBytes = 12;
const tagBytes = 16;

/** The functions of the vault; a service needs longer for its answers. */
export interface Sealer {
  seal(secret: string, place: string): string | Promise<string>;
  open(sealed: string, place: string): string | Promise<string>;
  isCurrent(sealed: string): boolean;
}

export interface Vault extends Sealer {
  /**
   * @param secret the plain text
   * @param place the row and column it belongs to, for example `tokens/con_…/refresh_token`; opening needs the same
   * @returns `<key id>.<nonce, cipher text and tag in base64url>`
   */
  seal(secret: string, place: string): string;
  /**
   * @throws PortageError `VAULT_KEY_MISSING` when its key is not configured, `VAULT_SEAL_BROKEN` when the value was
   * altered or belongs to another place
   */
  open(sealed: string, place: string): string;
  /** Whether a value is sealed with the first key, the one that seals now. */
  isCurrent(sealed: string): boolean;
}

/** @param keys at least one; the first one seals, and each one can open, so that keys can be rotated */
export function createVault(keys: readonly VaultKey[]): Vault {
  const [sealing] = keys;
  if (sealing === undefined) throw new PortageError('VAULT_KEY_MISSING', { detail: 'no key at all' });
  const byId = new Map(keys.map((key) => [key.id, key]));
  const associatedData = (keyId: string, place: string) => Buffer.from(`portage/1 ${keyId} ${place}`);

  return {
    seal(secret, place) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', sealing.key, nonce, { authTagLength: tagBytes });
      cipher.setAAD(associatedData(sealing.id, place));
      const sealed = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${sealing.id}.${sealed.toString('base64url')}`;
    },

    isCurrent: (sealed) => sealed.startsWith(`${sealing.id}.`),

    open(sealed, place) {
      const dot = sealed.indexOf('.');
      const keyId = sealed.slice(0, dot);
      const key = byId.get(keyId);
      if (key === undefined) throw new PortageError('VAULT_KEY_MISSING', { detail: `key id "${keyId}"` });
      const bytes = Buffer.from(sealed.slice(dot + 1), 'base64url');
      if (bytes.length < nonceBytes + tagBytes) throw new PortageError('VAULT_SEAL_BROKEN', { detail: place });
      const decipher = createDecipheriv('aes-256-gcm', key.key, bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(associatedData(keyId, place));
      decipher.setAuthTag(bytes.subarray(-tagBytes));
      try {
        return decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
      } catch (cause) {
        throw new PortageError('VAULT_SEAL_BROKEN', { detail: place, cause });
      }
    },
  };
}
