/**
 * Seals the payloads in Temporal's histories: AES-256-GCM over each whole payload, with keys derived from the vault
 * keys.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

import type { Payload, PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';

import type { VaultKey } from '../vault';
import { PortageError } from '../domain/error-codes';

const payloadType = temporal.api.common.v1.Payload;

/** The name of the encoding in Temporal's own samples, so that tools recognise it. */
const sealedEncoding = 'binary/encrypted';
/** NIST SP 800-38D: 96-bit nonces, full-length tags; random nonces allow 2^32 payloads for each key. */
const nonceBytes = 12;
const tagBytes = 16;
const keyBytes = 32;
const version = 'portage/temporal-payload/1';

/**
 * @param keys the vault's keys, at least one; the first seals, all open, so that keys can be rotated while workflows
 * run
 * @param options `seals`: false leaves new payloads readable; sealed payloads of earlier runs are still opened
 * @returns a codec that leaves unsealed payloads as they are. Opening throws PortageError `VAULT_KEY_MISSING` when a
 * payload's key is not configured, and `VAULT_SEAL_BROKEN` when the payload was altered
 */
export function createPayloadCodec(keys: readonly VaultKey[], { seals }: { seals: boolean }): PayloadCodec {
  const [first] = keys;
  if (first === undefined) throw new PortageError('VAULT_KEY_MISSING', { detail: 'no key at all' });
  const byId = new Map(keys.map(({ id, key }) => [id, derivedKey(key)]));
  const sealing = { id: first.id, key: derivedKey(first.key) };

  const seal = (payload: Payload): Payload => {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', sealing.key, nonce, { authTagLength: tagBytes });
    cipher.setAAD(associatedData(sealing.id));
    const data = Buffer.concat([
      nonce,
      cipher.update(payloadType.encode(payload).finish()),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    return { metadata: { encoding: Buffer.from(sealedEncoding), 'encryption-key-id': Buffer.from(sealing.id) }, data };
  };

  const open = (payload: Payload): Payload => {
    if (textOf(payload.metadata?.['encoding']) !== sealedEncoding) return payload;
    const keyId = textOf(payload.metadata?.['encryption-key-id']);
    const key = byId.get(keyId);
    if (key === undefined) throw new PortageError('VAULT_KEY_MISSING', { detail: `key id "${keyId}"` });
    const bytes = payload.data ?? new Uint8Array();
    if (bytes.length < nonceBytes + tagBytes) throw broken();
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
    decipher.setAAD(associatedData(keyId));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    const opened = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
    try {
      decipher.final();
    } catch (cause) {
      throw broken(cause);
    }
    return payloadType.decode(opened);
  };

  return {
    encode: (payloads) => Promise.resolve(seals ? payloads.map(seal) : payloads),
    decode: (payloads) => new Promise((resolve) => resolve(payloads.map(open))),
  };
}

/** Derives a key for this use, so that no key seals two kinds of data (RFC 5869). */
function derivedKey(key: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), version, keyBytes));
}

const associatedData = (keyId: string) => Buffer.from(`${version} ${keyId}`);
const textOf = (bytes: Uint8Array | null | undefined) => (bytes == null ? '' : Buffer.from(bytes).toString('utf8'));
const broken = (cause?: unknown) => new PortageError('VAULT_SEAL_BROKEN', { detail: 'a payload of Temporal', cause });
