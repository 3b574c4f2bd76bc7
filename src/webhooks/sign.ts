/**
 * Signs webhooks according to Standard Webhooks (https://www.standardwebhooks.com): `v1` with HMAC-SHA256 and `v1a`
 * with ed25519, both over `<id>.<timestamp>.<payload>`.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

import { Webhook } from 'standardwebhooks';
import { z } from 'zod';

const secretsFormat = z.object({ hmac: z.string(), ed25519: z.string() });

/** The signing secrets: `whsec_` and 32 bytes in base64; `whsk_` and the seed of an ed25519 key in base64. */
export type WebhookSecrets = z.infer<typeof secretsFormat>;

/** DER before the seed of an ed25519 private key (RFC 8410, section 7). */
const privateKeyHead = Buffer.from('302e020100300506032b657004220420', 'hex');
/** Raw ed25519 public keys are the last 32 bytes of their DER form (RFC 8410, section 4). */
const publicKeyBytes = 32;

export function newSecrets(): WebhookSecrets {
  const { privateKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(privateKeyHead.length);
  return { hmac: `whsec_${randomBytes(32).toString('base64')}`, ed25519: `whsk_${seed.toString('base64')}` };
}

/** @throws Error for a text that {@link newSecrets} did not make */
export function parseSecrets(text: string): WebhookSecrets {
  return secretsFormat.parse(JSON.parse(text));
}

/** The public key of an endpoint, for receivers that verify `v1a`: `whpk_` and 32 bytes in base64. */
export function publicKeyOf({ ed25519 }: WebhookSecrets): string {
  const der = createPublicKey(privateKeyOf(ed25519)).export({ format: 'der', type: 'spki' });
  return `whpk_${der.subarray(-publicKeyBytes).toString('base64')}`;
}

/**
 * @param secrets those that sign now first, then those that are still valid during a rotation
 * @param at the time of this try, which receivers compare with their own
 */
export function signedHeaders(
  message: { readonly id: string; readonly payload: string; readonly at: Date },
  secrets: readonly WebhookSecrets[],
): Record<string, string> {
  const { id, payload, at } = message;
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signatures = secrets.flatMap(({ hmac, ed25519 }) => {
    const signature = sign(null, Buffer.from(`${id}.${timestamp}.${payload}`), privateKeyOf(ed25519));
    return [new Webhook(hmac).sign(id, at, payload), `v1a,${signature.toString('base64')}`];
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

function privateKeyOf(ed25519: string): KeyObject {
  const seed = Buffer.from(ed25519.replace(/^whsk_/, ''), 'base64');
  return createPrivateKey({ key: Buffer.concat([privateKeyHead, seed]), format: 'der', type: 'pkcs8' });
}
