/**
 * Seals data keys with AWS KMS, so that the sealing key never leaves it; values sealed by the vault can still be
 * opened.
 */
import type { DecryptCommandOutput, EncryptCommandOutput, KMSClient } from '@aws-sdk/client-kms';

import { PortageError } from './domain/error-codes';
import { usualLimits } from './domain/timeouts';
import { wordOf } from './storage/s3-errors';
import type { Sealer, Vault } from './vault';

export interface KmsSettings {
  /** ARN of the symmetric key that seals; without it the vault seals, and KMS only opens earlier values. */
  readonly keyArn: string | undefined;
  /** Base URL of a server other than Amazon's. */
  readonly endpoint: string | undefined;
}

const prefix = 'kms/';

/** The KMS key that sealed a value, and the sealed bytes; an ARN has no dot, and base64url neither. */
const sealedPattern = /^kms\/(arn:[^.]+)\.([\w-]+)$/;
const regionPattern = /^arn:[^:]+:kms:([^:]+):/;

/**
 * Sealed values have the form `kms/<ARN of the key>.<bytes in base64url>`. The AWS SDK finds credentials in its usual
 * places. The place that a value belongs to is its encryption context
 * (https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html), which appears in AWS's own logs.
 *
 * @returns a sealer that throws `KMS_UNAVAILABLE` for every refusal of KMS, `VAULT_SEAL_BROKEN` for a value that was
 * altered or belongs to another place, and the errors of the vault
 */
export function createDataKeySealer(vault: Vault, { keyArn, endpoint }: KmsSettings, limits = usualLimits.kms): Sealer {
  const clients = new Map<string, KMSClient>();

  const call = async (
    arn: string,
    place: string,
    operation: { encrypt: string } | { decrypt: Buffer },
  ): Promise<Uint8Array | undefined> => {
    // Loaded only when needed: the SDK takes a quarter of a second.
    const { DecryptCommand, EncryptCommand, KMSClient } = await import('@aws-sdk/client-kms');
    const region = regionPattern.exec(arn)?.[1] ?? '';
    const client =
      clients.get(region) ??
      new KMSClient({
        region,
        ...(endpoint === undefined ? {} : { endpoint }),
        requestHandler: {
          connectionTimeout: limits.connectMs,
          requestTimeout: limits.tryMs,
          throwOnRequestTimeout: true,
        },
      });
    clients.set(region, client);
    const common = { KeyId: arn, EncryptionContext: { place } };
    const limit = { abortSignal: AbortSignal.timeout(limits.callMs) };
    try {
      if ('encrypt' in operation) {
        const request = new EncryptCommand({ ...common, Plaintext: Buffer.from(operation.encrypt) });
        const answer: EncryptCommandOutput = await client.send(request, limit);
        return answer.CiphertextBlob;
      }
      const request = new DecryptCommand({ ...common, CiphertextBlob: operation.decrypt });
      const answer: DecryptCommandOutput = await client.send(request, limit);
      return answer.Plaintext;
    } catch (cause) {
      throw translated(cause, place);
    }
  };

  return {
    async seal(secret, place) {
      if (keyArn === undefined) return vault.seal(secret, place);
      const sealed = await call(keyArn, place, { encrypt: secret });
      return `${prefix}${keyArn}.${Buffer.from(sealed ?? []).toString('base64url')}`;
    },

    async open(sealed, place) {
      if (!sealed.startsWith(prefix)) return vault.open(sealed, place);
      const [, arn, bytes] = sealedPattern.exec(sealed) ?? [];
      if (arn === undefined || bytes === undefined) throw new PortageError('VAULT_SEAL_BROKEN', { detail: place });
      const secret = await call(arn, place, { decrypt: Buffer.from(bytes, 'base64url') });
      return Buffer.from(secret ?? []).toString();
    },

    isCurrent: (sealed) => (keyArn === undefined ? vault.isCurrent(sealed) : sealed.startsWith(`${prefix}${keyArn}.`)),
  };
}

/** Errors for another context, another key or altered bytes, which are no faults of the service. */
const broken = new Set(['InvalidCiphertextException', 'IncorrectKeyException']);

function translated(cause: unknown, place: string): PortageError {
  const word = wordOf(cause);
  return broken.has(word)
    ? new PortageError('VAULT_SEAL_BROKEN', { detail: place, cause })
    : new PortageError('KMS_UNAVAILABLE', { detail: word, cause });
}
