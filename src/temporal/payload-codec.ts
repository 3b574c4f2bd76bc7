/**
 * Seals the payloads in Temporal's histories: AES-256-GCM over each whole payload, with keys derived from the vault
 * keys. The associated data contain the id of the workflow, so that a payload opens only in the workflow that it was
 * sealed for.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
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
/** Bound to no workflow: payloads of earlier releases, and the few that the SDK encodes without a context. */
const unbound = 'portage/temporal-payload/1';
const bound = 'portage/temporal-payload/2';

/** Metadata of a payload that is bound to a workflow. */
const versionField = 'portage-seal';
const workflowField = 'portage-workflow-id';

/**
 * A run that the housekeeping's schedule starts has the id of the schedule's action and the time; its input was sealed
 * for the action, and its result is read by the next run.
 */
const scheduledRun = /^(housekeeping\/.*)-\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/**
 * @param keys the vault's keys, at least one; the first seals, all open, so that keys can be rotated while workflows
 * run
 * @param options `seals`: false leaves new payloads readable; sealed payloads of earlier runs are still opened.
 * `acceptsUnsealed`: whether payloads that are not sealed are used as they are
 * @returns a codec. Opening throws PortageError `VAULT_KEY_MISSING` when a payload's key is not configured, and
 * `VAULT_SEAL_BROKEN` when the payload was altered, belongs to another workflow, or should be sealed and is not. A
 * payload that is opened without a workflow's context, by a tool, opens whatever its workflow is
 */
export function createPayloadCodec(
  keys: readonly VaultKey[],
  { seals, acceptsUnsealed }: { seals: boolean; acceptsUnsealed: boolean },
): PayloadCodec {
  const [first] = keys;
  if (first === undefined) throw new PortageError('VAULT_KEY_MISSING', { detail: 'no key at all' });
  const byId = new Map(keys.map(({ id, key }) => [id, derivedKey(key)]));
  const sealing = { id: first.id, key: derivedKey(first.key) };

  const seal = (payload: Payload, workflowId: string | undefined): Payload => {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', sealing.key, nonce, { authTagLength: tagBytes });
    cipher.setAAD(associatedData(sealing.id, workflowId));
    const data = Buffer.concat([
      nonce,
      cipher.update(payloadType.encode(payload).finish()),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    const metadata = {
      encoding: Buffer.from(sealedEncoding),
      'encryption-key-id': Buffer.from(sealing.id),
      ...(workflowId !== undefined && { [versionField]: Buffer.from('2'), [workflowField]: Buffer.from(workflowId) }),
    };
    return { metadata, data };
  };

  const open = (payload: Payload, workflowId: string | undefined): Payload => {
    const field = (name: string) => textOf(payload.metadata?.[name]);
    if (field('encoding') !== sealedEncoding) {
      if (acceptsUnsealed) return payload;
      throw broken('is not sealed');
    }
    const sealedFor = sealedForOf(field(versionField), field(workflowField));
    if (sealedFor !== undefined && workflowId !== undefined && sealedFor !== workflowId) {
      throw broken(`was sealed for ${sealedFor}`);
    }
    const keyId = field('encryption-key-id');
    const key = byId.get(keyId);
    if (key === undefined) throw new PortageError('VAULT_KEY_MISSING', { detail: `key id "${keyId}"` });
    const bytes = payload.data ?? new Uint8Array();
    if (bytes.length < nonceBytes + tagBytes) throw broken('was altered');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
    decipher.setAAD(associatedData(keyId, sealedFor));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    const opened = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
    try {
      decipher.final();
    } catch (cause) {
      throw broken('was altered', cause);
    }
    return payloadType.decode(opened);
  };

  return {
    encode: (payloads, context) => {
      const workflowId = workflowOf(context);
      return Promise.resolve(seals ? payloads.map((payload) => seal(payload, workflowId)) : payloads);
    },
    decode: (payloads, context) => {
      const workflowId = workflowOf(context);
      return new Promise((resolve) => resolve(payloads.map((payload) => open(payload, workflowId))));
    },
  };
}

/**
 * The workflow whose payload it is: for one of an activity, the workflow that scheduled it. Neither the namespace nor
 * the activity is part of it, so that a history still opens in another namespace.
 */
function workflowOf(context: SerializationContext | undefined): string | undefined {
  const workflowId = context?.workflowId;
  // An empty id, as of a request that names no workflow, binds to nothing.
  if (workflowId === undefined || workflowId === '') return undefined;
  return scheduledRun.exec(workflowId)?.[1] ?? workflowId;
}

/** @throws PortageError `VAULT_SEAL_BROKEN` for a version that this release does not know */
function sealedForOf(version: string, workflowId: string): string | undefined {
  if (version === '') return undefined;
  if (version !== '2') throw broken(`has the unknown version "${version}"`);
  return workflowId;
}

/** Derives a key for this use, so that no key seals two kinds of data (RFC 5869). */
function derivedKey(key: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), unbound, keyBytes));
}

/** Ids of keys contain no space. */
function associatedData(keyId: string, workflowId: string | undefined): Buffer {
  return Buffer.from(workflowId === undefined ? `${unbound} ${keyId}` : `${bound} ${keyId} ${workflowId}`);
}

const textOf = (bytes: Uint8Array | null | undefined) => (bytes == null ? '' : Buffer.from(bytes).toString('utf8'));
const broken = (how: string, cause?: unknown) =>
  new PortageError('VAULT_SEAL_BROKEN', { detail: `a payload of Temporal ${how}`, cause });
